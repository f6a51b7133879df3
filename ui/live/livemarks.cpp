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

QString markText(const LiveMark &mark)
{
    const QString host = endpointLabel(mark.endpoint);
    switch (mark.kind) {
    case LiveMark::Kind::Paused:
        return tr("paused");
    case LiveMark::Kind::Resumed:
        return tr("resumed");
    case LiveMark::Kind::HoldBegan:
        return tr("%1 on hold").arg(host);
    case LiveMark::Kind::HoldEnded:
        return tr("%1 goes on").arg(host);
    case LiveMark::Kind::FirstLimited:
        return tr("first 429");
    case LiveMark::Kind::Limited:
        return tr("429 from %1").arg(host);
    case LiveMark::Kind::Note:
        return mark.text;
    }
    return {};
}

} // namespace

std::vector<ChartMark> chartMarks(const LiveSnapshot &snapshot)
{
    std::vector<ChartMark> marks;
    for (std::size_t i = 1; i < snapshot.epochs.size(); ++i) {
        const LiveEpoch &epoch = snapshot.epochs[i];
        marks.push_back(
            {epoch.beginUs, limitsMarkText(snapshot.epochs[i - 1].limits, epoch.limits), false});
    }
    for (const LiveMark &mark : snapshot.marks)
        marks.push_back({mark.atUs, markText(mark), mark.kind == LiveMark::Kind::Note});
    std::ranges::stable_sort(marks, {}, &ChartMark::atUs);
    return marks;
}

} // namespace Sluice
