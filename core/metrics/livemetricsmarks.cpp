// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is marked on the time axis beside the changes of the limits.
#include "core/metrics/livemetrics.h"

#include <algorithm>

namespace Sluice {

namespace {

/** A reply 429 after this long without one is marked again. */
constexpr qint64 LimitedAgainUs = 10'000'000;
/** A hold that is made longer by no more than this is the same one. */
constexpr qint64 SameHoldUs = 1'000'000;

/** The server was not there to say anything. */
bool isUnreachable(ErrorCode error)
{
    return error == ErrorCode::ConnectionRefused || error == ErrorCode::HostNotFound;
}

} // namespace

void LiveMetrics::addMark(LiveMark mark)
{
    if (m_marks.size() == MaxMarks)
        m_marks.pop_front();
    m_marks.push_back(std::move(mark));
}

void LiveMetrics::addNote(qint64 atUs, const QString &text)
{
    if (m_notes.size() == MaxNotes)
        m_notes.pop_front();
    const auto place = std::ranges::upper_bound(m_notes, atUs, {}, &LiveMark::atUs);
    m_notes.insert(place, {LiveMark::Kind::Note, atUs, {}, text});
}

void LiveMetrics::noteEvent(const AdmissionEvent &event)
{
    const auto mark = [&](LiveMark::Kind kind) {
        QString endpoint;
        if (event.endpoint != EndpointId::None)
            endpoint = m_source.endpointName(event.endpoint);
        addMark({kind, event.atUs, endpoint, {}, event.untilUs});
    };
    switch (event.kind) {
    case AdmissionEvent::Kind::Paused:
        mark(LiveMark::Kind::Paused);
        break;
    case AdmissionEvent::Kind::Resumed:
        mark(LiveMark::Kind::Resumed);
        break;
    case AdmissionEvent::Kind::HoldBegan:
        if (!extendHold(event))
            mark(LiveMark::Kind::HoldBegan);
        break;
    case AdmissionEvent::Kind::HoldEnded:
        mark(LiveMark::Kind::HoldEnded);
        break;
    default:
        break;
    }
}

/** Replies that were under way together ask for the same rest, each a moment later. */
bool LiveMetrics::extendHold(const AdmissionEvent &event)
{
    const QString endpoint = m_source.endpointName(event.endpoint);
    const auto isOfHold = [&endpoint](const LiveMark &mark) {
        return mark.endpoint == endpoint
               && (mark.kind == LiveMark::Kind::HoldBegan
                   || mark.kind == LiveMark::Kind::HoldEnded);
    };
    const auto last = std::ranges::find_if(m_marks.rbegin(), m_marks.rend(), isOfHold);
    if (last == m_marks.rend() || last->kind != LiveMark::Kind::HoldBegan
        || event.untilUs - last->untilUs > SameHoldUs)
        return false;
    last->untilUs = event.untilUs;
    return true;
}

/** The first one of all is marked, and the first one of a host after a while without any. */
void LiveMetrics::countLimited(Host &row, const Sample &sample)
{
    const qint64 atUs = sample.timings.finishedUs;
    ++row.limited;
    if (row.history)
        row.history->series.countLimited();
    const bool isNews = row.limitedUs < 0 || atUs - row.limitedUs > LimitedAgainUs;
    row.limitedUs = atUs;
    if (!isNews)
        return;
    const auto kind = m_limited == 1 ? LiveMark::Kind::FirstLimited : LiveMark::Kind::Limited;
    addMark({kind, atUs, m_source.endpointName(sample.endpoint), {}});
}

/** Once an outage, and when it is over: a hundred refused requests are one event. */
void LiveMetrics::noteReachability(Host &row, const Sample &sample)
{
    const bool fails = sample.error && isUnreachable(*sample.error);
    const bool answers = sample.status > 0;
    if (row.isDown ? !answers : !fails)
        return;
    row.isDown = fails;
    LiveMark mark{.kind = fails ? LiveMark::Kind::HostDown : LiveMark::Kind::HostUp,
                  .atUs = sample.timings.finishedUs,
                  .endpoint = m_source.endpointName(sample.endpoint)};
    if (fails)
        mark.error = sample.error;
    addMark(std::move(mark));
}

} // namespace Sluice
