// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livemarks.h"

#include "ui/live/limitsediting.h"
#include "ui/live/livetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveMarks", text);
}

/** "5 s"; empty when there is no end. */
QString holdText(const LiveMark &mark)
{
    return mark.untilUs > mark.atUs ? shownDuration(mark.untilUs - mark.atUs) : QString();
}

QString causeText(const LiveMark &mark)
{
    return mark.error == ErrorCode::HostNotFound ? tr("no such host") : tr("connection refused");
}

} // namespace

QString markText(const LiveMark &mark)
{
    const QString host = endpointLabel(mark.endpoint);
    const QString hold = holdText(mark);
    switch (mark.kind) {
    case LiveMark::Kind::Paused:
        return tr("paused");
    case LiveMark::Kind::Resumed:
        return tr("resumed");
    case LiveMark::Kind::HoldBegan:
        return hold.isEmpty() ? tr("%1 on hold").arg(host)
                              : tr("Retry-After %1: %2").arg(hold, host);
    case LiveMark::Kind::HoldEnded:
        return tr("%1 goes on").arg(host);
    case LiveMark::Kind::FirstLimited:
        return tr("first 429");
    case LiveMark::Kind::Limited:
        return tr("429 from %1").arg(host);
    case LiveMark::Kind::HostDown:
        return tr("%1 down").arg(host);
    case LiveMark::Kind::HostUp:
        return tr("%1 answers again").arg(host);
    case LiveMark::Kind::Note:
        return mark.text;
    }
    return {};
}

QString markSentence(const LiveMark &mark)
{
    const QString host = mark.endpoint.isEmpty() ? tr("all hosts") : endpointLabel(mark.endpoint);
    const QString hold = holdText(mark);
    switch (mark.kind) {
    case LiveMark::Kind::Paused:
        return tr("Dispatch paused");
    case LiveMark::Kind::Resumed:
        return tr("Dispatch goes on");
    case LiveMark::Kind::HoldBegan:
        return hold.isEmpty() ? tr("%1 on hold").arg(host)
                              : tr("%1 on hold for %2: Retry-After").arg(host, hold);
    case LiveMark::Kind::HoldEnded:
        return tr("%1 no longer on hold").arg(host);
    case LiveMark::Kind::FirstLimited:
        return tr("First 429 from %1").arg(host);
    case LiveMark::Kind::Limited:
        return tr("429 from %1 again").arg(host);
    case LiveMark::Kind::HostDown:
        return tr("%1 is down: %2").arg(host, causeText(mark));
    case LiveMark::Kind::HostUp:
        return tr("%1 answers again").arg(host);
    case LiveMark::Kind::Note:
        return tr("Note: %1").arg(mark.text);
    }
    return {};
}

std::vector<ChartMark> chartMarks(const LiveSnapshot &snapshot)
{
    std::vector<ChartMark> marks;
    for (std::size_t i = 1; i < snapshot.epochs.size(); ++i) {
        const LiveEpoch &epoch = snapshot.epochs[i];
        const QString change = limitsMarkText(snapshot.epochs[i - 1].limits, epoch.limits);
        const bool isEdit = epoch.origin == LimitsOrigin::Collection;
        marks.push_back({epoch.beginUs, isEdit ? tr("collection: %1").arg(change) : change, false});
    }
    for (const LiveMark &mark : snapshot.marks)
        marks.push_back({mark.atUs, markText(mark), mark.kind == LiveMark::Kind::Note});
    std::ranges::stable_sort(marks, {}, &ChartMark::atUs);
    return marks;
}

} // namespace Sluice
