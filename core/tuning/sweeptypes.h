// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <QtGlobal>

#include <optional>
#include <vector>

namespace Sluice {

/** How one request of a sweep ended. */
enum class SweepOutcome {
    Success,
    Rejected, ///< 429 or 503: the server says that it is too much.
    TimedOut,
    Failed, ///< Any other error, network or status ≥ 400.
};

/** One finished request, times in microseconds of the engine's clock. */
struct SweepEvent
{
    qint64 admittedUs = 0;
    qint64 finishedUs = 0;
    SweepOutcome outcome = SweepOutcome::Success;
    qint64 retryAfterUs = 0; ///< What the server asked for; 0 = nothing.
};

/** What this machine itself needed during a level: is it the bottleneck? */
struct ClientLoad
{
    double cpuShare = 0;  ///< Of the engine thread, 0 … 1.
    qint64 loopLagUs = 0; ///< 95th percentile of how late a timer came.
    qint64 stalledUs = 0; ///< Mean time that an admitted request was held before the wire.
};

/** Why a level, or the whole sweep, ended early. */
enum class SweepStop {
    None,
    Rejections, ///< 429 or 503.
    Errors,     ///< Over the error budget.
    Timeouts,   ///< Over 1 %.
    Latency,    ///< 95th percentile over five times that of the lowest level.
    Target,     ///< 95th percentile over the user's target.
    Collapse,   ///< Throughput under 70 % of the best, twice.
    NoGain,     ///< Three levels without 3 % more throughput.
    Budget,     ///< The user's number of requests is spent.
    User,
};

/** Why a level was measured. */
enum class SweepPass {
    Ascent,   ///< The first, upwards, to find what is safe.
    Baseline, ///< The lowest level again, to see whether the server drifted.
    Repeat,   ///< Around the candidate, in random order.
};

/** One level as it was measured: the sweep's raw result. */
struct SweepLevel
{
    int limit = 0;
    SweepPass pass = SweepPass::Ascent;
    int block = 0;      ///< 0 = ascent, then the number of the repetition.
    qint64 beganUs = 0; ///< Warm-up included.
    qint64 warmupUs = 0;
    qint64 measuredUs = 0;
    int completed = 0;      ///< Successes inside the measured time.
    int errors = 0;         ///< Failed and timed out, warm-up included.
    int rejected = 0;       ///< 429 and 503, warm-up included.
    int sent = 0;           ///< All requests that ended during the level.
    double throughput = 0;  ///< Successes per second.
    double ciHalfWidth = 0; ///< Of throughput, 95 %, per second.
    double meanUs = 0;      ///< Latency on the wire, without queue.
    qint64 p50Us = 0;
    qint64 p95Us = 0;
    qint64 p99Us = 0;
    double littleDeviation = 0; ///< See LittleCheck.
    bool steady = false;
    SweepStop stop = SweepStop::None; ///< The guard rail that cut it short.
    ClientLoad client;
};

/** What the user allows a sweep to do. Times in microseconds. */
struct SweepSettings
{
    std::vector<int> ladder; ///< Ascending and distinct; see sweepLadder().
    int repeats = 3;
    int minCompletions = 200;
    double ciTarget = 0.05; ///< Half-width as a part of the throughput.
    qint64 minWarmupUs = 1'000'000;
    qint64 levelCapUs = 8'000'000; ///< Of measured time.
    double errorBudget = 0.01;
    qint64 targetP95Us = 0; ///< The latency that is still good; 0 = any.
    int maxRequests = 0;    ///< Over the whole sweep; 0 = no budget.
};

/** True when a level that ended for \a why shows that its limit hurts. */
bool isHarmful(SweepStop why);

/** The rungs 1 2 4 6 8 12 16 24 32 48 64 96 … up to and including \a max. */
std::vector<int> sweepLadder(int max);

} // namespace Sluice
