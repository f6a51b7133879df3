// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livedock.h"

#include "core/metrics/percentiletrust.h"
#include "ui/live/epochtable.h"
#include "ui/live/eventtable.h"
#include "ui/live/hostlanes.h"
#include "ui/live/lagmeter.h"
#include "ui/live/liveevents.h"
#include "ui/live/livepanels.h"
#include "ui/live/livetext.h"
#include "ui/live/livetiles.h"
#include "ui/live/timepanel.h"
#include "ui/widgets/announcer.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sluice {

namespace {
/** Five in a hundred requests stall for longer: worth telling. */
constexpr qint64 StalledUs = 20'000;
constexpr qint64 TextsUs = 500'000;    ///< Between two texts that are to be read,
constexpr qint64 TablesUs = 250'000;   ///< and two tables.
constexpr qint64 MotionUs = 1'000'000; ///< Between two pictures, where motion is not wanted.

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
    if (stalled.size() < EnoughForPercentiles)
        return 0;
    const auto at = stalled.begin() + qint64(stalled.size() * 95 / 100);
    std::nth_element(stalled.begin(), at, stalled.end());
    return *at;
}

QString finishedText(const RunProgress &progress)
{
    const QString done = countText(qint64(progress.done));
    QString text = !progress.stopped      ? LiveDock::tr("Finished, %1 requests").arg(done)
                   : progress.planned > 0 ? LiveDock::tr("Stopped after %1 of %2 requests")
                                                .arg(done, countText(qint64(progress.planned)))
                                          : LiveDock::tr("Stopped after %1 requests").arg(done);
    if (progress.failed > 0)
        text = LiveDock::tr("%1, %2 failed").arg(text, countText(qint64(progress.failed)));
    if (progress.elapsedUs > 0)
        text = LiveDock::tr("%1, in %2").arg(text, shownDuration(progress.elapsedUs));
    return LiveDock::tr("%1 \u00B7 run: %2").arg(text, progress.name);
}

} // namespace

void LiveDock::showStalled()
{
    const qint64 stalledUs = stalledOf(*m_shownTexts);
    m_stalledChip->setVisible(stalledUs >= StalledUs);
    if (stalledUs >= StalledUs)
        m_stalledChip->setText(tr("Stalled in Qt %1").arg(shownDuration(stalledUs)));
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
    if (!m_viewPaused && (!m_reducedMotion || isDue(m_chartsUs, MotionUs)))
        showCharts();
    if (m_isFinishing)
        showFinalState();
    else if (isDue(m_textsUs, m_reducedMotion ? MotionUs : TextsUs))
        showTexts();
    if (isDue(m_tablesUs, m_reducedMotion ? MotionUs : TablesUs))
        showTables();
    waitForRest();
    if (m_showsAll && !m_viewPaused && m_newest->atUs - m_newest->startedUs > m_view.spanUs
        && m_view.spanUs < TimePanel::spans().back())
        showAll();
}

/** By the time of what is shown: however fast snapshots come, the eye gets no more than that. */
bool LiveDock::isDue(qint64 shownUs, qint64 everyUs) const
{
    return shownUs < 0 || m_newest->atUs - shownUs >= everyUs || m_newest->atUs < shownUs;
}

void LiveDock::showCharts()
{
    m_shown = m_newest;
    m_chartsUs = m_shown->atUs;
    m_panels->setSnapshot(m_shown);
}

void LiveDock::showTexts()
{
    const LiveSnapshotPtr &wanted = m_viewPaused ? m_shown : m_newest;
    if (wanted && wanted != m_shownTexts) {
        m_shownTexts = wanted;
        m_textsUs = wanted->atUs;
        m_tiles->showSnapshot(*wanted);
        m_tiles->showProgress(m_progress);
        showStalled();
    }
    if (m_viewPaused || m_view.endUs >= 0)
        showStatus();
}

void LiveDock::showTables()
{
    const LiveSnapshotPtr &wanted = m_viewPaused ? m_shown : m_newest;
    if (!wanted || wanted == m_shownTables)
        return;
    m_shownTables = wanted;
    m_tablesUs = wanted->atUs;
    m_hosts->showSnapshot(*wanted);
    m_epochs->setSnapshot(wanted);
    m_events->showSnapshot(*wanted);
    showHostLanes(wanted->hosts);
    if (isTableShown())
        fillTable();
}

/** What came last is shown, though nothing comes after it. */
void LiveDock::waitForRest()
{
    const LiveSnapshotPtr &wanted = m_viewPaused ? m_shown : m_newest;
    const bool isAll = wanted == m_shownTexts && wanted == m_shownTables && wanted == m_shown;
    if (isAll)
        m_restTimer.stop();
    else // Anew each time: while more comes, that decides.
        m_restTimer.start(m_reducedMotion ? 1000ms : 500ms);
}

void LiveDock::showRest()
{
    if (m_newest && !m_viewPaused && m_newest != m_shown)
        showCharts();
    showTexts();
    showTables();
}

void LiveDock::showProgress(const RunProgress &progress)
{
    const bool hasEnded = m_progress.running && !progress.running;
    if (hasEnded)
        announce(finishedText(progress));
    const bool isOther = m_progress.name != progress.name || m_progress.running != progress.running;
    m_progress = progress;
    m_stop->setEnabled(progress.running);
    if (isOther)
        m_tiles->showProgress(progress);
    m_isFinishing = hasEnded || (m_isFinishing && !progress.running);
    if (m_isFinishing)
        showFinalState();
    showStatus();
}

void LiveDock::showStatus()
{
    QStringList parts;
    if (m_progress.running) {
        QString run = tr("run: %1").arg(m_progress.name);
        if (m_progress.planned > 0)
            run += tr(", %1 %").arg(m_progress.done * 100 / m_progress.planned);
        parts << run;
        if (m_progress.elapsedUs > 0)
            parts << tr("%1 so far").arg(spanText(m_progress.elapsedUs));
        if (m_progress.leftUs >= 0)
            parts << tr("%1 left").arg(spanText(m_progress.leftUs));
    } else if (!m_progress.name.isEmpty()) {
        parts << finishedText(m_progress);
    }
    if (m_viewPaused && m_newest && m_shown)
        parts << tr("view paused, live is %1 ahead, End resumes")
                     .arg(spanText(m_newest->atUs - m_shown->atUs));
    if (m_view.endUs >= 0 && m_newest)
        parts << tr("scrolled back %1, End for now").arg(spanText(m_newest->atUs - m_view.endUs));
    m_status->setText(parts.join(u" \u00B7 "_s));
    // Read out, but not written twice.
    m_announcer->setVisible(m_announcer->text() != m_status->text());
}

} // namespace Sluice
