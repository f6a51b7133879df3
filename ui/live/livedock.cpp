// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livedock.h"

#include "core/metrics/loghistogram.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/epochtable.h"
#include "ui/live/hostlanes.h"
#include "ui/live/lagmeter.h"
#include "ui/live/limithandle.h"
#include "ui/live/limitsediting.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/liveaccessible.h"
#include "ui/live/liveempty.h"
#include "ui/live/liveevents.h"
#include "ui/live/livelegend.h"
#include "ui/live/livepanels.h"
#include "ui/live/livetable.h"
#include "ui/live/livetablemodel.h"
#include "ui/live/livetext.h"
#include "ui/live/livetile.h"
#include "ui/theme/theme.h"
#include "ui/widgets/announcer.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sluice {

namespace {
constexpr int SideWidth = 500; ///< Room for a host's bar, numbers and remark.
/** Five in a hundred requests stall for longer: worth telling. */
constexpr qint64 StalledUs = 20'000;
constexpr int HeaderHeight = 100; ///< Of title and tiles.

/** What 95 % of the newest requests of the last ten seconds were held back for at most. */
qint64 stalledOf(const LiveSnapshot &snapshot)
{
    constexpr std::size_t Newest = 500;
    constexpr qint64 LastUs = 10'000'000;
    std::vector<qint64> stalled;
    const LiveFlights &flights = snapshot.flights;
    for (std::size_t i = flights.size(); i-- > 0 && stalled.size() < Newest;) {
        const PhaseTimings &timings = flights.at(i).sample.timings;
        if (timings.finishedUs < snapshot.atUs - LastUs)
            break;
        stalled.push_back(timings.stalledUs());
    }
    if (stalled.size() < LogHistogram::EnoughValues)
        return 0;
    const auto at = stalled.begin() + qint64(stalled.size() * 95 / 100);
    std::nth_element(stalled.begin(), at, stalled.end());
    return *at;
}

QString finishedText(const RunProgress &progress)
{
    return LiveDock::tr("%1 finished, %2 requests, %3 failed")
        .arg(progress.name, countText(qint64(progress.done)), countText(qint64(progress.failed)));
}
} // namespace

LiveDock::LiveDock(LimitsModel *limits, QWidget *parent)
    : QDockWidget(tr("Live"), parent), m_limits(limits)
{
    setObjectName(u"liveDock"_s);
    installLiveAccessibility();
    auto *live = new QWidget(this);
    auto *layout = new QVBoxLayout(live);
    layout->setContentsMargins(14, 4, 14, 8);
    layout->setSpacing(8);
    layout->addWidget(buildHeader());
    layout->addWidget(buildPanels(), 1);
    m_pages = new QStackedWidget(this);
    m_empty = new LiveEmpty(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(live);
    setWidget(m_pages);
    setTitleBarWidget(buildTitle());
    m_textTimer.setSingleShot(true);
    m_textTimer.setInterval(500ms);
    connect(&m_textTimer, &QTimer::timeout, this, &LiveDock::showTexts);
    connectLimits();
    colourStop();
    showStatus();
}

void LiveDock::changeEvent(QEvent *event)
{
    QDockWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colourStop();
}

void LiveDock::colourStop()
{
    QPalette colours = palette();
    const Theme &theme = Theme::of(colours);
    colours.setColor(QPalette::Active, QPalette::ButtonText, theme.bad);
    colours.setColor(QPalette::Inactive, QPalette::ButtonText, theme.bad);
    m_stop->setPalette(colours);
    for (QLabel *chip : {m_lagChip, m_stalledChip})
        tintText(chip, theme.warning);
}

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
    m_status = new QLabel(title);
    m_status->setObjectName(u"liveStatus"_s);
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_status, 1);
    m_announcer = new Announcer(m_clock, title);
    m_announcer->setObjectName(u"liveEvent"_s);
    layout->addWidget(m_announcer);
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
                          "chart scrolls back, End goes back to now; Shift+drag marks a range"));
    for (const qint64 spanUs : TimePanel::spans())
        m_span->addItem(spanText(spanUs), spanUs);
    m_span->setCurrentIndex(m_span->findData(LiveView{}.spanUs));
    connect(m_span, &QComboBox::activated, this, [this](int index) {
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
    connect(m_table, &LiveTable::closeRequested, this, [this] { setTableShown(false); });
    m_chartPages = new QStackedWidget(panels);
    m_chartPages->addWidget(m_panels);
    m_chartPages->addWidget(m_table);
    layout->addWidget(m_chartPages, 1);
    layout->addWidget(buildSide());
    return panels;
}

QWidget *LiveDock::buildSide()
{
    auto *side = new QWidget(this);
    side->setFixedWidth(SideWidth);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_hosts = new HostLanes(side);
    m_epochs = new EpochTable(side);
    connect(m_epochs, &EpochTable::rangeRequested, this, [this](qint64 beginUs, qint64 endUs) {
        if (endUs > beginUs)
            m_panels->crosshair()->setRange(TimeRange{beginUs, endUs});
    });
    auto *tabs = new QTabWidget(side);
    tabs->setDocumentMode(true);
    tabs->setAccessibleName(tr("Hosts and limits"));
    tabs->addTab(m_hosts, tr("Hosts"));
    tabs->addTab(m_epochs, tr("Limits tried"));
    layout->addWidget(tabs, 1);
    layout->addWidget(new LiveLegend(side));
    return side;
}

void LiveDock::connectPanels()
{
    connect(m_panels, &LivePanels::pauseViewToggled, this,
            [this] { setViewPaused(!m_viewPaused); });
    connect(m_panels, &LivePanels::viewRequested, this, &LiveDock::requestView);
    connect(m_panels, &LivePanels::tableRequested, this, [this] { setTableShown(true); });
    connect(m_panels, &LivePanels::noteRequested, this, &LiveDock::askForNote);
    connect(m_panels, &LivePanels::requestActivated, this, &LiveDock::requestActivated);
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

void LiveDock::setMoreCharts(bool shown)
{
    m_more->setChecked(shown);
    m_panels->setMoreCharts(shown);
    fitHeight();
}

void LiveDock::setWaterfallShown(bool shown)
{
    m_requests->setChecked(shown);
    m_panels->setWaterfallShown(shown);
    fitHeight();
}

void LiveDock::setHostsOverTimeShown(bool shown)
{
    m_hostsOverTime->setChecked(shown);
    m_panels->setHeatmapShown(shown);
    fitHeight();
}

void LiveDock::setTableShown(bool shown)
{
    m_tableButton->setChecked(shown);
    if (shown == (m_chartPages->currentWidget() == m_table))
        return;
    const bool hadFocus = m_chartPages->isAncestorOf(QApplication::focusWidget());
    m_chartPages->setCurrentIndex(shown ? 1 : 0);
    m_tableModel->setSnapshot(shown ? m_shown : nullptr);
    if (shown)
        m_table->scrollToBottom();
    if (hadFocus)
        (shown ? static_cast<QWidget *>(m_table) : m_panels->concurrency())->setFocus();
}

void LiveDock::fitHeight()
{
    auto *window = qobject_cast<QMainWindow *>(parentWidget());
    if (!window || isFloating())
        return;
    const int wanted = HeaderHeight + m_panels->wantedHeight();
    window->resizeDocks({this}, {std::min(wanted, window->height() * 2 / 3)}, Qt::Vertical);
}

void LiveDock::askForNote(qint64 atUs)
{
    const qint64 nowUs = m_shown ? m_shown->atUs : -1;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add note"));
    dialog->setLabelText(atUs < 0 ? tr("Note for now:")
                                  : tr("Note for %1 ago:").arg(shownDuration(nowUs - atUs)));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, atUs](const QString &text) {
        if (!text.trimmed().isEmpty())
            emit noteAdded(atUs, text.trimmed());
    });
    dialog->open();
}

/** The marked range goes with every view that is asked for; a paused one stays so. */
void LiveDock::requestRange()
{
    const std::optional<TimeRange> &range = m_panels->crosshair()->range();
    m_view.rangeBeginUs = range ? range->beginUs : 0;
    m_view.rangeEndUs = range ? range->endUs : 0;
    emit viewRequested(m_view);
}

void LiveDock::showStalled()
{
    const qint64 stalledUs = stalledOf(*m_shownTexts);
    m_stalledChip->setVisible(stalledUs >= StalledUs);
    if (stalledUs >= StalledUs)
        m_stalledChip->setText(tr("stalled %1").arg(shownDuration(stalledUs)));
}

void LiveDock::showLag(qint64 lagUs)
{
    m_lagChip->setVisible(lagUs > 0);
    m_lagChip->setText(tr("UI lag %1").arg(shownDuration(lagUs)));
}

/**
 * Now means going on with the view, too; but zooming while it is paused looks closer at what is
 * shown.
 */
void LiveDock::requestView(LiveView view)
{
    if (m_viewPaused && m_shown && view.endUs < 0 && view.spanUs != m_view.spanUs)
        view.endUs = m_shown->atUs;
    view.rangeBeginUs = m_view.rangeBeginUs;
    view.rangeEndUs = m_view.rangeEndUs;
    m_view = view;
    m_span->setCurrentIndex(m_span->findData(view.spanUs));
    setViewPaused(false);
    showStatus();
    emit viewRequested(view);
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
}

QWidget *LiveDock::totalLimitHandle() const
{
    return m_panels->concurrency()->totalHandle();
}

void LiveDock::addEmptyAction(QAction *action)
{
    m_empty->addAction(action);
}

void LiveDock::selectHost(const QString &endpoint)
{
    m_hosts->setSelectedHost(endpoint);
    m_panels->setSelectedHost(endpoint);
}

void LiveDock::showSnapshot(LiveSnapshotPtr snapshot)
{
    if (!snapshot)
        return;
    for (const QString &event : liveEvents(m_newest.get(), *snapshot))
        announce(event);
    m_newest = std::move(snapshot);
    // Loading a collection's limits is an event too; only requests give the chart something to
    // show.
    if (m_newest->done > 0 || m_newest->admission.inFlight > 0 || m_newest->admission.queued > 0)
        m_pages->setCurrentIndex(1);
    setDispatchPaused(m_newest->admission.paused);
    m_lag->wake();
    m_panels->setRangeFigures(m_newest);
    const bool mayMove = !m_reducedMotion || !m_textTimer.isActive();
    if (!m_viewPaused && mayMove)
        showCharts();
    if (!m_textTimer.isActive())
        showTexts();
}

void LiveDock::announce(const QString &text)
{
    m_announcer->announce(text);
}

void LiveDock::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    m_textTimer.setInterval(reduced ? 1000ms : 500ms);
}

void LiveDock::showCharts()
{
    m_shown = m_newest;
    m_panels->setSnapshot(m_shown);
}

/** At once after a rest, then at most twice a second; the last state is always shown. */
void LiveDock::showTexts()
{
    if (m_reducedMotion && !m_viewPaused && m_newest != m_shown)
        showCharts();
    const LiveSnapshotPtr &wanted = m_viewPaused ? m_shown : m_newest;
    if (wanted && wanted != m_shownTexts) {
        m_shownTexts = wanted;
        m_tiles->showSnapshot(*wanted);
        m_hosts->showSnapshot(*wanted);
        m_epochs->setSnapshot(wanted);
        showStalled();
        if (m_tableButton->isChecked())
            m_tableModel->setSnapshot(m_shown);
        m_textTimer.start();
    }
    if (m_viewPaused || m_view.endUs >= 0)
        showStatus();
}

void LiveDock::showProgress(const RunProgress &progress)
{
    if (m_progress.running && !progress.running)
        announce(finishedText(progress));
    m_progress = progress;
    m_stop->setEnabled(progress.running);
    showStatus();
}

void LiveDock::togglePauseDispatch()
{
    m_pauseDispatch->click();
}

void LiveDock::setDispatchPaused(bool paused)
{
    m_pauseDispatch->setChecked(paused);
    m_pauseDispatch->setText(paused ? tr("Resume dispatch") : tr("Pause dispatch"));
}

void LiveDock::setViewPaused(bool paused)
{
    if (paused == m_viewPaused)
        return;
    m_viewPaused = paused;
    m_pauseView->setChecked(paused);
    m_pauseView->setText(paused ? tr("Resume view") : tr("Pause view"));
    if (!paused && m_newest) {
        showCharts();
        showTexts();
    }
    showStatus();
}

void LiveDock::showStatus()
{
    QStringList parts;
    if (!m_progress.name.isEmpty()) {
        QString run = tr("run: %1").arg(m_progress.name);
        if (!m_progress.running)
            run = finishedText(m_progress);
        else if (m_progress.planned > 0)
            run += tr(", %1 %").arg(m_progress.done * 100 / m_progress.planned);
        parts << run;
        if (m_progress.running && m_progress.leftUs >= 0)
            parts << tr("%1 left").arg(spanText(m_progress.leftUs));
    }
    if (m_viewPaused && m_newest && m_shown)
        parts << tr("view paused, live is %1 ahead, End resumes")
                     .arg(spanText(m_newest->atUs - m_shown->atUs));
    if (m_view.endUs >= 0 && m_newest)
        parts << tr("scrolled back %1, End for now").arg(spanText(m_newest->atUs - m_view.endUs));
    m_status->setText(parts.join(u" \u00B7 "_s));
}

} // namespace Sluice
