// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livedock.h"

#include "ui/live/concurrencychart.h"
#include "ui/live/hostlanes.h"
#include "ui/live/latencycellsmodel.h"
#include "ui/live/latencychart.h"
#include "ui/live/livepanels.h"
#include "ui/live/livetable.h"
#include "ui/live/livetablemodel.h"
#include "ui/live/timepanel.h"

#include <QApplication>
#include <QComboBox>
#include <QMainWindow>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>

namespace Sluice {

/** The marked range goes with every view that is asked for; a paused one stays so. */
void LiveDock::requestRange()
{
    const std::optional<TimeRange> &range = m_panels->crosshair()->range();
    m_view.rangeBeginUs = range ? range->beginUs : 0;
    m_view.rangeEndUs = range ? range->endUs : 0;
    emit viewRequested(m_view);
}

void LiveDock::requestHeatmap(bool wanted)
{
    if (wanted == m_view.wantsHeatmap)
        return;
    m_view.wantsHeatmap = wanted;
    emit viewRequested(m_view);
}

/**
 * One host has nothing to be compared with; its room is for the other tabs. With the second one
 * the lanes come to the front, unless a person has chosen another tab.
 */
/** One host alone is what the charts show; but a hold is told, and ended, in its row. */
void LiveDock::showHostLanes(const std::vector<LiveHost> &hosts)
{
    const bool isWanted = hosts.size() > 1 || std::ranges::any_of(hosts, [](const LiveHost &host) {
                              return host.admission.holdUntilUs > 0;
                          });
    const int tab = m_sideTabs->indexOf(m_hosts);
    const bool isShown = m_sideTabs->isTabVisible(tab);
    const bool hasKeyboard = m_hosts->isAncestorOf(QApplication::focusWidget());
    if (isWanted == isShown || hosts.empty() || hasKeyboard)
        return;
    const bool wasChosen = m_tabWasChosen;
    m_sideTabs->setTabVisible(tab, isWanted);
    if (isWanted && !wasChosen)
        m_sideTabs->setCurrentIndex(tab);
    m_tabWasChosen = wasChosen;
}

/** Shows \a atUs in the middle, or as near to it as there is time after it. */
void LiveDock::centreOn(qint64 atUs)
{
    LiveView view = m_view;
    view.endUs = atUs + view.spanUs / 2;
    if (m_newest && view.endUs >= m_newest->atUs)
        view.endUs = -1;
    requestView(view);
}

void LiveDock::setTableShown(bool shown)
{
    m_tableButton->setChecked(shown);
    if (shown == (m_chartPages->currentWidget() != m_panels))
        return;
    const bool hadFocus = m_chartPages->isAncestorOf(QApplication::focusWidget());
    LatencyChart *latency = m_panels->latency();
    const bool wasHeatmap = m_chartPages->currentWidget() == m_heatmapTable;
    const bool isHeatmap = shown && latency->isHeatmap() && latency->hasFocus();
    LiveTable *table = isHeatmap ? m_heatmapTable : m_table;
    m_chartPages->setCurrentWidget(shown ? static_cast<QWidget *>(table) : m_panels);
    fillTable();
    if (shown)
        table->scrollToBottom();
    if (!hadFocus)
        return;
    TimePanel *chart = m_panels->concurrency();
    if (wasHeatmap)
        chart = latency;
    (shown ? static_cast<QWidget *>(table) : chart)->setFocus();
}

bool LiveDock::isTableShown() const
{
    return m_tableButton->isChecked();
}

void LiveDock::fillTable()
{
    const QWidget *page = m_chartPages->currentWidget();
    m_tableModel->setSnapshot(page == m_table ? m_shown : nullptr);
    m_heatmapModel->setSnapshot(page == m_heatmapTable ? m_shown : nullptr,
                                m_panels->latency()->withQueue());
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
    view.wantsHeatmap = m_view.wantsHeatmap;
    m_view = view;
    m_showsAll = false;
    m_span->setCurrentIndex(m_span->findData(view.spanUs));
    setViewPaused(false);
    showStatus();
    emit viewRequested(view);
}

void LiveDock::showTime(qint64 beginUs, qint64 endUs)
{
    LiveView view = m_view;
    view.spanUs = std::max<qint64>(1'000'000, endUs - beginUs);
    view.endUs = endUs;
    requestView(view);
}

/** From the beginning to now; the span grows with it. */
void LiveDock::showAll()
{
    const std::vector<qint64> &spans = TimePanel::spans();
    const qint64 soFarUs = m_newest ? m_newest->atUs - m_newest->startedUs : 0;
    const auto enough = std::ranges::lower_bound(spans, soFarUs);
    LiveView view;
    view.spanUs = enough == spans.end() ? spans.back() : *enough;
    requestView(view);
    m_showsAll = true;
    m_span->setCurrentIndex(m_span->findData(AllTime));
}

void LiveDock::rememberFocus(QWidget *old, QWidget *now)
{
    const bool entered = now && isAncestorOf(now);
    if (entered && old && !isAncestorOf(old) && old->window() == window())
        m_cameFrom = old;
}

/** Back to where the keyboard came from, else to what the window is about. */
void LiveDock::leaveCharts()
{
    const auto *main = qobject_cast<QMainWindow *>(window());
    QWidget *to = m_cameFrom && m_cameFrom->isVisible() ? m_cameFrom.data()
                  : main                                ? main->centralWidget()
                                                        : nullptr;
    if (to && to->focusPolicy() != Qt::NoFocus)
        to->setFocus(Qt::OtherFocusReason);
    else if (QWidget *focus = QApplication::focusWidget())
        focus->clearFocus();
}

void LiveDock::setViewPaused(bool paused)
{
    if (paused == m_viewPaused)
        return;
    m_viewPaused = paused;
    m_pauseView->setChecked(paused);
    m_pauseView->setText(paused ? tr("Resume view") : tr("Pause view"));
    if (!paused && m_newest) {
        showRest();
    }
    showStatus();
}

} // namespace Sluice
