// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/metrics/livesnapshot.h"
#include "core/run/runplan.h"

#include <QDockWidget>
#include <QPointer>
#include <QTimer>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace Sluice {

class Announcer;
class EpochTable;
class EventTable;
class HostLanes;
class LatencyCellsModel;
class LimitsModel;
class LagMeter;
class LiveEmpty;
class LivePanels;
class LiveTable;
class LiveTableModel;
class LiveTiles;

/**
 * The live view: tiles, the charts, the host lanes and what each set of limits brought. Repaints
 * when a snapshot comes; numbers change at most twice a second so that they can be read, rows of
 * tables four times. Changes of
 * limits go through the LimitsModel.
 */
class LiveDock final : public QDockWidget
{
    Q_OBJECT

public:
    /** \a limits outlives the dock. */
    explicit LiveDock(LimitsModel *limits, QWidget *parent = nullptr);
    ~LiveDock() override;

    /** Offers \a action in the empty view. Not owned. */
    void addEmptyAction(QAction *action);
    /** The handle of the total limit in the concurrency chart. */
    QWidget *totalLimitHandle() const;
    /** Where the keyboard goes first. */
    QWidget *firstPanel() const;
    bool isViewPaused() const { return m_viewPaused; }
    /** Shows throughput and latency under the concurrency chart. */
    void setMoreCharts(bool shown);
    /** Shows the newest requests with their phases under the charts. */
    void setWaterfallShown(bool shown);
    /** Shows what each host did over time; with many hosts that comes by itself. */
    void setHostsOverTimeShown(bool shown);
    /** Shows the charts' numbers as a table in their place. */
    void setTableShown(bool shown);
    bool isTableShown() const;

public slots:
    /** Has \a text read out to those who do not see the charts, at most one in 5 s. */
    void announce(const QString &text);
    /** Charts and numbers jump once a second instead of flowing. */
    void setReducedMotion(bool reduced);
    /** Limits that are dragged act whenever the drag rests, not only when it ends. */
    void setLimitsFollowDrag(bool follow);
    /** As a click on the button: pauses dispatch, or goes on. */
    void togglePauseDispatch();
    void showSnapshot(Sluice::LiveSnapshotPtr snapshot);
    void showProgress(const Sluice::RunProgress &progress);
    /** Dispatch was paused or goes on, by whomever. */
    void setDispatchPaused(bool paused);
    /** Freezes what is shown, or goes on with the newest; nothing is lost meanwhile. */
    void setViewPaused(bool paused);
    /** Shows this part of time, of the engine's clock. */
    void showTime(qint64 beginUs, qint64 endUs);

signals:
    void pauseDispatchToggled(bool paused);
    void stopRequested();
    /** \a endpoint is to be sent to before the rest is over that it asked for. */
    void holdEndRequested(Sluice::EndpointId endpoint);
    /** The snapshots are to show this part of time from now on. */
    void viewRequested(const Sluice::LiveView &view);
    /** A note for the time axis; at -1 = now. */
    void noteAdded(qint64 atUs, const QString &text);
    /** The result of this request of that run is wanted; run 0 = it is of none. */
    void requestActivated(quint32 run, quint64 seq);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    static constexpr qint64 AllTime = 0; ///< In the choice of the time shown.

    QWidget *buildTitle();
    QWidget *buildHeader();
    QWidget *buildPanels();
    QWidget *buildSide();
    QToolButton *addToggle(QWidget *title, const QString &text, const QString &name);
    void connectPanels();
    void fitHeight();
    void askForNote(qint64 atUs);
    void requestRange();
    void requestHeatmap(bool wanted);
    void showLag(qint64 lagUs);
    void showStalled();
    QLabel *addChip(QWidget *title, const QString &name, const QString &toolTip);
    void requestView(LiveView view);
    void rememberFocus(QWidget *old, QWidget *now);
    void leaveCharts();
    void showAll();
    void connectLimits();
    void colourStop();
    void colourPause();
    void showCharts();
    void fillTable();
    void showFinalState();
    void showHostLanes(const std::vector<LiveHost> &hosts);
    void centreOn(qint64 atUs);
    void showTexts();
    void showTables();
    void waitForRest();
    void showRest();
    bool isDue(qint64 shownUs, qint64 everyUs) const;
    void showStatus();
    void selectHost(const QString &endpoint);

    LimitsModel *m_limits;
    QStackedWidget *m_pages;
    LiveEmpty *m_empty;
    LiveTiles *m_tiles;
    LivePanels *m_panels;
    QWidget *m_side; ///< Hosts and limits tried.
    HostLanes *m_hosts;
    EpochTable *m_epochs;
    EventTable *m_events;
    QTabWidget *m_sideTabs;
    QStackedWidget *m_chartPages; ///< The charts and their table.
    LiveTable *m_table;
    LiveTableModel *m_tableModel;
    LiveTable *m_heatmapTable; ///< In the place of the other when the heatmap had the keyboard.
    LatencyCellsModel *m_heatmapModel;
    LagMeter *m_lag;
    QLabel *m_lagChip;
    QLabel *m_stalledChip;
    QComboBox *m_span;
    QToolButton *m_more;
    QToolButton *m_requests;
    QToolButton *m_hostsOverTime;
    QToolButton *m_tableButton;
    SteadyClock m_clock;
    QLabel *m_status;
    Announcer *m_announcer;
    QPushButton *m_pauseView;
    QPushButton *m_pauseDispatch;
    QPushButton *m_stop;
    QPointer<QWidget> m_cameFrom; ///< Had the keyboard before the dock.
    QTimer m_restTimer;           ///< Until what came last is shown, too.
    qint64 m_chartsUs = -1;       ///< The moments that are shown: of the engine's clock.
    qint64 m_textsUs = -1;
    qint64 m_tablesUs = -1;
    LiveSnapshotPtr m_newest;
    LiveSnapshotPtr m_shown;      ///< On the chart; older than the newest while the view is paused.
    LiveSnapshotPtr m_shownTexts; ///< In tiles.
    LiveSnapshotPtr m_shownTables; ///< In rows.
    RunProgress m_progress;
    LiveView m_view;
    bool m_showsAll = false;
    bool m_viewPaused = false;
    bool m_reducedMotion = false;
    bool m_isFinishing = false;  ///< A run has ended, what it left in flight has not been shown.
    bool m_tabWasChosen = false; ///< Of those beside the charts, by a person.
};

} // namespace Sluice
