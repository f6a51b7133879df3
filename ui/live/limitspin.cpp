// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitspin.h"

#include "ui/live/chartgeometry.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
constexpr double Largest = 1'000'000;
constexpr int LargeStep = 10; ///< QAbstractSpinBox's steps for Page Up and Page Down.
} // namespace

LimitSpinBox::LimitSpinBox(const QString &zeroText, int decimals, QWidget *parent)
    : QDoubleSpinBox(parent)
{
    setDecimals(decimals);
    setRange(0, Largest);
    setSpecialValueText(zeroText);
    setKeyboardTracking(false); // A limit acts at once: not with every digit typed.
    setGroupSeparatorShown(true);
    setAlignment(Qt::AlignRight);
    setLocale(QLocale(QLocale::English));
}

void LimitSpinBox::stepBy(int steps)
{
    if (std::abs(steps) != LargeStep) {
        QDoubleSpinBox::stepBy(steps);
        return;
    }
    if (steps < 0 && value() <= 1)
        setValue(0);
    else
        setValue(value() < 1 ? 1 : ladderStep(int(value()), steps > 0 ? 1 : -1));
}

QString LimitSpinBox::textFromValue(double value) const
{
    QString text = QDoubleSpinBox::textFromValue(value);
    if (text.contains(u'.')) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(u'.'))
            text.chop(1);
    }
    return text;
}

QSize LimitSpinBox::sizeHint() const
{
    return {std::max(88, fontMetrics().horizontalAdvance(specialValueText()) + 30),
            QDoubleSpinBox::sizeHint().height()};
}

LimitSpin::LimitSpin(const Kind &kind, QWidget *parent)
    : QWidget(parent), m_unit(kind.unit),
      m_box(new LimitSpinBox(kind.zeroText, kind.decimals, this)), m_reset(new QToolButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 3, 0, 3);
    layout->setSpacing(4);
    auto *label = new QLabel(kind.label, this);
    label->setBuddy(m_box);
    layout->addWidget(label, 1);
    m_reset->setText(u"\u21BA"_s);
    m_reset->setAutoRaise(true);
    m_reset->setFocusPolicy(Qt::TabFocus);
    m_reset->setAccessibleName(tr("Reset %1").arg(kind.label));
    m_reset->setFixedWidth(20);
    layout->addWidget(m_reset);
    m_box->setMinimum(kind.least);
    m_box->setSuffix(kind.unit);
    m_box->setAccessibleName(kind.label);
    m_box->setToolTip(kind.toolTip);
    layout->addWidget(m_box);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        showReset();
        emit edited(value);
    });
    connect(m_reset, &QToolButton::clicked, m_box, [this] { m_box->setValue(m_loaded); });
    showReset();
}

void LimitSpin::setValue(double value, double loaded)
{
    const QSignalBlocker blocker(m_box);
    m_loaded = loaded;
    m_reset->setToolTip(tr("Back to %1")
                            .arg(loaded == 0 && m_box->minimum() == 0
                                     ? m_box->specialValueText()
                                     : m_box->textFromValue(loaded) + m_unit));
    m_box->setValue(value);
    showReset();
}

void LimitSpin::showReset()
{
    m_reset->setVisible(m_box->value() != m_loaded);
}

} // namespace Sluice
