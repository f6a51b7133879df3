// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/sweepplot.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr double Headroom = 1.15;
constexpr double FlagHeadroom = 1.3; // The flag stands above the curve.
constexpr double CurveStep = 1.03;
constexpr double LabelGap = 6;

double ms(qint64 us)
{
    return std::max(0.001, double(us) / 1000);
}

QString shortNumber(double value)
{
    return value >= 10 ? QString::number(std::lround(value)) : QString::number(value, 'g', 2);
}

QColor faded(QColor color, double alpha)
{
    color.setAlphaF(float(alpha));
    return color;
}

} // namespace

SweepPlot::SweepPlot(Kind kind, QWidget *parent) : QWidget(parent), m_kind(kind)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(kind == Kind::Throughput ? tr("Throughput over the limit")
                                               : tr("Latency over the limit"));
}

void SweepPlot::setData(std::vector<SweepPoint> points, const Recommendation &found,
                        qint64 targetP95Us)
{
    m_points = std::move(points);
    std::erase_if(m_points, [](const SweepPoint &point) { return point.completed == 0; });
    m_found = found;
    m_targetP95Us = targetP95Us;
    update();
}

void SweepPlot::setComparison(std::vector<SweepPoint> points)
{
    m_compared = std::move(points);
    std::erase_if(m_compared, [](const SweepPoint &point) { return point.completed == 0; });
    update();
}

void SweepPlot::setSelected(int limit)
{
    m_selected = limit;
    update();
}

PlotScale SweepPlot::scale() const
{
    const QFontMetricsF metrics(font());
    const double left = metrics.horizontalAdvance(QStringLiteral("00000")) + LabelGap;
    const double right = metrics.horizontalAdvance(QStringLiteral("p99")) + 2 * LabelGap;
    const QRectF area =
        QRectF(rect()).adjusted(left, metrics.height() * 1.6, -right, -metrics.height() * 1.4);
    std::vector<int> limits;
    double low = 1e9;
    double high = 0;
    const auto include = [&](const SweepPoint &point) {
        low = std::min(low, ms(point.p50Us));
        high = std::max(high, m_kind == Kind::Throughput ? point.throughput + point.ciHalfWidth
                                                         : ms(point.p99Us));
    };
    for (const SweepPoint &point : m_points) {
        limits.push_back(point.limit);
        include(point);
    }
    std::ranges::for_each(m_compared, include);
    if (m_kind == Kind::Throughput)
        return {area, limits, 0, high * FlagHeadroom, PlotScale::Axis::Linear};
    return {area, limits, low / Headroom, std::max(high, ms(m_targetP95Us)) * Headroom,
            PlotScale::Axis::Logarithmic};
}

void SweepPlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::of(palette());
    const PlotScale plot = scale();
    if (!m_points.empty()) {
        paintMarks(painter, plot, theme);
        paintFrame(painter, plot, theme);
        paintComparison(painter, plot, theme);
        if (m_kind == Kind::Throughput)
            paintThroughput(painter, plot, theme);
        else
            paintLatency(painter, plot, theme);
        if (m_kind == Kind::Throughput)
            paintFlag(painter, plot, theme);
    }
    painter.setPen(theme.secondary);
    painter.drawText(QRectF(0, 0, width(), painter.fontMetrics().height()), Qt::AlignLeft,
                     m_kind == Kind::Throughput ? tr("requests / s")
                                                : tr("latency on the wire, ms, log"));
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void SweepPlot::paintFrame(QPainter &painter, const PlotScale &scale, const Theme &theme) const
{
    const QFontMetricsF metrics(font());
    const QRectF area = scale.area();
    painter.setFont(tabularFont(font()));
    for (double value : scale.valueTicks()) {
        painter.setPen(QPen(theme.line, 1));
        painter.drawLine(QPointF(area.left(), scale.y(value)),
                         QPointF(area.right(), scale.y(value)));
        painter.setPen(theme.secondary);
        painter.drawText(QRectF(0, scale.y(value) - metrics.height() / 2, area.left() - LabelGap,
                                metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, shortNumber(value));
    }
    const double width = metrics.horizontalAdvance(QStringLiteral("000")) + LabelGap;
    painter.setPen(theme.secondary);
    for (int limit : scale.limitTicks(width)) {
        painter.drawText(
            QRectF(scale.x(limit) - width / 2, area.bottom() + 2, width, metrics.height()),
            Qt::AlignHCenter, QString::number(limit));
    }
}

void SweepPlot::paintMarks(QPainter &painter, const PlotScale &scale, const Theme &theme) const
{
    const QRectF area = scale.area();
    const double strength = theme.dark ? 0.18 : 0.12;
    const auto band = [&](double from, double to, const QColor &color) {
        painter.fillRect(QRectF(QPointF(from, area.top()), QPointF(to, area.bottom())),
                         faded(color, strength));
    };
    if (m_found.limit && m_found.goodTo > m_found.goodFrom)
        band(scale.x(m_found.goodFrom), scale.x(m_found.goodTo), theme.good);
    if (m_found.worseFrom) {
        band(scale.x(*m_found.worseFrom), area.right(), theme.bad);
        if (m_kind == Kind::Throughput) {
            painter.setPen(theme.bad);
            painter.drawText(area.adjusted(0, 0, -LabelGap, -LabelGap),
                             Qt::AlignRight | Qt::AlignBottom, tr("more is worse"));
        }
    }
    if (m_selected > 0) {
        painter.setPen(QPen(theme.accent, 1, Qt::DotLine));
        painter.drawLine(QPointF(scale.x(m_selected), area.top()),
                         QPointF(scale.x(m_selected), area.bottom()));
    }
    if (m_found.limit) {
        painter.setPen(QPen(theme.good, 2));
        painter.drawLine(QPointF(scale.x(*m_found.limit), area.top()),
                         QPointF(scale.x(*m_found.limit), area.bottom()));
    }
}

void SweepPlot::paintFlag(QPainter &painter, const PlotScale &scale, const Theme &theme) const
{
    if (!m_found.limit)
        return;
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const QString text = tr("use %1").arg(*m_found.limit);
    const QFontMetricsF metrics(bold);
    QRectF flag(0, 0, metrics.horizontalAdvance(text) + 4 * LabelGap, metrics.height() + 4);
    flag.moveCenter({scale.x(*m_found.limit), scale.area().top() + flag.height() / 2});
    flag.moveLeft(std::clamp(flag.left(), 0.0, std::max(0.0, width() - flag.width())));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.good);
    painter.drawRoundedRect(flag, 2, 2);
    painter.setPen(theme.surface);
    painter.drawText(flag, Qt::AlignCenter, text);
    painter.setFont(font());
}

void SweepPlot::paintThroughput(QPainter &painter, const PlotScale &scale, const Theme &theme) const
{
    const double first = m_points.front().limit;
    const double last = m_points.back().limit;
    const double each = m_points.front().throughput / first;
    painter.save();
    painter.setClipRect(scale.area());
    std::vector<std::pair<double, double>> linear;
    std::vector<std::pair<double, double>> fit;
    for (double n = first; n < last * CurveStep; n *= CurveStep) {
        if (scale.y(each * n) > scale.area().top() + 0.5)
            linear.emplace_back(n, each * n);
        if (m_found.usl)
            fit.emplace_back(n, m_found.usl->throughput(n));
    }
    paintLine(painter, scale, QPen(theme.disabled, 1), linear, false);
    paintLine(painter, scale, QPen(theme.secondary, 1, Qt::DashLine), fit, false);
    painter.restore();
    std::vector<std::pair<double, double>> values;
    for (const SweepPoint &point : m_points) {
        values.emplace_back(point.limit, point.throughput);
        const double x = scale.x(point.limit);
        painter.setPen(QPen(theme.completed, 1));
        for (double end :
             {point.throughput - point.ciHalfWidth, point.throughput + point.ciHalfWidth}) {
            painter.drawLine(QPointF(x, scale.y(point.throughput)), QPointF(x, scale.y(end)));
            painter.drawLine(QPointF(x - 3, scale.y(end)), QPointF(x + 3, scale.y(end)));
        }
    }
    paintLine(painter, scale, QPen(theme.completed, 2), values, true);
    for (const SweepPoint &point : m_points) {
        if (point.rejected + point.errors == 0)
            continue;
        const QPointF at(scale.x(point.limit), scale.y(point.throughput) - 12);
        painter.setPen(QPen(theme.errors, 2));
        painter.drawLine(at + QPointF(-4, -4), at + QPointF(4, 4));
        painter.drawLine(at + QPointF(-4, 4), at + QPointF(4, -4));
    }
}

/** The other sweep in the same colours, pale: throughput, or the 95th percentile. */
void SweepPlot::paintComparison(QPainter &painter, const PlotScale &scale, const Theme &theme) const
{
    if (m_compared.empty())
        return;
    const bool isThroughput = m_kind == Kind::Throughput;
    std::vector<std::pair<double, double>> values;
    for (const SweepPoint &point : m_compared)
        values.emplace_back(point.limit, isThroughput ? point.throughput : ms(point.p95Us));
    painter.save();
    painter.setClipRect(scale.area().adjusted(-4, 0, 4, 0));
    const QColor color = faded(isThroughput ? theme.completed : theme.p95, 0.55);
    paintLine(painter, scale, QPen(color, 2, Qt::DashDotLine), values, true);
    painter.restore();
}

void SweepPlot::paintLatency(QPainter &painter, const PlotScale &scale, const Theme &theme) const
{
    struct Series
    {
        QString name;
        qint64 SweepPoint::*value;
        QColor color;
        Qt::PenStyle style;
    };
    const std::array<Series, 3> series{
        Series{tr("p50"), &SweepPoint::p50Us, theme.p50, Qt::DotLine},
        Series{tr("p95"), &SweepPoint::p95Us, theme.p95, Qt::DashLine},
        Series{tr("p99"), &SweepPoint::p99Us, theme.p99, Qt::SolidLine}};
    const QFontMetricsF metrics(font());
    double lowest = scale.area().bottom() + metrics.height();
    for (const Series &each : series) {
        std::vector<std::pair<double, double>> values;
        for (const SweepPoint &point : m_points)
            values.emplace_back(point.limit, ms(point.*each.value));
        paintLine(painter, scale, QPen(each.color, 2, each.style), values, true);
        // From the lowest up, each label clear of the one below it.
        lowest = std::min(scale.y(values.back().second), lowest - metrics.height() * 0.9);
        painter.setPen(each.color);
        painter.drawText(QPointF(scale.area().right() + LabelGap, lowest + metrics.ascent() / 3),
                         each.name);
    }
    if (m_targetP95Us > 0) {
        painter.setPen(QPen(theme.warning, 1, Qt::DashDotLine));
        const double y = scale.y(ms(m_targetP95Us));
        painter.drawLine(QPointF(scale.area().left(), y), QPointF(scale.area().right(), y));
        painter.drawText(QPointF(scale.area().left() + LabelGap, y - 3), tr("p95 target"));
    }
}

void SweepPlot::paintLine(QPainter &painter, const PlotScale &scale, const QPen &pen,
                          const std::vector<std::pair<double, double>> &values, bool withDots) const
{
    QPolygonF line;
    for (const auto &[limit, value] : values)
        line << QPointF(scale.x(limit), scale.y(value));
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    if (!withDots)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.color());
    for (const QPointF &point : line)
        painter.drawEllipse(point, 3.0, 3.0);
}

void SweepPlot::mousePressEvent(QMouseEvent *event)
{
    const int limit = scale().limitNear(event->position().x());
    if (limit > 0)
        emit levelChosen(limit);
}

void SweepPlot::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left)
        choose(-1);
    else if (event->key() == Qt::Key_Right)
        choose(1);
    else
        QWidget::keyPressEvent(event);
}

void SweepPlot::choose(int step)
{
    if (m_points.empty())
        return;
    const auto at = std::ranges::find(m_points, m_selected, &SweepPoint::limit);
    const auto index = at == m_points.end() ? 0 : (at - m_points.begin()) + step;
    const auto inside = std::clamp<std::ptrdiff_t>(index, 0, std::ssize(m_points) - 1);
    emit levelChosen(m_points[std::size_t(inside)].limit);
}

} // namespace Sluice
