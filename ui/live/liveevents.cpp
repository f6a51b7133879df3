// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/liveevents.h"

#include "ui/live/limitsediting.h"
#include "ui/live/livemarks.h"

#include <QCoreApplication>

#include <algorithm>

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveEvents", text);
}

QString epochSentence(const LiveEpoch &before, const LiveEpoch &now)
{
    const QString change = limitsChangeText(before.limits, now.limits);
    return now.origin == LimitsOrigin::Collection ? tr("Collection edited: %1").arg(change)
                                                  : change;
}

bool isAnnounced(const LiveMark &mark)
{
    // Who writes a note knows it; further replies 429 are seen where one looks for them.
    return mark.kind != LiveMark::Kind::Note && mark.kind != LiveMark::Kind::Limited;
}

} // namespace

QStringList liveEvents(const LiveSnapshot *before, const LiveSnapshot &now)
{
    QStringList texts;
    if (before && !before->epochs.empty() && !now.epochs.empty()
        && before->epochs.back().number != now.epochs.back().number)
        texts << epochSentence(before->epochs.back(), now.epochs.back());
    const qint64 knownUs = before ? before->atUs : -1;
    for (const LiveMark &mark : now.marks) {
        if (mark.atUs > knownUs && isAnnounced(mark))
            texts << markSentence(mark);
    }
    return texts;
}

std::vector<LiveEvent> eventList(const LiveSnapshot &snapshot)
{
    std::vector<LiveEvent> events;
    for (std::size_t i = 1; i < snapshot.epochs.size(); ++i) {
        QString text = epochSentence(snapshot.epochs[i - 1], snapshot.epochs[i]);
        text[0] = text[0].toUpper();
        events.push_back({snapshot.epochs[i].beginUs, text});
    }
    for (const LiveMark &mark : snapshot.marks)
        events.push_back({mark.atUs, markSentence(mark)});
    std::ranges::stable_sort(events, std::ranges::greater(), &LiveEvent::atUs);
    return events;
}

} // namespace Sluice
