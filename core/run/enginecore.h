// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livemetrics.h"
#include "core/run/runlog.h"
#include "core/run/runner.h"
#include "core/run/runoutcome.h"
#include "core/run/sender.h"
#include "core/run/sweepsequence.h"
#include "core/transport/qnamtransport.h"

namespace Sluice {

/**
 * The parts that send, run and measure, joined; what the window's Engine and the command line have
 * in common. Everything in it lives in the thread that made it.
 */
class EngineCore final : public QObject, private AdmissionObserver, private RunObserver
{
    Q_OBJECT

public:
    enum class Live { Off, On };

    /** Without live metrics, liveSnapshot() is null and a request costs less. */
    explicit EngineCore(Live live, QObject *parent = nullptr);
    /** Ends what is in flight. */
    ~EngineCore() override;

    const Clock &clock() const { return m_clock; }
    AdmissionQueue &admission() { return m_dispatcher.admission(); }
    Dispatcher &dispatcher() { return m_dispatcher; }
    Runner &runner() { return m_runner; }
    Sender &sender() { return m_sender; }
    SweepDriver &sweep() { return m_sweep; }
    SweepSequence &sweeps() { return m_sweeps; }

    /** See Sender::send(). */
    void send(quint64 id, SendJob job);
    /** Starts a run and its log; no-op while one is going on. */
    void startRun(const RunPlan &plan);
    /** See SweepSequence::start(). */
    Result<> startSweep(const SweepJob &job);
    /** The rows of the run since the last call; none without live metrics. */
    RunBatch takeRows() { return m_log.take(); }
    /** Of the last run, once it has ended. */
    RunOutcome outcome() const;

    /** At once; during a sweep, which must not be disturbed, when it has ended. */
    void setLimits(const Limits &limits, LimitsOrigin origin = LimitsOrigin::Person);
    LiveSnapshotPtr liveSnapshot();
    /** Memory that the live history holds now, about. */
    std::size_t liveBytes() const { return m_live ? m_live->bytes() : 0; }
    void setLiveView(const LiveView &view);
    /** At \a atUs; -1 = now. */
    void addLiveNote(qint64 atUs, const QString &text);

signals:
    /** Something that a live snapshot shows has changed. Comes very often: connect directly. */
    void changed();

private:
    void admissionEvent(const AdmissionEvent &event) override;
    void requestFinished(const Sample &sample, const RunResult &result) override;
    /** The secrets of what is sent now are to be redacted in what the live view exports. */
    void noteSecrets(const VariableInputs &variables, const SendOptions &options);

    SteadyClock m_clock;
    bool m_isEnding = false; ///< The parts that would be told are going.
    std::unique_ptr<LiveMetrics> m_live;
    RunLog m_log;
    QnamTransport m_transport;
    Dispatcher m_dispatcher;
    Runner m_runner;
    Sender m_sender;
    SweepDriver m_sweep;
    SweepSequence m_sweeps{m_sweep};
};

} // namespace Sluice
