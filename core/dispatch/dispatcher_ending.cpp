// SPDX-License-Identifier: GPL-3.0-or-later
// What follows a reply: a hold, a redirect, another attempt, or the end of the request; and the end
// before there is one.
#include "core/dispatch/dispatchjob.h"
#include "core/dispatch/redirect.h"
#include "core/dispatch/retrypolicy.h"

#include <QDateTime>
#include <QMetaObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int MaxUnprocessedResends = 5;

} // namespace

void Dispatcher::holdIfAsked(EndpointId endpoint, const Response &response)
{
    const Limits &limits = m_queue.limits();
    if (response.status < 400
        || std::ranges::find(limits.holdStatuses, response.status) == limits.holdStatuses.end())
        return;
    const auto rest = retryAfterUs(response.headers, QDateTime::currentDateTimeUtc());
    if (rest && *rest > 0)
        m_queue.hold(endpoint, m_clock.nowUs() + *rest);
}

/** True when the job goes on to another place, or ends because it cannot. */
bool Dispatcher::followIfRedirect(Job &job, Response &response)
{
    if (response.error || job.request->maxRedirects <= 0 || !isRedirect(response))
        return false;
    if (job.redirectsLeft == 0) {
        response.error = Error{
            ErrorCode::TooManyRedirects,
            u"More than %1 redirects, the last one from %2"_s.arg(
                QString::number(job.request->maxRedirects), m_queue.endpointName(job.endpoint)),
            {},
            0,
            0};
        return false;
    }
    Result<PreparedRequest> next = followRedirect(*job.request, response);
    if (!next) {
        response.error = next.error();
        return false;
    }
    --job.redirectsLeft;
    ++m_redirects;
    job.redirects.push_back({job.request->url, response.status});
    job.request = std::make_shared<const PreparedRequest>(std::move(*next));
    enqueue(job, Priority::Continuation);
    return true;
}

bool Dispatcher::retryIfWorthwhile(Job &job, const Response &response)
{
    if (job.retries >= job.request->maxRetries || !isRetryable(*job.request, response))
        return false;
    retryAfter(job, backoffUs(++job.retries, m_random()));
    return true;
}

/**
 * Safe for every method and asked for by nobody, since the server has not begun (RFC 9113 8.7): at
 * once the first time, because a connection that is at its end is nothing unusual.
 */
bool Dispatcher::resendIfUnprocessed(Job &job, const Response &response)
{
    const int resends = job.attempts - 1 - job.retries;
    if (!response.unprocessed || resends >= MaxUnprocessedResends)
        return false;
    retryAfter(job, resends == 0 ? 0 : backoffUs(resends, m_random()));
    return true;
}

void Dispatcher::retryAfter(Job &job, qint64 waitUs)
{
    ++job.attempts;
    ++m_retries;
    job.onWireUs = 0;
    job.state = Job::State::Backoff;
    m_retryHeap.push_back({m_clock.nowUs() + waitUs, job.id()});
    std::ranges::push_heap(m_retryHeap, std::less<>());
    armTimer();
}

void Dispatcher::finish(Job &job, Response &&response)
{
    response.redirects = std::move(job.redirects);
    response.attempts = job.attempts;
    response.timings.enqueuedUs = job.enqueuedUs;
    response.timings.admittedUs = job.admittedUs;
    response.timings.waits = job.waits;
    response.ticket = quint64(job.ticket);
    const RequestId id = job.id();
    const quint64 tag = job.tag;
    DispatchClient &client = *job.client;
    freeJob(job);
    client.requestFinished(id, tag, std::move(response));
}

/** Ends a job without an exchange; the client hears of it from the event loop. */
void Dispatcher::finishLater(Job &job, Error error)
{
    job.state = Job::State::Ended;
    job.ticket = TicketId::None;
    job.error = std::move(error);
    if (m_ended.empty())
        QMetaObject::invokeMethod(this, &Dispatcher::tellEnded, Qt::QueuedConnection);
    m_ended.push_back(job.id());
}

void Dispatcher::tellEnded()
{
    const std::vector<RequestId> ended = std::exchange(m_ended, {});
    for (const RequestId id : ended) {
        Job *job = find(id);
        if (!job)
            continue;
        Response response;
        response.url = job->request->url;
        response.method = job->request->method;
        response.error = std::move(job->error);
        response.timings.sentUs = job->sentUs;
        response.timings.finishedUs = m_clock.nowUs();
        finish(*job, std::move(response));
    }
    tellIfIdle();
}

void Dispatcher::enqueueDueRetries()
{
    while (!m_retryHeap.empty() && m_retryHeap.front().atUs <= m_clock.nowUs()) {
        std::ranges::pop_heap(m_retryHeap, std::less<>());
        Job *job = find(m_retryHeap.back().request);
        m_retryHeap.pop_back();
        if (job && job->state == Job::State::Backoff)
            enqueue(*job, Priority::Continuation);
    }
}

void Dispatcher::cancel(RequestId id)
{
    Job *job = find(id);
    if (!job || job->cancelled || job->state == Job::State::Ended)
        return;
    job->cancelled = true;
    leave(*job);
}

/** Ends \a job, which is cancelled, where it stands. */
void Dispatcher::leave(Job &job)
{
    if (job.state == Job::State::InFlight) {
        m_transport.abort(job.exchange);
        return;
    }
    if (job.state == Job::State::Queued) {
        m_queue.cancel(job.ticket);
        armTimer();
    }
    if (job.state == Job::State::Ended) // It was overdue when it was to leave.
        return;
    finishLater(job, {ErrorCode::Cancelled,
                      (job.sentUs < 0 ? u"Cancelled before it was sent to %1"_s
                                      : u"Cancelled before it was sent again, to %1"_s)
                          .arg(m_queue.endpointName(job.endpoint)),
                      {},
                      0,
                      0});
}

bool Dispatcher::cancelQueued(RequestId id)
{
    const Job *job = find(id);
    if (!job || job->cancelled
        || (job->state != Job::State::Queued && job->state != Job::State::Backoff))
        return false;
    cancel(id);
    return true;
}

void Dispatcher::stop()
{
    std::vector<RequestId> inFlight;
    std::vector<RequestId> waiting;
    for (const std::unique_ptr<Job> &job : m_jobs) {
        if (job->cancelled || job->state == Job::State::Free || job->state == Job::State::Ended)
            continue;
        // All of them first: what one that leaves makes room for is not sent any more.
        job->cancelled = true;
        (job->state == Job::State::InFlight ? inFlight : waiting).push_back(job->id());
    }
    for (const std::vector<RequestId> &some : {waiting, inFlight}) {
        for (const RequestId id : some) {
            if (Job *job = find(id))
                leave(*job);
        }
    }
}

} // namespace Sluice
