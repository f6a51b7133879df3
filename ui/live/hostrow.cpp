// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostlanes.h"
#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/live/livetile.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr double NameWidth = 140;
constexpr double BarWidth = 110;
constexpr double BarHeight = 10;
constexpr double GrabDistance = 6;

// Widths of the cells right of the bar, each right-aligned.
constexpr double InFlightCell = 60;
constexpr double QueueCell = 54;
constexpr double RateCell = 56;
constexpr double LatencyCell = 72;

QString reasonText(const EndpointSnapshot &endpoint)
{
    switch (endpoint.waitingFor) {
    case WaitReason::Paused:
        return HostRow::tr("paused");
    case WaitReason::Hold:
        return HostRow::tr("on hold");
    case WaitReason::HostRate:
    case WaitReason::TotalRate:
        return HostRow::tr("rate");
    default:
        return {};
    }
}

} // namespace

HostHeading::HostHeading(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize HostHeading::sizeHint() const
{
    return {480, QFontMetrics(scaledFont(font(), 85)).height() + 8};
}

void HostHeading::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(scaledFont(font(), 85));
    painter.setPen(Theme::of(palette()).secondary);
    const double baseline = painter.fontMetrics().ascent() + 2;
    painter.drawText(QPointF(4, baseline), tr("Host"));
    painter.drawText(QPointF(NameWidth + 4, baseline), tr("in flight / limit"));
    double right = NameWidth + 4 + BarWidth + InFlightCell;
    const auto cell = [&](double width, const QString &text) {
        right += width;
        painter.drawText(QPointF(right - painter.fontMetrics().horizontalAdvance(text), baseline),
                         text);
    };
    cell(QueueCell, tr("queued"));
    cell(RateCell, tr("done"));
    cell(LatencyCell, tr("p95"));
}

HostRow::HostRow(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize HostRow::sizeHint() const
{
    return {480, std::max(26, fontMetrics().height() + 8)};
}

void HostRow::showHost(const LiveHost &host, int fullScale)
{
    m_host = host;
    m_drag.setValue(host.admission.limit);
    if (!m_drag.isMoving())
        m_fullScale = std::max(1, fullScale);
    m_drag.setUnlimitedStart(m_fullScale);
    const QString name =
        tr("%1: %2 of %3 in flight, %4 queued")
            .arg(endpointLabel(endpoint()), countText(host.admission.inFlight),
                 limitText(host.admission.limit), countText(host.admission.queued));
    if (name != accessibleName())
        setAccessibleName(name);
    update();
}

void HostRow::setSelected(bool selected)
{
    if (selected == m_selected)
        return;
    m_selected = selected;
    update();
}

QRectF HostRow::barRect() const
{
    return {NameWidth + 4, (height() - BarHeight) / 2.0, BarWidth, BarHeight};
}

double HostRow::valueToX(double value) const
{
    const QRectF bar = barRect();
    return bar.left() + bar.width() * std::min(1.0, value / m_fullScale);
}

void HostRow::paintBar(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const LivePalette colors = LivePalette::of(theme);
    const QRectF bar = barRect();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.line);
    painter.drawRoundedRect(bar, 2, 2);
    if (m_host.admission.inFlight > 0) {
        QRectF filled = bar;
        filled.setRight(valueToX(m_host.admission.inFlight));
        painter.setBrush(colors[LiveGauge::InFlight]);
        painter.drawRoundedRect(filled, 2, 2);
    }
    if (m_drag.ghost() == 0)
        return;
    const double x = std::min(valueToX(m_drag.ghost()), bar.right() - 1);
    painter.setBrush(m_drag.isMoving() ? colors.accent : colors.limit);
    painter.drawRoundedRect(QRectF(x - 1.5, bar.top() - 3, 3, bar.height() + 6), 1, 1);
}

void HostRow::paintTexts(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetrics metrics = fontMetrics();
    const double baseline = (height() + metrics.ascent() - metrics.descent()) / 2.0;
    const QFont mono = scaledFont(monospaceFont(), 98);
    painter.setFont(mono);
    painter.setPen(theme.text);
    painter.drawText(QPointF(4, baseline),
                     QFontMetrics(mono).elidedText(endpointLabel(endpoint()), Qt::ElideMiddle,
                                                   int(NameWidth) - 12));
    painter.setFont(font());
    double right = barRect().right();
    const auto cell = [&](double width, const QString &text, const QColor &color) {
        right += width;
        painter.setPen(color);
        drawTabular(painter, {right - tabularWidth(QFontMetricsF(painter.font()), text), baseline},
                    text);
    };
    const EndpointSnapshot &now = m_host.admission;
    cell(InFlightCell, tr("%1 / %2").arg(countText(now.inFlight), limitText(m_drag.ghost())),
         theme.text);
    cell(QueueCell, countText(now.queued), theme.secondary);
    cell(RateCell, rateText(m_host.donePerSecond), theme.text);
    // What keeps a host from going on matters more than how fast it was.
    QString remark =
        now.draining > 0 ? tr("draining %1").arg(countText(now.draining)) : reasonText(now);
    if (remark.isEmpty() && m_host.limited > 0)
        remark = tr("429: %1").arg(countText(qint64(m_host.limited)));
    if (remark.isEmpty())
        cell(LatencyCell, shownDuration(m_host.p95Us), theme.secondary);
    else
        cell(LatencyCell, remark, theme.warning);
}

void HostRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    if (m_selected)
        painter.fillRect(rect(), theme.selection);
    paintBar(painter);
    paintTexts(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool HostRow::isOnTick(const QPointF &position) const
{
    const double x = m_drag.value() == 0 ? barRect().right() : valueToX(m_drag.value());
    return std::abs(position.x() - x) <= GrabDistance;
}

void HostRow::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = isOnTick(event->position());
    emit selected();
}

void HostRow::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragging) {
        if (isOnTick(event->position()))
            setCursor(Qt::SizeHorCursor);
        else
            unsetCursor();
        return;
    }
    const QRectF bar = barRect();
    m_drag.moveTo((event->position().x() - bar.left()) * m_fullScale / bar.width(),
                  event->modifiers().testFlag(Qt::ShiftModifier));
    update();
}

void HostRow::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_dragging)
        return;
    m_dragging = false;
    apply();
}

void HostRow::applyLimit(int limit)
{
    m_drag.moveTo(limit, false);
    apply();
}

void HostRow::apply()
{
    const std::optional<int> limit = m_drag.apply();
    update();
    if (limit) {
        m_drag.setValue(*limit);
        emit limitChosen(*limit);
    }
}

bool HostRow::moveByKey(const QKeyEvent &event)
{
    const int unit = event.modifiers().testFlag(Qt::ShiftModifier) ? 5 : 1;
    switch (event.key()) {
    case Qt::Key_Right:
        m_drag.step(unit);
        return true;
    case Qt::Key_Left:
        m_drag.step(-unit);
        return true;
    case Qt::Key_PageUp:
        m_drag.ladder(1);
        return true;
    case Qt::Key_PageDown:
        m_drag.ladder(-1);
        return true;
    default:
        return false;
    }
}

void HostRow::keyPressEvent(QKeyEvent *event)
{
    if (moveByKey(*event)) {
        update();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        apply();
    } else if (event->key() == Qt::Key_Escape && (m_drag.isMoving() || m_dragging)) {
        m_dragging = false;
        m_drag.cancel();
        update();
    } else if (event->key() == Qt::Key_Down) {
        focusNextChild();
    } else if (event->key() == Qt::Key_Up) {
        focusPreviousChild();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void HostRow::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
    emit selected();
}

void HostRow::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    m_drag.cancel();
    update();
}

} // namespace Sluice
