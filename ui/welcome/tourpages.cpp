// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/limitsmodel.h"
#include "ui/live/livetext.h"
#include "ui/welcome/firstminute.h"

using namespace Qt::StringLiterals;

namespace Sluice {

void FirstMinute::updatePage()
{
    TourPage page;
    switch (m_step) {
    case Step::Off:
        break;
    case Step::Offer:
        page.title = tr("See what a limit does");
        page.text =
            tr("A demo server starts on this computer, in a process of its own. 40 requests "
               "at a time want to reach it, and you decide how many may. Nothing leaves "
               "this machine. It takes a minute.");
        page.action = tr("See it");
        page.canGoOn = true;
        break;
    case Step::Starting:
        page.title = tr("Starting the demo server\u2026");
        page.action = tr("See it");
        break;
    case Step::Queue:
        page = queuePage();
        break;
    case Step::Throughput:
        page = throughputPage();
        break;
    case Step::Latency:
        page = latencyPage();
        break;
    case Step::Search:
        page.number = 4;
        page.title = m_isSweeping ? tr("Measuring\u2026") : tr("Find it for me");
        page.text = tr("A sweep measures six limits one after another, and says from where more "
                       "at a time stops to help. It shows what it finds as it goes.");
        page.action = tr("Find the limit");
        page.canGoOn = !m_isSweeping;
        break;
    case Step::Verdict:
        page = verdictPage();
        break;
    }
    if (page == m_page)
        return;
    m_page = page;
    emit changed();
}

TourPage FirstMinute::queuePage()
{
    TourPage page;
    page.number = 1;
    page.action = tr("Next");
    page.title = tr("Requests begin to wait");
    page.text = tr("The server could work on eight at a time. The limit, the dashed line, lets two "
                   "through; the hatched area above it is what waits.");
    const std::optional<Figures> now = measured(Narrow, Narrow);
    if (!m_narrow && now && now->queued > Population / 2)
        m_narrow = now;
    if (!m_narrow)
        return page;
    page.canGoOn = true;
    page.title = tr("%1 waiting: your limit is the bottleneck").arg(countText(m_narrow->queued));
    page.facts = tr("limit %1: %2 done, p50 %3")
                     .arg(m_narrow->limit)
                     .arg(rateText(m_narrow->perSecond), shownDuration(m_narrow->p50Us));
    return page;
}

TourPage FirstMinute::throughputPage()
{
    constexpr int Lowest = Right - 2;
    constexpr int Highest = Right + 4;
    TourPage page;
    page.number = 2;
    if (!m_right)
        m_right = measured(Lowest, Highest);
    if (!m_right) {
        const int limit = m_limits->limits().total;
        const bool isThere = limit >= Lowest && limit <= Highest;
        page.title =
            isThere ? tr("Limit %1: measuring\u2026").arg(limit) : tr("Drag the limit up to 8");
        page.text = tr("Pull the handle at the end of the dashed line, or let the button do it. By "
                       "keyboard: Up and Down on the handle, Enter applies.");
        page.action = tr("Set it to 8");
        page.canGoOn = !isThere;
        return page;
    }
    page.canGoOn = true;
    page.action = tr("Next");
    page.title =
        tr("%1 instead of %2").arg(rateText(m_right->perSecond), rateText(m_narrow->perSecond));
    page.text = tr("More at a time, more done, and each is answered as fast as before. The others "
                   "wait less: the queue moves on.");
    page.facts = tr("limit %1: %2 done, p50 %3")
                     .arg(m_right->limit)
                     .arg(rateText(m_right->perSecond), shownDuration(m_right->p50Us));
    return page;
}

TourPage FirstMinute::latencyPage()
{
    constexpr int Lowest = 24;
    constexpr int Highest = Population;
    TourPage page;
    page.number = 3;
    if (!m_wide)
        m_wide = measured(Lowest, Highest);
    if (!m_wide) {
        const int limit = m_limits->limits().total;
        const bool isThere = limit >= Lowest && limit <= Highest;
        page.title = isThere ? tr("Limit %1: measuring\u2026").arg(limit) : tr("And now up to 32");
        page.text = tr("If 8 is better than 2, how good is 32?");
        page.action = tr("Set it to 32");
        page.canGoOn = !isThere;
        return page;
    }
    page.canGoOn = true;
    page.action = tr("Next");
    page.title = tr("More is not better: %1 instead of %2")
                     .arg(shownDuration(m_wide->p50Us), shownDuration(m_right->p50Us));
    page.text = tr("The server still works on eight at a time. The rest now waits inside it, where "
                   "you cannot see, order or cancel it.");
    page.facts = tr("limit %1: %2 done, p50 %3; limit %4: %5, %6")
                     .arg(m_right->limit)
                     .arg(rateText(m_right->perSecond), shownDuration(m_right->p50Us))
                     .arg(m_wide->limit)
                     .arg(rateText(m_wide->perSecond), shownDuration(m_wide->p50Us));
    return page;
}

TourPage FirstMinute::verdictPage() const
{
    TourPage page;
    page.number = 5;
    page.title = m_result->verdict.headline;
    page.text = m_result->verdict.details;
    page.action = tr("Now your API\u2026");
    page.extra = m_result->recommendation.limit ? tr("Copy as aiohttp") : QString();
    page.canGoOn = true;
    return page;
}

} // namespace Sluice
