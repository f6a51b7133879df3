// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/livecrosshair.h"

#include "core/metrics/livesnapshot.h"

#include <QWidget>

class QScrollArea;

namespace Sluice {

class ConcurrencyChart;
class HostHeatmap;
class LatencyChart;
class RangeBar;
class TimePanel;
class Waterfall;

/**
 * The charts of the live view under each other, on one axis of time with one crosshair, and the
 * figures of the marked range over them. Which of them are shown is said from outside; the hosts
 * over time come by themselves when there are more than lanes are good for. Scrolls when there is
 * less room than they need.
 */
class LivePanels final : public QWidget
{
    Q_OBJECT

public:
    /** More hosts than this are shown over time. */
    static constexpr int MostLanes = 8;

    explicit LivePanels(QWidget *parent = nullptr);

    ConcurrencyChart *concurrency() const { return m_concurrency; }
    LatencyChart *latency() const { return m_latency; }
    HostHeatmap *heatmap() const { return m_heatmap; }
    Waterfall *waterfall() const { return m_waterfall; }
    LiveCrosshair *crosshair() const { return m_crosshair; }

    /** Shares \a snapshot with all that is shown. */
    void setSnapshot(const LiveSnapshotPtr &snapshot);
    /** The figures of the marked range; also while the charts stand still. */
    void setRangeFigures(const LiveSnapshotPtr &newest);
    void setMoreCharts(bool shown);
    void setWaterfallShown(bool shown);
    /** A person's choice, whatever the number of hosts. */
    void setHeatmapShown(bool shown);
    void setSelectedHost(const QString &endpoint);
    /** What is shown needs this much height to be read well. */
    int wantedHeight() const;

signals:
    void viewRequested(const Sluice::LiveView &view);
    /** Shows just the marked range. */
    void zoomRequested();
    void pauseViewToggled();
    void noteRequested(qint64 atUs);
    void tableRequested();
    /** The keyboard is to go back to where it came from. */
    void leaveRequested();
    void hostSelected(const QString &endpoint);
    void requestActivated(quint32 run, quint64 seq);
    /** See LatencyChart; not wanted while that is hidden. */
    void heatmapWanted(bool wanted);
    /** There were many hosts, or are no longer. */
    void heatmapShown(bool shown);

private:
    void connectPanel(TimePanel *panel);
    void show(TimePanel *panel, bool shown);
    void showRange();
    void askForHeatmap();

    LiveCrosshair *m_crosshair;
    RangeBar *m_rangeBar;
    ConcurrencyChart *m_concurrency;
    LatencyChart *m_latency;
    HostHeatmap *m_heatmap;
    Waterfall *m_waterfall;
    std::vector<TimePanel *> m_moreCharts; ///< Throughput and latency.
    std::vector<TimePanel *> m_all;
    std::optional<bool> m_wantsHeatmap; ///< Chosen by a person.
    LiveSnapshotPtr m_shown;
};

} // namespace Sluice
