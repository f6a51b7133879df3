// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/staircase.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr double Gap = 3;
constexpr double WidestStep = 60;

} // namespace

Staircase::Staircase(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Levels in the order in which they were measured"));
}

void Staircase::setLevels(std::vector<SweepLevel> levels)
{
    m_levels = std::move(levels);
    m_step = -1;
    update();
}

void Staircase::setRunning(int limit)
{
    m_running = limit;
    update();
}

void Staircase::setSelected(int limit)
{
    m_selected = limit;
    update();
}

int Staircase::limitAt(std::size_t index) const
{
    return index < m_levels.size() ? m_levels[index].limit : m_running;
}

QRectF Staircase::stepRect(std::size_t index) const
{
    const double text = QFontMetricsF(font()).height();
    const double top = 2 * text;
    const double step =
        std::min(WidestStep, double(width()) / double(std::max<std::size_t>(1, stepCount())));
    int highest = 1;
    for (std::size_t i = 0; i < stepCount(); ++i)
        highest = std::max(highest, limitAt(i));
    // As on the plots: the limit on a logarithmic scale, and 1 still has a height.
    const double part = std::log(double(limitAt(index)) + 1) / std::log(double(highest) + 1);
    const double full = std::max(4.0, height() - top);
    const double high = std::max(3.0, part * full);
    return {double(index) * step, height() - high, std::max(1.0, step - Gap), high};
}

int Staircase::stepAt(const QPointF &position) const
{
    for (std::size_t i = 0; i < stepCount(); ++i) {
        const QRectF step = stepRect(i);
        if (position.x() >= step.left() && position.x() < step.right() + Gap)
            return int(i);
    }
    return -1;
}

void Staircase::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const double text = QFontMetricsF(font()).height();
    painter.setPen(theme.secondary);
    painter.drawText(QRectF(0, 0, width(), text), Qt::AlignLeft,
                     tr("limit over time; click a step to see its level"));
    painter.setFont(tabularFont(font()));
    for (std::size_t i = 0; i < stepCount(); ++i) {
        const QRectF step = stepRect(i);
        const bool isHurt = i < m_levels.size() && isHarmful(m_levels[i].stop);
        const bool isRunning = i >= m_levels.size();
        QColor color = isHurt ? theme.errors : theme.p50;
        if (limitAt(i) == m_selected)
            color = theme.accent;
        if (isRunning) {
            painter.setPen(QPen(color, 1, Qt::DashLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(step.adjusted(0.5, 0.5, -0.5, -0.5));
        } else {
            painter.fillRect(step, color);
        }
        if (int(i) == m_step) {
            painter.setPen(QPen(theme.text, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(step.adjusted(1, 1, -1, -1));
        }
        const QString label =
            QString::number(limitAt(i)) + (isHurt ? QStringLiteral(" ×") : QString());
        painter.setPen(theme.secondary);
        if (QFontMetricsF(painter.font()).horizontalAdvance(label) <= step.width() + Gap) {
            painter.drawText(QRectF(step.left(), step.top() - text, step.width(), text),
                             Qt::AlignHCenter | Qt::AlignBottom, label);
        }
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void Staircase::mousePressEvent(QMouseEvent *event)
{
    choose(stepAt(event->position()));
}

void Staircase::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_levels.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        choose(std::max(0, m_step - 1));
        break;
    case Qt::Key_Right:
        choose(std::min(last, m_step + 1));
        break;
    case Qt::Key_Home:
        choose(0);
        break;
    case Qt::Key_End:
        choose(last);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

/** Nothing for a step that is not measured. */
void Staircase::choose(int index)
{
    if (index < 0 || index >= std::ssize(m_levels))
        return;
    m_step = index;
    update();
    emit stepChosen(std::size_t(index));
}

} // namespace Sluice
