// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livetiles.h"

#include "core/metrics/livesnapshot.h"
#include "core/metrics/percentiletrust.h"
#include "ui/live/livetext.h"

#include <QHBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Gap = 18;

/** How long the first in the queue has waited; 0 when there is none. */
qint64 oldestWaitUs(const LiveSnapshot &snapshot)
{
    qint64 sinceUs = 0;
    for (const EndpointSnapshot &endpoint : snapshot.admission.endpoints) {
        if (endpoint.oldestEnqueuedUs > 0)
            sinceUs = sinceUs == 0 ? endpoint.oldestEnqueuedUs
                                   : std::min(sinceUs, endpoint.oldestEnqueuedUs);
    }
    return sinceUs == 0 ? 0 : std::max<qint64>(1, snapshot.atUs - sinceUs);
}

} // namespace

LiveTiles::LiveTiles(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Gap);
    addTiles();
    m_spare = {m_median, m_sockets};
}

LiveTile *LiveTiles::addTile(const QString &caption, const QString &name,
                             const LiveTile::Room &room, const QString &toolTip)
{
    auto *tile = new LiveTile(caption, room, this);
    tile->setObjectName(name);
    tile->setToolTip(toolTip);
    layout()->addWidget(tile);
    m_tiles << tile;
    return tile;
}

void LiveTiles::addTiles()
{
    const QString duration = tr("999 ms");
    m_inFlight =
        addTile(tr("In flight"), u"tileInFlight"_s, {u"999"_s, u"/ 999 / 999"_s, u"/ 999 / 999"_s},
                tr("Requests in flight now / the most at once since the limits were set / "
                   "total limit"));
    m_queued = addTile(tr("Queued"), u"tileQueued"_s,
                       {u"9,999"_s, tr("/ %1, oldest %2").arg(u"9,999"_s, duration), u"/ 9,999"_s},
                       tr("Requests that wait now / the most since the limits were set / the most "
                          "that may, and how long the first of them has waited"));
    m_done = addTile(tr("Done/s"), u"tileDone"_s, {u"9,999"_s, u"/ 9,999"_s, u"/ 9,999"_s},
                     tr("Requests finished a second: of the last two seconds / in the best second "
                        "since the limits were set / the rate that is allowed"));
    m_median =
        addTile(tr("p50 (10 s)"), u"tileP50"_s,
                {duration, tr("p99 ~%1").arg(duration), tr("p99 ~%1").arg(duration)},
                tr("Half of the requests of the last 10 s were faster on the wire, and 99 %"));
    m_slow = addTile(tr("p95 (10 s)"), u"tileP95"_s,
                     {duration, u"/ %1"_s.arg(duration), u"/ %1"_s.arg(duration)},
                     tr("95 % of the requests of the last 10 s were faster on the wire / the "
                        "highest since the limits were set"));
    m_errors = addTile(tr("Errors/s"), u"tileErrors"_s,
                       {u"999"_s, tr("/ %1, %2 in all").arg(999).arg(999), u"/ 999"_s},
                       tr("Requests without a reply or with a status of 400 and up, a second: now "
                          "/ in the worst second since the limits were set"));
    m_limited = addTile(tr("429+503/s"), u"tileLimited"_s,
                        {u"999"_s, tr("/ %1, %2 in all").arg(999).arg(999), u"/ 999"_s},
                        tr("Replies 429 and 503 a second: now / in the worst second since the "
                           "limits were set"));
    m_sockets = addTile(tr("Sockets"), u"tileSockets"_s,
                        {u"999"_s, tr("reused %1").arg(u"99.9 %"_s), u"99.9 %"_s},
                        tr("Open connections where the system tells, else those opened so far; and "
                           "the share of requests that reused one"));
    m_elapsed = addTile(tr("Elapsed"), u"tileElapsed"_s,
                        {tr("59 min 59 s"), tr("%1 left").arg(tr("59 s")), QString()},
                        tr("How long the run has taken, and about how long it still takes"));
}

void LiveTiles::showSnapshot(const LiveSnapshot &snapshot)
{
    const AdmissionSnapshot &now = snapshot.admission;
    const QString inFlight = u"/ %1 / %2"_s.arg(
        countText(std::max(now.inFlight, snapshot.peakInFlight)), limitText(now.limits.total));
    m_inFlight->show(countText(now.inFlight),
                     now.draining > 0 ? tr("%1, draining %2").arg(inFlight, countText(now.draining))
                                      : inFlight,
                     inFlight);
    showQueued(snapshot);
    showRates(snapshot);
    showLatency(snapshot);
    showSockets(snapshot);
    m_activeUs = snapshot.lastActiveUs < 0 ? -1 : snapshot.lastActiveUs - snapshot.startedUs;
    showElapsed();
}

void LiveTiles::showQueued(const LiveSnapshot &snapshot)
{
    const AdmissionSnapshot &now = snapshot.admission;
    QString note = u"/ %1"_s.arg(countText(std::max(now.queued, snapshot.peakQueued)));
    if (now.limits.queueMax > 0)
        note += u" / %1"_s.arg(countText(now.limits.queueMax));
    const qint64 oldestUs = oldestWaitUs(snapshot);
    m_queued->show(countText(now.queued),
                   oldestUs == 0 ? note : tr("%1, oldest %2").arg(note, shownDuration(oldestUs)),
                   note);
}

void LiveTiles::showRates(const LiveSnapshot &snapshot)
{
    const LiveEpoch epoch = snapshot.epochs.empty() ? LiveEpoch{} : snapshot.epochs.back();
    const auto most = [](double now, int peak) {
        return u"/ %1"_s.arg(rateNumber(std::max(now, double(peak))));
    };
    QString done = most(snapshot.donePerSecond, epoch.peakDone);
    if (const double rate = snapshot.admission.limits.rate.perSecond; rate > 0)
        done += u" / %1"_s.arg(rateNumber(rate));
    m_done->show(rateNumber(snapshot.donePerSecond), done);
    const auto failing = [&](LiveTile *tile, double perSecond, int peak, quint64 all) {
        const QString note = most(perSecond, peak);
        tile->show(rateNumber(perSecond),
                   all == 0 ? note : tr("%1, %2 in all").arg(note, countText(qint64(all))), note);
        tile->setAlarming(all > 0);
    };
    failing(m_errors, snapshot.failedPerSecond, epoch.peakFailed, snapshot.failed);
    failing(m_limited, snapshot.limitedPerSecond, epoch.peakLimited, snapshot.limited);
}

void LiveTiles::showLatency(const LiveSnapshot &snapshot)
{
    const quint64 sent = snapshot.sent;
    const qint64 highest = snapshot.epochs.empty() ? -1 : snapshot.epochs.back().peakP95Us;
    const QString slow = percentileText(snapshot.p95Us, 95, sent);
    m_slow->show(slow, u"/ %1"_s.arg(shownDuration(std::max(highest, snapshot.p95Us))));
    m_median->show(percentileText(snapshot.p50Us, 50, sent),
                   tr("p99 %1").arg(percentileText(snapshot.p99Us, 99, sent)));
    m_median->setNotePale(percentileTrust(99, sent) != PercentileTrust::Full);
}

void LiveTiles::showSockets(const LiveSnapshot &snapshot)
{
    const QString reused = snapshot.done == 0 ? QString() : percentText(snapshot.reusedShare);
    m_sockets->show(countText(snapshot.openSockets >= 0 ? snapshot.openSockets
                                                        : qint64(snapshot.connectionsOpened)),
                    snapshot.done == 0 ? QString() : tr("reused %1").arg(reused), reused);
}

void LiveTiles::showProgress(const RunProgress &progress)
{
    m_progress = progress;
    showElapsed();
}

/** Of the run; where there was none, from the first request to the last. */
void LiveTiles::showElapsed()
{
    const bool hasRun = !m_progress.name.isEmpty();
    const qint64 us = hasRun ? m_progress.elapsedUs : m_activeUs;
    const bool isOver = us < 0 || (hasRun && !m_progress.running);
    const bool isEndKnown = m_progress.running && m_progress.leftUs >= 0;
    m_elapsed->show(isOver ? shownDuration(us) : spanText(us),
                    isEndKnown ? tr("%1 left").arg(spanText(m_progress.leftUs)) : QString());
}

int LiveTiles::widthOf(bool all, QSize (LiveTile::*hint)() const) const
{
    int width = -Gap;
    for (const LiveTile *tile : m_tiles) {
        if (all || !m_spare.contains(tile))
            width += (tile->*hint)().width() + Gap;
    }
    return width;
}

QSize LiveTiles::sizeHint() const
{
    return {widthOf(true, &LiveTile::sizeHint), m_inFlight->sizeHint().height()};
}

QSize LiveTiles::minimumSizeHint() const
{
    return {widthOf(false, &LiveTile::minimumSizeHint), m_inFlight->sizeHint().height()};
}

void LiveTiles::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool hasRoom = width() >= widthOf(true, &LiveTile::sizeHint);
    for (LiveTile *tile : m_spare)
        tile->setVisible(hasRoom);
    layout()->activate(); // Now, before a frame shows the others without the room of these.
}

} // namespace Sluice
