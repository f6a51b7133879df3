// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livedock.h"

#include "ui/live/livepanels.h"
#include "ui/live/timepanel.h"

#include <QApplication>
#include <QComboBox>
#include <QMainWindow>
#include <QPushButton>

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
