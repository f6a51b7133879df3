// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livedock.h"

#include "ui/live/concurrencychart.h"
#include "ui/live/epochtable.h"
#include "ui/live/eventtable.h"
#include "ui/live/hostlanes.h"
#include "ui/live/lagmeter.h"
#include "ui/live/latencycellsmodel.h"
#include "ui/live/limitsediting.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/livelegend.h"
#include "ui/live/livepanels.h"
#include "ui/live/livetable.h"
#include "ui/live/livetablemodel.h"
#include "ui/live/livetext.h"
#include "ui/live/livetiles.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/elidedlabel.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
constexpr int SideWidth = 500;     ///< Room for a host's bar, numbers and remark.
constexpr int WideSideWidth = 584; ///< And for its last minute.
constexpr int WideDock = 1500;
} // namespace

QWidget *LiveDock::buildTitle()
{
    auto *title = new QWidget(this);
    auto *layout = new QHBoxLayout(title);
    layout->setContentsMargins(14, 5, 8, 3);
    layout->setSpacing(8);
    auto *name = new QLabel(windowTitle(), title);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    layout->addWidget(name);
    m_status = new ElidedLabel(title);
    m_status->setObjectName(u"liveStatus"_s);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_status, 1);
    m_announcer = new Announcer(m_clock, title);
    m_announcer->setObjectName(u"liveEvent"_s);
    layout->addWidget(m_announcer);
    connect(m_announcer, &Announcer::announced, this, &LiveDock::showStatus);
    m_stalledChip = addChip(title, u"stalledChip"_s,
                            tr("Requests that your limits have let go wait before a connection "
                               "takes them: Qt or this machine is busy, not your limit."));
    m_lagChip = addChip(title, u"lagChip"_s,
                        tr("The window is late by this much: what it shows is older than it should "
                           "be. The requests are not: they run in a thread of their own."));
    m_lag = new LagMeter(this);
    connect(m_lag, &LagMeter::lagChanged, this, &LiveDock::showLag);
    m_more = addToggle(title, tr("Throughput and latency"), u"moreCharts"_s);
    connect(m_more, &QToolButton::toggled, this, &LiveDock::setMoreCharts);
    m_requests = addToggle(title, tr("Requests"), u"requestWaterfall"_s);
    m_requests->setToolTip(tr("The newest requests with their phases"));
    connect(m_requests, &QToolButton::toggled, this, &LiveDock::setWaterfallShown);
    m_hostsOverTime = addToggle(title, tr("Hosts over time"), u"hostsOverTime"_s);
    connect(m_hostsOverTime, &QToolButton::clicked, this, &LiveDock::setHostsOverTimeShown);
    m_tableButton = addToggle(title, tr("Table"), u"tableOfCharts"_s);
    m_tableButton->setToolTip(tr("The charts as a table (Ctrl+D in a chart)"));
    connect(m_tableButton, &QToolButton::toggled, this, &LiveDock::setTableShown);
    m_span = new QComboBox(title);
    m_span->setObjectName(u"liveSpan"_s);
    m_span->setAccessibleName(tr("Time shown"));
    m_span->setToolTip(tr("Time shown; Ctrl+wheel in a chart zooms, Shift+wheel or dragging the "
                          "chart scrolls back, End goes back to now, Ctrl+End to the last "
                          "activity; Shift+drag marks a range"));
    for (const qint64 spanUs : TimePanel::spans())
        m_span->addItem(spanText(spanUs), spanUs);
    m_span->addItem(tr("All"), AllTime);
    m_span->setCurrentIndex(m_span->findData(LiveView{}.spanUs));
    connect(m_span, &QComboBox::activated, this, [this](int index) {
        if (m_span->itemData(index).toLongLong() == AllTime) {
            showAll();
            return;
        }
        LiveView view = m_view;
        view.spanUs = m_span->itemData(index).toLongLong();
        requestView(view);
    });
    layout->addWidget(m_span);
    return title;
}

/** A warning that is not there most of the time. */
QLabel *LiveDock::addChip(QWidget *title, const QString &name, const QString &toolTip)
{
    auto *chip = new QLabel(title);
    chip->setObjectName(name);
    chip->setToolTip(toolTip);
    tintText(chip, Theme::of(palette()).warning);
    chip->hide();
    title->layout()->addWidget(chip);
    return chip;
}

QToolButton *LiveDock::addToggle(QWidget *title, const QString &text, const QString &name)
{
    auto *button = new QToolButton(title);
    button->setObjectName(name);
    button->setText(text);
    button->setCheckable(true);
    button->setAutoRaise(true);
    title->layout()->addWidget(button);
    return button;
}

QWidget *LiveDock::buildHeader()
{
    auto *header = new QWidget(this);
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_tiles = new LiveTiles(header);
    layout->addWidget(m_tiles);
    layout->addStretch(1);
    m_pauseView = new QPushButton(tr("Pause view"), header);
    m_pauseView->setObjectName(u"pauseView"_s);
    m_pauseView->setCheckable(true);
    m_pauseView->setToolTip(tr("Freeze the picture; requests go on (Space in the chart)"));
    m_pauseDispatch = new QPushButton(tr("Pause dispatch"), header);
    m_pauseDispatch->setObjectName(u"pauseDispatch"_s);
    m_pauseDispatch->setCheckable(true);
    m_pauseDispatch->setToolTip(tr("Start no further request; those in flight finish"));
    m_stop = new QPushButton(tr("Stop"), header);
    m_stop->setObjectName(u"stopRun"_s);
    m_stop->setToolTip(tr("Stop the run"));
    m_stop->setEnabled(false);
    for (QPushButton *button : {m_pauseView, m_pauseDispatch, m_stop})
        layout->addWidget(button);
    connect(m_pauseView, &QPushButton::toggled, this, &LiveDock::setViewPaused);
    connect(m_pauseDispatch, &QPushButton::clicked, this, [this](bool paused) {
        setDispatchPaused(paused);
        emit pauseDispatchToggled(paused);
    });
    connect(m_stop, &QPushButton::clicked, this, &LiveDock::stopRequested);
    return header;
}

QWidget *LiveDock::buildPanels()
{
    auto *panels = new QWidget(this);
    auto *layout = new QHBoxLayout(panels);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(24);
    m_panels = new LivePanels(panels);
    connectPanels();
    m_table = new LiveTable(panels);
    m_tableModel = new LiveTableModel(this);
    m_table->setModel(m_tableModel);
    m_heatmapTable = new LiveTable(panels);
    m_heatmapTable->setObjectName(u"heatmapTable"_s);
    m_heatmapTable->setAccessibleName(tr("The latency heatmap as a table"));
    m_heatmapTable->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_heatmapModel = new LatencyCellsModel(this);
    m_heatmapTable->setModel(m_heatmapModel);
    m_chartPages = new QStackedWidget(panels);
    m_chartPages->addWidget(m_panels);
    for (LiveTable *table : {m_table, m_heatmapTable}) {
        connect(table, &LiveTable::closeRequested, this, [this] { setTableShown(false); });
        m_chartPages->addWidget(table);
    }
    layout->addWidget(m_chartPages, 1);
    layout->addWidget(buildSide());
    return panels;
}

QWidget *LiveDock::buildSide()
{
    auto *side = new QWidget(this);
    m_side = side;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_hosts = new HostLanes(side);
    m_epochs = new EpochTable(side);
    connect(m_epochs, &EpochTable::rangeRequested, this, [this](qint64 beginUs, qint64 endUs) {
        if (endUs > beginUs)
            m_panels->crosshair()->setRange(TimeRange{beginUs, endUs});
    });
    m_events = new EventTable(side);
    connect(m_events, &EventTable::timeRequested, this, &LiveDock::centreOn);
    m_sideTabs = new QTabWidget(side);
    m_sideTabs->setDocumentMode(true);
    m_sideTabs->setAccessibleName(tr("Hosts, limits and events"));
    m_sideTabs->addTab(m_hosts, tr("Hosts"));
    m_sideTabs->addTab(m_epochs, tr("Limits tried"));
    m_sideTabs->addTab(m_events, tr("Events"));
    m_sideTabs->setTabVisible(m_sideTabs->indexOf(m_hosts), false);
    connect(m_sideTabs, &QTabWidget::currentChanged, this, [this] { m_tabWasChosen = true; });
    layout->addWidget(m_sideTabs, 1);
    layout->addWidget(new LiveLegend(side));
    return side;
}

void LiveDock::resizeEvent(QResizeEvent *event)
{
    QDockWidget::resizeEvent(event);
    m_side->setFixedWidth(width() >= WideDock ? WideSideWidth : SideWidth);
}

void LiveDock::connectPanels()
{
    connect(m_panels, &LivePanels::pauseViewToggled, this,
            [this] { setViewPaused(!m_viewPaused); });
    connect(m_panels, &LivePanels::viewRequested, this, &LiveDock::requestView);
    connect(m_panels, &LivePanels::leaveRequested, this, &LiveDock::leaveCharts);
    connect(qApp, &QApplication::focusChanged, this, &LiveDock::rememberFocus);
    connect(m_panels, &LivePanels::tableRequested, this, [this] { setTableShown(true); });
    connect(m_panels, &LivePanels::noteRequested, this, &LiveDock::askForNote);
    connect(m_panels, &LivePanels::requestActivated, this, &LiveDock::requestActivated);
    connect(m_panels, &LivePanels::heatmapWanted, this, &LiveDock::requestHeatmap);
    connect(m_panels, &LivePanels::heatmapShown, this,
            [this](bool shown) { m_hostsOverTime->setChecked(shown); });
    connect(m_panels, &LivePanels::hostSelected, this, &LiveDock::selectHost);
    connect(m_panels->crosshair(), &LiveCrosshair::rangeChanged, this, &LiveDock::requestRange);
    connect(m_panels, &LivePanels::zoomRequested, this, [this] {
        LiveView view = m_view;
        view.spanUs = view.rangeEndUs - view.rangeBeginUs;
        view.endUs = view.rangeEndUs;
        requestView(view);
    });
}

void LiveDock::connectLimits()
{
    ConcurrencyChart *chart = m_panels->concurrency();
    chart->setLimits(m_limits->limits());
    connect(m_limits, &LimitsModel::changed, chart, &ConcurrencyChart::setLimits);
    connect(chart, &ConcurrencyChart::totalLimitChosen, this,
            [this](int limit) { m_limits->edit(withTotal(m_limits->limits(), limit)); });
    const auto editHost = [this](const QString &endpoint, int limit) {
        m_limits->edit(withEndpointLimit(m_limits->limits(), endpoint, limit));
    };
    connect(chart, &ConcurrencyChart::hostLimitChosen, this, editHost);
    connect(m_hosts, &HostLanes::hostLimitChosen, this, editHost);
    connect(m_hosts, &HostLanes::hostSelected, this, &LiveDock::selectHost);
    connect(m_hosts, &HostLanes::holdEndRequested, this, &LiveDock::holdEndRequested);
}

} // namespace Sluice
