// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checker.h"
#include "core/dispatch/dispatcher.h"
#include "core/environment/variablescopes.h"
#include "core/metrics/sample.h"
#include "core/run/judge.h"
#include "core/run/runplan.h"

#include <unordered_map>

namespace Sluice {

/**
 * Sends single requests ahead of any run, through the same admission queue, and judges their
 * replies. Lives in the engine thread.
 */
class Sender final : public QObject, private DispatchClient
{
    Q_OBJECT

public:
    explicit Sender(Dispatcher &dispatcher, QObject *parent = nullptr);
    ~Sender() override;

    /** finished() comes exactly once for \a id, never from inside this call. */
    void send(quint64 id, SendJob job);
    /** The request ends with ErrorCode::Cancelled; no-op when it has ended. */
    void cancel(quint64 id);
    bool isIdle() const { return m_jobs.empty(); }

signals:
    void finished(quint64 id, std::shared_ptr<const SendResult> result);
    /** Of a request that got as far as the admission queue; \a secrets that its actions set. */
    void sampled(const Sample &sample, const Response &response, const QStringList &secrets);

private:
    struct Job
    {
        SendJob job;
        VariableScopes scopes;
        Judgement prepared; ///< By the actions before it.
        RequestId request = RequestId::None;
    };

    void requestFinished(RequestId request, quint64 tag, Response &&response) override;

    Dispatcher &m_dispatcher;
    Checker m_checker;
    std::unordered_map<quint64, Job> m_jobs; ///< By id.
};

} // namespace Sluice
