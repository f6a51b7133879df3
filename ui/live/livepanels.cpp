// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livepanels.h"

#include "ui/live/concurrencychart.h"
#include "ui/live/hostheatmap.h"
#include "ui/live/latencychart.h"
#include "ui/live/limithandle.h"
#include "ui/live/rangebar.h"
#include "ui/live/throughputchart.h"
#include "ui/live/waterfall.h"

#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Shares of the height, and what a panel should have where there is room. */
constexpr int ConcurrencyShare = 45;
constexpr int ThroughputShare = 25;
constexpr int LatencyShare = 30;
constexpr int HeatmapShare = 30;
constexpr int WaterfallShare = 45;
constexpr int PixelsAShare = 5;

} // namespace

LivePanels::LivePanels(QWidget *parent)
    : QWidget(parent), m_crosshair(new LiveCrosshair(this)), m_rangeBar(new RangeBar(this))
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *charts = new QWidget(scroll);
    auto *layout = new QVBoxLayout(charts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_concurrency = new ConcurrencyChart(m_crosshair, charts);
    auto *throughput = new ThroughputChart(m_crosshair, charts); // In the order of Tab.
    m_latency = new LatencyChart(m_crosshair, charts);
    m_moreCharts = {throughput, m_latency};
    m_heatmap = new HostHeatmap(m_crosshair, charts);
    m_waterfall = new Waterfall(m_crosshair, charts);
    layout->addWidget(m_concurrency, ConcurrencyShare);
    layout->addWidget(m_moreCharts[0], ThroughputShare);
    layout->addWidget(m_moreCharts[1], LatencyShare);
    layout->addWidget(m_heatmap, HeatmapShare);
    layout->addWidget(m_waterfall, WaterfallShare);
    m_all = {m_concurrency, m_moreCharts[0], m_moreCharts[1], m_heatmap, m_waterfall};
    for (TimePanel *panel : m_all) {
        panel->setVisible(panel == m_concurrency);
        connectPanel(panel);
    }
    scroll->setWidget(charts);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(4);
    outer->addWidget(m_rangeBar);
    outer->addWidget(scroll, 1);
    m_rangeBar->hide();
    setMinimumHeight(m_concurrency->minimumSizeHint().height());
    // The charts first, then the handles on them.
    setTabOrder(m_waterfall->lastControl(), m_concurrency->totalHandle());
    setTabOrder(m_concurrency->totalHandle(), m_concurrency->hostHandle());
    connect(m_latency, &LatencyChart::heatmapWanted, this, &LivePanels::askForHeatmap);
    connect(m_heatmap, &HostHeatmap::hostSelected, this, &LivePanels::hostSelected);
    connect(m_waterfall, &Waterfall::requestActivated, this, &LivePanels::requestActivated);
    connect(m_rangeBar, &RangeBar::zoomRequested, this, &LivePanels::zoomRequested);
    connect(m_rangeBar, &RangeBar::clearRequested, this, [this] { m_crosshair->setRange({}); });
    connect(m_crosshair, &LiveCrosshair::rangeChanged, this, &LivePanels::showRange);
}

void LivePanels::connectPanel(TimePanel *panel)
{
    connect(panel, &TimePanel::viewRequested, this, &LivePanels::viewRequested);
    connect(panel, &TimePanel::pauseViewToggled, this, &LivePanels::pauseViewToggled);
    connect(panel, &TimePanel::noteRequested, this, &LivePanels::noteRequested);
    connect(panel, &TimePanel::tableRequested, this, &LivePanels::tableRequested);
    connect(panel, &TimePanel::leaveRequested, this, &LivePanels::leaveRequested);
}

void LivePanels::setSnapshot(const LiveSnapshotPtr &snapshot)
{
    m_shown = snapshot;
    const auto hosts = snapshot ? int(snapshot->hosts.size()) : 0;
    // Once there, it goes only when there is nothing left to compare: nothing jumps.
    const bool mayChange = !m_wantsHeatmap && (hosts > MostLanes || hosts < 2);
    if (mayChange && m_heatmap->isHidden() == (hosts > MostLanes)) {
        m_heatmap->setVisible(hosts > MostLanes);
        emit heatmapShown(hosts > MostLanes);
    }
    for (TimePanel *panel : m_all) {
        if (!panel->isHidden())
            panel->setSnapshot(snapshot);
    }
}

void LivePanels::setRangeFigures(const LiveSnapshotPtr &newest)
{
    if (m_crosshair->range())
        m_rangeBar->setSnapshot(newest);
}

void LivePanels::showRange()
{
    m_rangeBar->setVisible(m_crosshair->range().has_value());
}

void LivePanels::show(TimePanel *panel, bool shown)
{
    panel->setVisible(shown);
    if (shown)
        panel->setSnapshot(m_shown);
}

void LivePanels::setMoreCharts(bool shown)
{
    for (TimePanel *panel : m_moreCharts)
        show(panel, shown);
    if (m_latency->isHeatmap())
        askForHeatmap();
}

void LivePanels::askForHeatmap()
{
    emit heatmapWanted(m_latency->isHeatmap() && !m_latency->isHidden());
}

void LivePanels::setWaterfallShown(bool shown)
{
    show(m_waterfall, shown);
}

void LivePanels::setHeatmapShown(bool shown)
{
    m_wantsHeatmap = shown;
    show(m_heatmap, shown);
}

void LivePanels::setSelectedHost(const QString &endpoint)
{
    m_concurrency->setSelectedHost(endpoint);
    m_heatmap->setSelectedHost(endpoint);
}

int LivePanels::wantedHeight() const
{
    int shares = ConcurrencyShare;
    if (!m_moreCharts[0]->isHidden())
        shares += ThroughputShare + LatencyShare;
    if (!m_heatmap->isHidden())
        shares += HeatmapShare;
    if (!m_waterfall->isHidden())
        shares += WaterfallShare;
    return shares * PixelsAShare;
}

} // namespace Sluice
