// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionqueue.h"
#include "core/transport/transport.h"

#include <QObject>

#include <functional>
#include <memory>

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
 * Strips credentials when a redirect leaves the origin. Lives in the engine thread.
 */
class Dispatcher final : public QObject, private AdmissionClient, private TransportClient
{
    Q_OBJECT

public:
    /** All three outlive the dispatcher; \a observer may be null. */
    Dispatcher(const Clock &clock, Transport &transport, AdmissionObserver *observer = nullptr,
               QObject *parent = nullptr);
    ~Dispatcher() override;

    /** \a client is told the end exactly once, never from inside this call. */
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
    bool isIdle() const; ///< Nothing queued, in flight or closing.

signals:
    /** Nothing is queued, in flight or closing any more. */
    void idle();
};

} // namespace Sluice
