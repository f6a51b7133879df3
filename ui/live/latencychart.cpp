// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/latencychart.h"

#include "core/metrics/percentiletrust.h"
#include "ui/live/chartexport.h"
#include "ui/live/latencylines.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

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
        action->setData(int(mode));
        action->setChecked(mode == m_mode);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode] { setMode(mode); });
        return action;
    };
    m_modeButton->setObjectName(u"latencyMode"_s);
    m_modeButton->setText(add(tr("on the wire"), Mode::OnWire)->text());
    add(tr("incl. queue"), Mode::WithQueue);
    add(tr("both"), Mode::Both);
    menu->addSeparator();
    add(tr("heatmap"), Mode::Heatmap);
    add(tr("queue heatmap"), Mode::QueueHeatmap);
    m_modeButton->setMenu(menu);
    m_modeButton->setPopupMode(QToolButton::InstantPopup);
    m_modeButton->setAutoRaise(true);
    m_modeButton->setFocusPolicy(Qt::StrongFocus);
    m_modeButton->setAccessibleName(tr("What the latency counts"));
    m_modeButton->setToolTip(
        tr("Percentiles on the wire, including the wait in the queue, or both "
           "(that with the queue dotted); or how many requests took how long"));
    m_modeButton->setFont(scaledFont(font(), 85));
}

void LatencyChart::addMenuEntries(QMenu *menu)
{
    menu->addActions(m_modeButton->menu()->actions());
}

void LatencyChart::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    const bool wasHeatmap = isHeatmap();
    m_mode = mode;
    m_bucket.reset();
    for (QAction *action : m_modeButton->menu()->actions()) {
        if (action->isSeparator() || action->data().toInt() != int(mode))
            continue;
        action->setChecked(true);
        m_modeButton->setText(action->text());
    }
    setAccessibleName(isHeatmap() ? tr("Latency heatmap") : tr("Latency chart"));
    layOut();
    update();
    if (isHeatmap() != wasHeatmap)
        emit heatmapWanted(isHeatmap());
}

void LatencyChart::resizeEvent(QResizeEvent *event)
{
    TimePanel::resizeEvent(event);
    const QRectF mode(sideEdge() + 2, height() - 24, RightMargin - 4, 22);
    m_modeButton->setGeometry(beside(mode).toRect());
}

QString LatencyChart::summary() const
{
    if (isHeatmap())
        return m_heatmap.summary();
    if (!m_snapshot || m_snapshot->p50Us < 0)
        return tr("Too few requests for percentiles.");
    const LiveSnapshot &now = *m_snapshot;
    return tr("Latency on the wire, last 10 s: half below %1, 95 % below %2, 99 % below %3.")
        .arg(percentileText(now.p50Us, 50, now.sent), percentileText(now.p95Us, 95, now.sent),
             percentileText(now.p99Us, 99, now.sent));
}

QString LatencyChart::csv(const LiveSnapshot &snapshot) const
{
    return isHeatmap() && snapshot.heatmap ? heatmapCsv(snapshot) : latencyCsv(snapshot);
}

void LatencyChart::scale()
{
    m_heatmap.setCells(isHeatmap() && m_snapshot ? m_snapshot->heatmap : nullptr, withQueue(),
                       m_geometry.beginUs(), m_geometry.endUs);
    if (isHeatmap())
        m_range = m_heatmap.isEmpty() ? LogRange{1000, 100'000} : m_heatmap.range();
    else
        m_range = lineRange();
}

LogRange LatencyChart::lineRange() const
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
            for (const LatencyPercentile &percentile : latencyPercentiles()) {
                if (m_mode != Mode::WithQueue)
                    take(point.*percentile.onWire);
                if (m_mode != Mode::OnWire)
                    take(point.*percentile.total);
            }
        }
    }
    return highest == 0 ? LogRange{1000, 100'000} : LogRange::around(lowest, highest);
}

double LatencyChart::mapLatencyToY(double us) const
{
    return m_geometry.plot.bottom() - m_range.fraction(us) * m_geometry.plot.height();
}

const LatencyPoint *LatencyChart::pointAt(qint64 atUs) const
{
    const LiveLatency &latency = m_snapshot->latency;
    const auto found = std::ranges::find_if(latency.points, [&](const LatencyPoint &point) {
        return atUs >= point.beginUs && atUs < point.beginUs + latency.stepUs;
    });
    return found == latency.points.end() ? nullptr : &*found;
}

QStringList LatencyChart::crosshairText(qint64 atUs) const
{
    if (isHeatmap())
        return m_heatmap.text(atUs, m_bucket);
    const LatencyPoint *point = pointAt(atUs);
    if (!point)
        return {};
    QStringList lines;
    for (const LatencyPercentile &percentile : latencyPercentiles()) {
        const auto text = [&](Member value) {
            return percentileText(point->*value, percentile.percent, point->count);
        };
        lines << tr("%1 %2, incl. queue %3")
                     .arg(QLatin1StringView(percentile.name), text(percentile.onWire),
                          text(percentile.total));
    }
    if (point->count < EnoughForTheTail)
        lines << tr("of only %1 requests").arg(point->count);
    return lines;
}

void LatencyChart::hoverAt(QPointF position)
{
    if (!isHeatmap())
        return;
    m_bucket.reset();
    if (m_geometry.plot.contains(position)) {
        const double fraction =
            (m_geometry.plot.bottom() - position.y()) / m_geometry.plot.height();
        m_bucket = LatencyBuckets::of(qint64(m_range.valueAt(fraction)));
    }
    update();
}

void LatencyChart::leaveEvent(QEvent *event)
{
    m_bucket.reset();
    TimePanel::leaveEvent(event);
}

/** Up and Down go through the buckets of the step that the crosshair is at. */
void LatencyChart::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (isHeatmap() && by != 0 && event->modifiers() == Qt::NoModifier && moveBucket(by))
        return;
    if (event->key() == Qt::Key_Escape)
        m_bucket.reset();
    TimePanel::keyPressEvent(event);
}

bool LatencyChart::moveBucket(int by)
{
    if (m_heatmap.isEmpty())
        return false;
    if (!crosshairX())
        pointAtTime(m_heatmap.newestUs(m_snapshot->atUs));
    const LatencyCells *cells =
        m_heatmap.cellsAt(m_geometry.mapXToTime(m_geometry.plot.left() + crosshairX().value_or(0)));
    if (!m_bucket && cells && !cells->empty()) // Where most of them are.
        m_bucket = std::ranges::max_element(*cells, {}, &LatencyCount::count)->bucket;
    else
        m_bucket = m_bucket.value_or(m_heatmap.lowest()) + by;
    m_bucket = std::clamp(*m_bucket, m_heatmap.lowest(), m_heatmap.highest());
    update();
    tellReading();
    return true;
}

/** The heatmap has cells instead, see keyPressEvent(). */
std::vector<TimePanel::Series> LatencyChart::series() const
{
    std::vector<Series> all;
    for (const LatencyPercentile &percentile : latencyPercentiles()) {
        if (!isHeatmap())
            all.push_back({int(all.size()), QLatin1StringView(percentile.name)});
    }
    return all;
}

QString LatencyChart::reading() const
{
    if (!isHeatmap())
        return TimePanel::reading();
    if (!m_bucket || !crosshairX() || !m_snapshot)
        return {};
    const qint64 atUs = m_geometry.mapXToTime(m_geometry.plot.left() + *crosshairX());
    return tr("%1 ago, %2")
        .arg(shownDuration(std::max<qint64>(0, m_snapshot->atUs - atUs)),
             m_heatmap.text(atUs, m_bucket).join(u", "_s));
}

QString LatencyChart::seriesValue(int id, qint64 atUs) const
{
    const LatencyPoint *point = pointAt(atUs);
    if (!point)
        return {};
    const LatencyPercentile &percentile = latencyPercentiles()[std::size_t(id)];
    return tr("%1, incl. queue %2")
        .arg(percentileText(point->*percentile.onWire, percentile.percent, point->count),
             percentileText(point->*percentile.total, percentile.percent, point->count));
}

qint64 LatencyChart::sampleUs() const
{
    return m_snapshot ? m_snapshot->latency.stepUs : LiveLatency().stepUs;
}

} // namespace Sluice
