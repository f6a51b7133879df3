// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checker.h"
#include "core/dispatch/dispatcher.h"
#include "core/metrics/runstatistics.h"
#include "core/run/judge.h"
#include "core/run/runitem.h"
#include "core/run/runobserver.h"
#include "core/run/runplan.h"

#include <QBasicTimer>

#include <functional>
#include <unordered_map>

namespace Sluice {

/**
 * Executes a RunPlan: builds the requests, submits them, judges the replies, and tells observers
 * how each of them ended, exactly once. A request that cannot be built fails alone.
 *
 * Requests run in chains: with Order::All each request of each iteration is a chain of its own, so
 * that only the limits decide; else an iteration is a chain, one request after another. No more
 * than MaxOutstanding chains are alive at once (with Order::Sequential: one; or what the plan
 * says), so a run of ten million requests queues only the next hundred thousand.
 *
 * Lives in the engine thread. One run at a time.
 */
class Runner final : public QObject, private DispatchClient
{
    Q_OBJECT

public:
    static constexpr std::size_t MaxOutstanding = 100'000;
    /** Queued beyond what is in flight when a run is bounded by time instead of by a number. */
    static constexpr int MaxQueuedOverTime = 1'000;

    /** Both outlive the runner. */
    Runner(const Clock &clock, Dispatcher &dispatcher, QObject *parent = nullptr);
    ~Runner() override;

    /** \a observer outlives the run. */
    void addObserver(RunObserver *observer) { m_observers.push_back(observer); }

    /** What counts the sockets that are open (-1 = unknown), for the statistics. */
    void setOpenSockets(std::function<int()> count) { m_countSockets = std::move(count); }

    /** What forgets the cookies of one iteration, where each has its own. */
    void setForgetCookies(std::function<void(quint32 jar)> forget)
    {
        m_forgetCookies = std::move(forget);
    }

    /** Nothing is submitted before the event loop runs. No-op while a run is going on. */
    void start(RunPlan plan);
    /** Cancels what is queued, starts nothing more and lets the rest finish. */
    void drain();
    /** As drain(), and aborts what is in flight. */
    void abort();

    bool isRunning() const { return m_isRunning; }
    RunProgress progress() const;
    const RunPlan &plan() const { return m_plan; }
    /** Of the run that goes on, else of the last one. */
    const RunStatistics &statistics() const { return m_statistics; }
    quint64 checksPassed() const { return m_checksPassed; }
    quint64 checksFailed() const { return m_checksFailed; }

    /** Every transition of the admission queue, from whoever observes it. */
    void admissionEvent(const AdmissionEvent &event);

signals:
    /** Every request has ended. */
    void finished();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    /** Requests that run one after another, with the variables that they hand on. */
    struct Chain
    {
        quint64 iteration = 0;
        quint64 seq = 0;  ///< Of the request that is submitted.
        quint32 next = 0; ///< Index of the request to submit next.
        quint32 end = 0;
        RequestId current = RequestId::None;
        EndpointId endpoint = EndpointId::None;
        bool isAlive = false;
        bool wasSubmitted = false; ///< Any request of it.
        CapturedVariables variables;
        Judgement prepared; ///< By the actions before the request.
    };

    void connectionBegan(EndpointId endpoint);
    void countSockets();
    void cancelTheQueued();
    void armDrainTimer();
    qint64 leftUs() const; ///< Until the time of the run is over.
    void submitMore();
    bool isThrough() const;
    bool mayStartChain() const;
    void startChain();
    void advance(std::size_t index);
    bool submitNext(std::size_t index);
    bool isDelayed(const Chain &chain) const;
    void advanceLater(std::size_t index);
    Result<SharedRequest> build(const Chain &chain, quint32 number);
    void requestFinished(RequestId request, quint64 tag, Response &&response) override;
    void endRequest(Chain &chain, quint32 number, const Response &response);
    void endChain(std::size_t index);
    void endRun();
    void restIfAllFail();
    bool hasOwnCookies() const { return m_plan.options.cookies == CookieMode::PerIteration; }
    static quint32 jarOf(quint64 iteration) { return quint32(iteration + 1); }
    void forgetCookiesOf(quint64 iteration);
    VariableScopes scopesOf(const Chain &chain, quint32 number) const;
    std::size_t takeSlot();

    const Clock &m_clock;
    Dispatcher &m_dispatcher;
    std::vector<RunObserver *> m_observers;
    RunPlan m_plan;
    std::optional<RequestBuilder> m_builder;
    Checker m_checker;
    RunStatistics m_statistics;
    std::vector<RunItem> m_items;
    std::vector<Chain> m_chains;
    std::vector<std::size_t> m_freeSlots;
    CapturedVariables m_carried; ///< From one iteration to the next, with Order::Sequential.
    QBasicTimer m_submitTimer;
    QBasicTimer m_socketTimer; ///< Runs when connections have begun.
    std::function<int()> m_countSockets;
    std::function<void(quint32 jar)> m_forgetCookies;
    std::unordered_map<quint64, std::size_t> m_iterationsLeft; ///< With own cookies: its chains.
    QBasicTimer m_drainTimer;    ///< Ends a run early: its time is over, or a request failed.
    quint64 m_plannedChains = 0; ///< max() when the run is bounded by time.
    quint64 m_startedChains = 0;
    std::size_t m_liveChains = 0;
    std::size_t m_maxChains = 0;
    quint64 m_nextSeq = 0;
    quint64 m_checksPassed = 0;
    quint64 m_checksFailed = 0;
    quint64 m_failedRequests = 0;
    int m_runNumber = 0;
    bool m_isRunning = false;
    bool m_isStopping = false; ///< Starts nothing more.
    bool m_wasStopped = false; ///< Before its time.
    bool m_isResting = false;  ///< None of the requests could be built.
    std::size_t m_unbuilt = 0; ///< Chains since one could.
};

} // namespace Sluice
