// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/liveaccessible.h"

#include "ui/live/limitwidget.h"
#include "ui/live/livetile.h"
#include "ui/live/timepanel.h"

#include <QAccessibleWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int HighestLimit = 10'000;

class ChartAccessible final : public QAccessibleWidget
{
public:
    explicit ChartAccessible(TimePanel *chart)
        : QAccessibleWidget(chart, QAccessible::Chart), m_chart(chart)
    {
    }

    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return m_chart->reading();
        if (kind != QAccessible::Description)
            return QAccessibleWidget::text(kind);
        // What was chosen comes first, so that moving along it is heard without the rest.
        const QString reading = m_chart->reading();
        return reading.isEmpty() ? m_chart->summary() : reading + u". "_s + m_chart->summary();
    }

private:
    TimePanel *m_chart;
};

/** A limit that can be moved is a slider. */
class LimitAccessible final : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit LimitAccessible(LimitWidget *widget)
        : QAccessibleWidget(widget, QAccessible::Slider), m_widget(widget)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QVariant currentValue() const override { return m_widget->shownLimit(); }
    void setCurrentValue(const QVariant &value) override
    {
        m_widget->applyLimit(std::clamp(value.toInt(), 1, HighestLimit));
    }
    QVariant minimumValue() const override { return 1; }
    QVariant maximumValue() const override { return HighestLimit; }
    QVariant minimumStepSize() const override { return 1; }

private:
    LimitWidget *m_widget;
};

QAccessibleInterface *create(const QString &, QObject *object)
{
    if (auto *chart = qobject_cast<TimePanel *>(object))
        return new ChartAccessible(chart);
    if (auto *tile = qobject_cast<LiveTile *>(object))
        return new QAccessibleWidget(tile, QAccessible::StaticText);
    if (auto *limit = qobject_cast<LimitWidget *>(object))
        return new LimitAccessible(limit);
    return nullptr;
}

} // namespace

void installLiveAccessibility()
{
    QAccessible::installFactory(create);
}

} // namespace Sluice
