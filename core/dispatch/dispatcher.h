// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dispatch/adaptivelimits.h"
#include "core/transport/transport.h"

#include <QBasicTimer>
#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace Sluice {

/** Names one request from submit() to its end, over all its hops and attempts. */
enum class RequestId : quint64 { None = 0 };

/** Hears how submitted requests end. */
class DispatchClient
{
public:
    virtual ~DispatchClient() = default;
    /** Exactly once for each submit(). The slot may still be closing; see Dispatcher::isIdle(). */
    virtual void requestFinished(RequestId request, quint64 tag, Response &&response) = 0;
};

/**
 * Joins the admission queue and the transport: admits each request, each redirect hop and each
 * retry under the host it goes to, and gives the slot back when the exchange has really ended.
 * Strips credentials when a redirect leaves the origin. Limits that Limits::hosts calls adaptive
 * follow what the exchanges show. Lives in the engine thread.
 */
class Dispatcher final : public QObject,
                         private AdmissionClient,
                         private AdmissionObserver,
                         private TransportClient
{
    Q_OBJECT

public:
    /** All three outlive the dispatcher; \a observer may be null. */
    Dispatcher(const Clock &clock, Transport &transport, AdmissionObserver *observer = nullptr,
               QObject *parent = nullptr);
    ~Dispatcher() override;

    /** \a client is told the end exactly once, never from inside this call. */
    RequestId submit(SharedRequest request, Priority priority, DispatchClient &client, quint64 tag);
    RequestId submit(PreparedRequest request, Priority priority, DispatchClient &client,
                     quint64 tag);
    /** The request ends with ErrorCode::Cancelled; no-op when it has ended. */
    void cancel(RequestId request);
    /** As cancel(), but lets a request alone that is in flight; true when it was cancelled. */
    bool cancelQueued(RequestId request);
    /** Cancels everything queued and aborts everything in flight. */
    void stop();

    /** Limits, pause and hold are the queue's own; every change acts at once. */
    AdmissionQueue &admission();
    const AdmissionQueue &admission() const;
    /** Whose limit \a url counts against; None when it is not http or https. */
    EndpointId endpointOf(const QUrl &url);
    bool isIdle() const; ///< Nothing queued, waiting for a retry, in flight or closing.

    /** Where the jitter of retries comes from: numbers in [0, 1). */
    void setRandom(std::function<double()> random);
    /** Does what time alone makes due. The dispatcher's own timer calls it; tests may. */
    void advance();
    /** Redirects followed and retries made so far, over all requests. */
    quint64 redirectCount() const { return m_redirects; }
    quint64 retryCount() const { return m_retries; }

signals:
    /** Nothing is queued, in flight or closing any more. */
    void idle();
    /** A connection to \a endpoint begins. */
    void connecting(EndpointId endpoint);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Job;
    struct Flight;
    struct DueRetry;

    void ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits) override;
    void ticketRefused(TicketId ticket, quint64 tag, Refusal refusal,
                       const WaitTimes &waits) override;
    void admissionEvent(const AdmissionEvent &event) override;
    void exchangeFinished(ExchangeId exchange, quint64 tag, Response &&response) override;
    void exchangeClosed(ExchangeId exchange, quint64 tag) override;
    void connectionBegan(const QString &endpoint) override;

    void tellTransportLimits();
    Job &newJob();
    Job *find(RequestId id) const;
    void freeJob(Job &job);
    std::size_t newFlight();
    void enqueue(Job &job, Priority priority);
    void limitToWhatIsLeft(Job &job);
    void learnFrom(const Flight &flight, const Response &response);
    void holdIfAsked(EndpointId endpoint, const Response &response);
    bool followIfRedirect(Job &job, Response &response);
    bool retryIfWorthwhile(Job &job, const Response &response);
    bool resendIfUnprocessed(Job &job, const Response &response);
    void retryAfter(Job &job, qint64 waitUs);
    void finish(Job &job, Response &&response);
    void finishLater(Job &job, Error error);
    void tellEnded();
    void enqueueDueRetries();
    void leave(Job &job);
    void armTimer();
    void armTimerLater();
    void tellIfIdle();

    const Clock &m_clock;
    Transport &m_transport;
    AdmissionObserver *const m_observer;
    AdmissionQueue m_queue;
    AdaptiveLimits m_adaptive;
    std::function<double()> m_random;
    std::vector<std::unique_ptr<Job>> m_jobs; ///< By slot; free ones are used again.
    std::vector<quint32> m_freeJobs;
    std::vector<Flight> m_flights; ///< By the tag of their exchange.
    std::vector<std::size_t> m_freeFlights;
    std::vector<DueRetry> m_retryHeap; ///< The next one due is in front.
    std::vector<RequestId> m_ended;    ///< To be told from the event loop.
    QHash<QString, EndpointId> m_endpoints;
    QUrl m_lastUrl; ///< That was looked up; runs send many to one place.
    EndpointId m_lastEndpoint = EndpointId::None;
    QBasicTimer m_timer; ///< One for all that waits.
    qint64 m_timerUs = -1;
    bool m_willArm = false;
    int m_streams = 0;
    qint64 m_idleExpiryUs = 0;
    int m_connectionLimit = 0;
    quint64 m_redirects = 0;
    quint64 m_retries = 0;
    std::size_t m_jobCount = 0;
    bool m_idleTold = true;
};

} // namespace Sluice
