// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/latencychart.h"

#include "ui/live/chartexport.h"
#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct Percentile
{
    const char *name;
    qint64 LatencyPoint::*onWire;
    qint64 LatencyPoint::*total;
    QColor Theme::*color;
    QList<qreal> dashes; ///< Empty = solid.
};

const std::array<Percentile, 3> &percentiles()
{
    static const std::array<Percentile, 3> all{{
        {"p50", &LatencyPoint::p50Us, &LatencyPoint::p50TotalUs, &Theme::p50, {1, 2}},
        {"p95", &LatencyPoint::p95Us, &LatencyPoint::p95TotalUs, &Theme::p95, {4, 2}},
        {"p99", &LatencyPoint::p99Us, &LatencyPoint::p99TotalUs, &Theme::p99, {}},
    }};
    return all;
}

} // namespace

LogRange LogRange::around(double lowest, double highest)
{
    const auto below = [](double value) {
        const double power = std::pow(10, std::floor(std::log10(value)));
        const double first = value / power;
        return power * (first >= 5 ? 5 : first >= 2 ? 2 : 1);
    };
    const double low = below(std::max(1.0, lowest));
    double high = below(std::max(1.0, highest));
    while (high < highest * 1.02 || high < 5 * low)
        high = below(high * 2.6);
    return {low, high};
}

double LogRange::fraction(double value) const
{
    return std::clamp(std::log(std::max(value, low) / low) / std::log(high / low), 0.0, 1.0);
}

std::vector<double> LogRange::ticks() const
{
    std::vector<double> ticks;
    for (double power = std::pow(10, std::floor(std::log10(low))); power <= high; power *= 10) {
        for (const double factor : {1.0, 2.0, 5.0}) {
            const double value = factor * power;
            if (value >= low * 0.999 && value <= high * 1.001)
                ticks.push_back(value);
        }
    }
    return ticks;
}

LatencyChart::LatencyChart(LiveCrosshair *crosshair, QWidget *parent)
    : TimePanel(crosshair, parent), m_modeButton(new QToolButton(this))
{
    setAccessibleName(tr("Latency chart"));
    setMinimumHeight(104);
    buildModes();
}

void LatencyChart::buildModes()
{
    auto *menu = new QMenu(m_modeButton);
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, Mode mode) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(mode == m_mode);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, text, mode] {
            m_modeButton->setText(text);
            setMode(mode);
        });
        return action;
    };
    m_modeButton->setText(add(tr("on the wire"), Mode::OnWire)->text());
    add(tr("with queue"), Mode::WithQueue);
    add(tr("both"), Mode::Both);
    m_modeButton->setMenu(menu);
    m_modeButton->setPopupMode(QToolButton::InstantPopup);
    m_modeButton->setAutoRaise(true);
    m_modeButton->setAccessibleName(tr("What the latency counts"));
    m_modeButton->setToolTip(tr("Latency on the wire, or with the wait in the queue"));
    m_modeButton->setFont(scaledFont(font(), 85));
}

void LatencyChart::setMode(Mode mode)
{
    m_mode = mode;
    layOut();
    update();
}

void LatencyChart::resizeEvent(QResizeEvent *event)
{
    TimePanel::resizeEvent(event);
    const QRectF mode(sideEdge() + 2, height() - 24, RightMargin - 4, 22);
    m_modeButton->setGeometry(beside(mode).toRect());
}

QString LatencyChart::summary() const
{
    if (!m_snapshot || m_snapshot->p50Us < 0)
        return tr("Too few requests for percentiles.");
    return tr("Latency on the wire, last 10 s: half below %1, 95 % below %2, 99 % below %3.")
        .arg(shownDuration(m_snapshot->p50Us), shownDuration(m_snapshot->p95Us),
             shownDuration(m_snapshot->p99Us));
}

QString LatencyChart::csv(const LiveSnapshot &snapshot) const
{
    return latencyCsv(snapshot);
}

void LatencyChart::scale()
{
    double lowest = 0;
    double highest = 0;
    const auto take = [&](qint64 us) {
        if (us < 0)
            return;
        lowest = lowest == 0 ? double(us) : std::min(lowest, double(us));
        highest = std::max(highest, double(us));
    };
    if (m_snapshot) {
        for (const LatencyPoint &point : m_snapshot->latency.points) {
            for (const Percentile &percentile : percentiles()) {
                if (m_mode != Mode::WithQueue)
                    take(point.*percentile.onWire);
                if (m_mode != Mode::OnWire)
                    take(point.*percentile.total);
            }
        }
    }
    m_range = highest == 0 ? LogRange{1000, 100'000} : LogRange::around(lowest, highest);
}

double LatencyChart::mapLatencyToY(double us) const
{
    return m_geometry.plot.bottom() - m_range.fraction(us) * m_geometry.plot.height();
}

void LatencyChart::paintPlot(QPainter &painter)
{
    const Theme &theme = Theme::of(palette());
    std::vector<AxisTick> ticks;
    const double apart = painter.fontMetrics().height() + 2;
    for (const double us : m_range.ticks()) {
        const double y = mapLatencyToY(us);
        if (ticks.empty() || ticks.back().position - y >= apart)
            ticks.push_back({y, shownDuration(qint64(us))});
    }
    paintValueAxis(painter, ticks, true, tr("latency"));
    painter.save();
    painter.setClipRect(m_geometry.plot);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Percentile &percentile : percentiles()) {
        const bool isChosen = chosenSeries() == int(&percentile - percentiles().data());
        QPen pen(theme.*percentile.color, isChosen ? 4 : 2);
        if (!percentile.dashes.isEmpty())
            pen.setDashPattern(percentile.dashes);
        if (m_mode != Mode::WithQueue)
            paintLine(painter, percentile.onWire, pen);
        if (m_mode == Mode::Both)
            pen.setWidthF(theme.highContrast || isChosen ? 2 : 1);
        if (m_mode != Mode::OnWire)
            paintLine(painter, percentile.total, pen);
    }
    painter.restore();
    paintNames(painter);
}

/** Steps without enough samples leave a gap. */
void LatencyChart::paintLine(QPainter &painter, Member value, const QPen &pen) const
{
    if (!m_snapshot)
        return;
    painter.setPen(pen);
    const LiveLatency &latency = m_snapshot->latency;
    QPolygonF line;
    qint64 lastUs = 0;
    const auto flush = [&] {
        if (line.size() == 1)
            line << line.first() + QPointF(2, 0);
        painter.drawPolyline(line);
        line.clear();
    };
    for (const LatencyPoint &point : latency.points) {
        if (point.*value < 0 || (!line.isEmpty() && point.beginUs - lastUs > latency.stepUs))
            flush();
        if (point.*value < 0)
            continue;
        lastUs = point.beginUs;
        line << QPointF(m_geometry.mapTimeToX(point.beginUs + latency.stepUs),
                        mapLatencyToY(double(point.*value)));
    }
    flush();
}

void LatencyChart::paintNames(QPainter &painter) const
{
    if (!m_snapshot || m_snapshot->latency.points.empty())
        return;
    const Theme &theme = Theme::of(palette());
    const LatencyPoint &last = m_snapshot->latency.points.back();
    const QFontMetrics metrics = painter.fontMetrics();
    double lowestFree = m_geometry.plot.bottom() + metrics.height();
    for (const Percentile &percentile : percentiles()) {
        const qint64 us = last.*(m_mode == Mode::WithQueue ? percentile.total : percentile.onWire);
        if (us < 0)
            continue;
        const double y = std::min(mapLatencyToY(double(us)) + metrics.ascent() / 2.0 - 1,
                                  lowestFree - metrics.height());
        lowestFree = y;
        painter.setPen(theme.text); // The lines' colours are too pale for letters.
        const QRectF name(sideEdge() + 8, y - metrics.ascent(), RightMargin - 8, metrics.height());
        painter.drawText(beside(name), int(fromPlot()),
                         tr("%1 %2").arg(QLatin1StringView(percentile.name), shownDuration(us)));
    }
}

QStringList LatencyChart::crosshairText(qint64 atUs) const
{
    const LiveLatency &latency = m_snapshot->latency;
    for (const LatencyPoint &point : latency.points) {
        if (atUs < point.beginUs || atUs >= point.beginUs + latency.stepUs)
            continue;
        QStringList lines;
        for (const Percentile &percentile : percentiles()) {
            const qint64 onWire = point.*percentile.onWire;
            if (onWire < 0)
                continue;
            lines << tr("%1 %2, with queue %3")
                         .arg(QLatin1StringView(percentile.name), shownDuration(onWire),
                              shownDuration(point.*percentile.total));
        }
        return lines;
    }
    return {};
}

std::vector<TimePanel::Series> LatencyChart::series() const
{
    std::vector<Series> all;
    for (const Percentile &percentile : percentiles())
        all.push_back({int(all.size()), QLatin1StringView(percentile.name)});
    return all;
}

QString LatencyChart::seriesValue(int id, qint64 atUs) const
{
    const LiveLatency &latency = m_snapshot->latency;
    const auto point = std::ranges::find_if(latency.points, [&](const LatencyPoint &each) {
        return atUs >= each.beginUs && atUs < each.beginUs + latency.stepUs;
    });
    if (point == latency.points.end())
        return {};
    const Percentile &percentile = percentiles()[std::size_t(id)];
    return tr("%1, with queue %2")
        .arg(shownDuration((*point).*percentile.onWire), shownDuration((*point).*percentile.total));
}

qint64 LatencyChart::sampleUs() const
{
    return m_snapshot ? m_snapshot->latency.stepUs : LiveLatency().stepUs;
}

} // namespace Sluice
