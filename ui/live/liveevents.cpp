// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/liveevents.h"

#include "ui/live/limitsediting.h"
#include "ui/live/livetext.h"

#include <QCoreApplication>

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveEvents", text);
}

QString markText(const LiveMark &mark)
{
    const QString host = mark.endpoint.isEmpty() ? tr("all hosts") : endpointLabel(mark.endpoint);
    switch (mark.kind) {
    case LiveMark::Kind::Paused:
        return tr("Dispatch paused");
    case LiveMark::Kind::Resumed:
        return tr("Dispatch goes on");
    case LiveMark::Kind::HoldBegan:
        return tr("%1 on hold").arg(host);
    case LiveMark::Kind::HoldEnded:
        return tr("%1 no longer on hold").arg(host);
    case LiveMark::Kind::FirstLimited:
        return tr("First 429 from %1").arg(host);
    default: // A note says itself.
        return {};
    }
}

} // namespace

QStringList liveEvents(const LiveSnapshot *before, const LiveSnapshot &now)
{
    QStringList texts;
    if (before && !before->epochs.empty() && !now.epochs.empty()
        && before->epochs.back().number != now.epochs.back().number)
        texts << limitsChangeText(before->epochs.back().limits, now.epochs.back().limits);
    const qint64 knownUs = before ? before->atUs : -1;
    for (const LiveMark &mark : now.marks) {
        if (mark.atUs > knownUs)
            texts << markText(mark);
    }
    texts.removeAll(QString());
    return texts;
}

} // namespace Sluice
