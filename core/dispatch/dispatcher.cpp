// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/dispatcher.h"

#include "core/dispatch/dispatchjob.h"
#include "core/dispatch/retrypolicy.h"
#include "core/http/endpoint.h"

#include <QMetaObject>
#include <QRandomGenerator>
#include <QTimerEvent>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

Error refusalError(Refusal refusal, const QString &endpoint, const Limits &limits)
{
    switch (refusal) {
    case Refusal::QueueFull:
        return {ErrorCode::QueueFull,
                u"Not sent to %1: %2 requests wait already, which is the queue's limit"_s.arg(
                    endpoint, QString::number(limits.queueMax)),
                {},
                0,
                0};
    case Refusal::QueueTimeout:
        return {ErrorCode::QueueTimeout,
                u"Not sent to %1: no slot was free within %2 ms"_s.arg(
                    endpoint, QString::number(limits.queueTimeoutUs / 1000)),
                {},
                0,
                0};
    case Refusal::Closed:
        break;
    }
    return {ErrorCode::Cancelled, u"Not sent to %1: the queue is closed"_s.arg(endpoint), {}, 0, 0};
}

} // namespace

Dispatcher::Dispatcher(const Clock &clock, Transport &transport, AdmissionObserver *observer,
                       QObject *parent)
    : QObject(parent), m_clock(clock), m_transport(transport), m_observer(observer),
      m_queue(clock, *this, this), m_adaptive(m_queue),
      m_random([] { return QRandomGenerator::global()->generateDouble(); })
{
    m_transport.setClient(this);
}

Dispatcher::~Dispatcher()
{
    m_transport.setClient(nullptr);
}

AdmissionQueue &Dispatcher::admission()
{
    return m_queue;
}

const AdmissionQueue &Dispatcher::admission() const
{
    return m_queue;
}

void Dispatcher::setRandom(std::function<double()> random)
{
    m_random = std::move(random);
}

bool Dispatcher::isIdle() const
{
    return m_jobCount == 0 && m_queue.isIdle();
}

Dispatcher::Job &Dispatcher::newJob()
{
    if (m_freeJobs.empty()) {
        m_freeJobs.push_back(quint32(m_jobs.size()));
        m_jobs.push_back(std::make_unique<Job>());
        m_jobs.back()->slot = m_freeJobs.back();
    }
    Job &job = *m_jobs[m_freeJobs.back()];
    m_freeJobs.pop_back();
    ++m_jobCount;
    m_idleTold = false;
    return job;
}

Dispatcher::Job *Dispatcher::find(RequestId id) const
{
    const quint64 slot = (quint64(id) & 0xffffffff) - 1;
    if (id == RequestId::None || slot >= m_jobs.size())
        return nullptr;
    Job *job = m_jobs[slot].get();
    return job->id() == id && job->state != Job::State::Free ? job : nullptr;
}

void Dispatcher::freeJob(Job &job)
{
    const quint32 slot = job.slot;
    const quint32 generation = job.generation + 1;
    job = Job();
    job.slot = slot;
    job.generation = generation;
    m_freeJobs.push_back(slot);
    --m_jobCount;
}

std::size_t Dispatcher::newFlight()
{
    if (m_freeFlights.empty()) {
        m_flights.emplace_back();
        return m_flights.size() - 1;
    }
    const std::size_t flight = m_freeFlights.back();
    m_freeFlights.pop_back();
    return flight;
}

EndpointId Dispatcher::endpointOf(const QUrl &url)
{
    if (url == m_lastUrl)
        return m_lastEndpoint;
    const QString origin = url.scheme() + u'/' + url.host() + u':' + QString::number(url.port());
    auto found = m_endpoints.constFind(origin);
    if (found == m_endpoints.cend()) {
        const Endpoint endpoint = Endpoint::of(url);
        if (!endpoint.isValid())
            return EndpointId::None;
        const EndpointId id = m_queue.endpoint(endpoint.key());
        m_adaptive.watch(id);
        found = m_endpoints.insert(origin, id);
    }
    m_lastUrl = url;
    m_lastEndpoint = *found;
    return *found;
}

RequestId Dispatcher::submit(PreparedRequest request, Priority priority, DispatchClient &client,
                             quint64 tag)
{
    return submit(std::make_shared<const PreparedRequest>(std::move(request)), priority, client,
                  tag);
}

RequestId Dispatcher::submit(SharedRequest request, Priority priority, DispatchClient &client,
                             quint64 tag)
{
    Job &job = newJob();
    job.client = &client;
    job.tag = tag;
    job.priority = priority;
    job.redirectsLeft = request->maxRedirects;
    job.totalTimeoutUs = request->timeouts.totalUs;
    job.enqueuedUs = m_clock.nowUs();
    job.request = std::move(request);
    const RequestId id = job.id();
    enqueue(job, priority);
    return id;
}

/** Puts the job's present hop into the queue, which may admit it before this returns. */
void Dispatcher::enqueue(Job &job, Priority priority)
{
    job.endpoint = endpointOf(job.request->url);
    if (job.endpoint == EndpointId::None) {
        finishLater(job, {ErrorCode::InvalidUrl,
                          u"“%1” is not an http or https URL"_s.arg(
                              job.request->url.toString(QUrl::RemoveUserInfo)),
                          {},
                          0,
                          0});
        return;
    }
    job.state = Job::State::Queued;
    const RequestId id = job.id();
    const qint64 waitedUs = std::accumulate(job.waits.begin(), job.waits.end(), qint64(0));
    const TicketId ticket = m_queue.enqueue(job.endpoint, priority, quint64(id),
                                            waitedUs == 0 ? 0 : m_clock.nowUs() - waitedUs);
    if (Job *queued = find(id); queued && queued->state == Job::State::Queued)
        queued->ticket = ticket;
    armTimer();
}

/** What of the limits is the transport's; it is told before the first request that they hold for.
 */
void Dispatcher::tellTransportLimits()
{
    const Limits &limits = m_queue.limits();
    if (limits.streamsPerConnection != m_streams) {
        m_streams = limits.streamsPerConnection;
        m_transport.setStreamsPerConnection(m_streams);
    }
    if (limits.idleExpiryUs != m_idleExpiryUs) {
        m_idleExpiryUs = limits.idleExpiryUs;
        m_transport.setIdleExpirySeconds(int((m_idleExpiryUs + 999'999) / 1'000'000));
    }
    if (limits.total != m_connectionLimit) {
        m_connectionLimit = limits.total;
        m_transport.setConnectionLimit(m_connectionLimit);
    }
}

/** Hops share the time of one attempt. */
void Dispatcher::limitToWhatIsLeft(Job &job)
{
    const qint64 leftUs =
        job.totalTimeoutUs > 0 ? std::max<qint64>(1, job.totalTimeoutUs - job.onWireUs) : 0;
    if (leftUs == job.request->timeouts.totalUs)
        return;
    PreparedRequest limited = *job.request;
    limited.timeouts.totalUs = leftUs;
    job.request = std::make_shared<const PreparedRequest>(std::move(limited));
}

void Dispatcher::ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits)
{
    Job *job = find(RequestId(tag));
    if (!job || job->cancelled) { // Its own cancelling may be what time made it due in.
        m_queue.release(ticket, Outcome::Ignored);
        return;
    }
    tellTransportLimits();
    job->addWaits(waits);
    limitToWhatIsLeft(*job);
    job->state = Job::State::InFlight;
    job->ticket = ticket;
    job->admittedUs = m_clock.nowUs();
    const std::size_t flight = newFlight();
    m_flights[flight] = {
        ticket,         job->id(), job->endpoint, Outcome::Ignored, m_queue.inFlight(job->endpoint),
        job->admittedUs};
    job->exchange = m_transport.start(*job->request, flight);
}

void Dispatcher::ticketRefused(TicketId, quint64 tag, Refusal refusal, const WaitTimes &waits)
{
    if (Job *job = find(RequestId(tag))) {
        job->addWaits(waits);
        finishLater(*job,
                    refusalError(refusal, m_queue.endpointName(job->endpoint), m_queue.limits()));
    }
}

void Dispatcher::admissionEvent(const AdmissionEvent &event)
{
    if (m_observer)
        m_observer->admissionEvent(event);
    switch (event.kind) {
    case AdmissionEvent::Kind::LimitsChanged:
        if (event.endpoint == EndpointId::None)
            m_adaptive.limitsChanged();
        armTimerLater();
        break;
    case AdmissionEvent::Kind::Resumed:
    case AdmissionEvent::Kind::HoldBegan:
    case AdmissionEvent::Kind::HoldEnded:
        armTimerLater();
        break;
    default:
        break;
    }
}

void Dispatcher::exchangeFinished(ExchangeId, quint64 tag, Response &&response)
{
    m_flights[tag].outcome = outcomeOf(response);
    const Flight flight = m_flights[tag]; // A new limit may admit, and so move the others.
    holdIfAsked(flight.endpoint, response);
    if (m_adaptive.isOn())
        learnFrom(flight, response);
    Job *job = find(flight.request);
    if (!job)
        return;
    job->exchange = ExchangeId::None;
    job->sentUs = std::max(job->sentUs, response.timings.sentUs);
    job->onWireUs += std::max<qint64>(0, response.timings.finishedUs - job->admittedUs);
    if (!job->cancelled
        && (followIfRedirect(*job, response) || resendIfUnprocessed(*job, response)
            || retryIfWorthwhile(*job, response)))
        return;
    finish(*job, std::move(response));
}

void Dispatcher::exchangeClosed(ExchangeId, quint64 tag)
{
    const Flight flight = std::exchange(m_flights[tag], {});
    m_freeFlights.push_back(tag);
    m_queue.release(flight.ticket, flight.outcome);
    armTimer();
    tellIfIdle();
}

/** The wait in the queue and the set-up of a connection are no part of the server's time. */
void Dispatcher::learnFrom(const Flight &flight, const Response &response)
{
    const PhaseTimings &timings = response.timings;
    LimitSample sample;
    sample.startedUs = timings.sentUs >= 0 ? timings.sentUs : flight.admittedUs;
    sample.endedUs = timings.finishedUs >= 0 ? timings.finishedUs : m_clock.nowUs();
    sample.inFlight = flight.hostInFlight;
    sample.outcome = flight.outcome == Outcome::Dropped   ? LimitSample::Outcome::Drop
                     : flight.outcome == Outcome::Ignored ? LimitSample::Outcome::Ignored
                                                          : LimitSample::Outcome::Reply;
    m_adaptive.ended(flight.endpoint, sample);
}

void Dispatcher::connectionBegan(const QString &endpoint)
{
    emit connecting(m_queue.endpoint(endpoint));
}

void Dispatcher::advance()
{
    m_queue.advance();
    enqueueDueRetries();
    armTimer();
    tellIfIdle();
}

/** For changes that the queue is told from elsewhere, and is not through with yet. */
void Dispatcher::armTimerLater()
{
    if (std::exchange(m_willArm, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_willArm = false;
            armTimer();
        },
        Qt::QueuedConnection);
}

void Dispatcher::armTimer()
{
    qint64 next = m_queue.nextDeadlineUs();
    if (!m_retryHeap.empty() && (next < 0 || m_retryHeap.front().atUs < next))
        next = m_retryHeap.front().atUs;
    // A timer that is early fires for nothing once; that is cheaper than setting it each time.
    if (next < 0 || (m_timerUs >= 0 && m_timerUs <= next))
        return;
    m_timerUs = next;
    const qint64 waitMs = std::max<qint64>(0, (next - m_clock.nowUs() + 999) / 1000);
    m_timer.start(int(std::min<qint64>(waitMs, std::numeric_limits<int>::max())), Qt::PreciseTimer,
                  this);
}

void Dispatcher::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        QObject::timerEvent(event);
        return;
    }
    m_timer.stop();
    m_timerUs = -1;
    advance();
}

void Dispatcher::tellIfIdle()
{
    if (m_idleTold || !isIdle())
        return;
    m_idleTold = true;
    emit idle();
}

} // namespace Sluice
