// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/dispatch/dispatcher.h"
#include "core/metrics/sample.h"
#include "core/run/clientload.h"
#include "core/run/requestbuilder.h"
#include "core/run/sweepjob.h"
#include "core/tuning/sweepplan.h"

#include <QBasicTimer>

#include <unordered_map>

namespace Sluice {

/**
 * Runs a SweepJob with real requests: keeps as many in flight as the plan says, under the admission
 * queue's own limits, and takes the queue's limits back as they were at the end. Lives in the
 * engine thread. One sweep at a time, and no run beside it.
 */
class SweepDriver final : public QObject, private DispatchClient
{
    Q_OBJECT

public:
    /** Both outlive the driver. */
    SweepDriver(const Clock &clock, Dispatcher &dispatcher, QObject *parent = nullptr);
    ~SweepDriver() override;

    /**
     * Fails, and starts nothing, when the job must not run: see findSweepTargets() and
     * checkSweep(). Else finished() comes exactly once.
     */
    Result<> start(SweepJob job);
    /** Cancels what is queued, lets what is in flight end; what was measured is kept. */
    void stop();
    /** \a limits are to hold when the sweep has ended; until then it sets them. */
    void setLimitsAfter(const Limits &limits) { m_savedLimits = limits; }
    /** As stop(), and aborts what is in flight. */
    void abort();
    bool isRunning() const { return m_plan.has_value(); }
    SweepProgress progress() const;
    /** Does what time alone makes due. The driver's own timer calls it; tests may. */
    void advance();

signals:
    /** Some ten times a second. */
    void progressed(const SweepProgress &progress);
    void levelMeasured(const SweepLevel &level);
    void finished(SweepResultPtr result);
    /** Of every request, for the live view. */
    void sampled(const Sample &sample, const Response &response);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void requestFinished(RequestId request, quint64 tag, Response &&response) override;
    void follow(SweepAction action);
    void applyLimit(int limit);
    void fill(int limit);
    std::size_t nextTarget() const;
    std::vector<RequestId> running() const;
    bool submit(std::size_t target);
    void reportLevels();
    void finish();

    /** One request that has not ended. */
    struct Flight
    {
        std::size_t target = 0;
        RequestId request = RequestId::None;
    };

    /** A host with the state of its turns. */
    struct Lane
    {
        SweepTarget target;
        std::size_t next = 0; ///< Which of its requests comes next.
        int inFlight = 0;
        int limit = 0; ///< Of a total sweep; 0 = none.
    };

    const Clock &m_clock;
    Dispatcher &m_dispatcher;
    SweepJob m_job;
    std::optional<SweepPlan> m_plan;
    std::optional<RequestBuilder> m_builder;
    std::vector<Lane> m_lanes;
    std::unordered_map<quint64, Flight> m_flights; ///< By tag.
    ClientLoadMeter m_load;
    Limits m_savedLimits;
    QDateTime m_startedAt;
    QByteArray m_protocol;
    QBasicTimer m_timer;
    qint64 m_dueUs = 0;
    qint64 m_beganUs = 0;
    quint64 m_lastTag = 0; ///< Counts the requests submitted.
    int m_ticks = 0;
    int m_limit = 0; ///< In force; 0 = none, draining.
    std::size_t m_reported = 0;
};

} // namespace Sluice
