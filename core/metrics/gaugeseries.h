// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <limits>

namespace Sluice {

/**
 * The history of the gauges, from transitions: a pyramid of time buckets, each with the true
 * minimum and maximum and the time-weighted mean of every gauge. The finest level has buckets of
 * 5 ms; each level above is four times as wide, and each keeps its newest 4,096 buckets. A state
 * that lasted no time at all (one request hands its slot to the next) is no state.
 *
 * Memory: at most maxBytes(), about 5 MB, reached after four days. A transition costs a few
 * nanoseconds. Times never go backwards. One thread.
 */
class GaugeSeries
{
public:
    static constexpr qint64 FinestUs = 5000;
    static constexpr int Levels = 8;
    static constexpr std::size_t Capacity = 4096; ///< Buckets kept on each level.

    /** From \a atUs (clock time) on, the gauges are \a gauges. The first call begins the series. */
    void set(qint64 atUs, const LiveGauges &gauges)
    {
        if (atUs > m_stateUs)
            advance(atUs);
        int sum = 0;
        for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
            m_state[i] = gauges[i];
            sum += gauges[i];
        }
        m_state[Sum] = sum;
    }

    /** From \a atUs on, the system counts \a sockets open; -1 = it does not say. Polled. */
    void setSockets(qint64 atUs, int sockets)
    {
        if (isEmpty())
            return;
        advance(atUs);
        m_state[Sockets] = sockets;
    }

    /** One request has finished now, that is, in the bucket last reached. */
    void countReply(ReplyClass reply) { ++m_open[0].replies[std::size_t(reply)]; }

    /** Nothing changed until \a nowUs. */
    void advance(qint64 nowUs);

    bool isEmpty() const { return m_stateUs < 0; }
    qint64 startedUs() const { return m_startedUs; } ///< 0 before the first call.

    /**
     * The buckets that overlap \a view, seen at \a nowUs, on the coarsest level that gives every
     * column a bucket of its own and still remembers the beginning.
     */
    LiveSeries window(const LiveView &view, qint64 nowUs) const;

    /**
     * All that happened from \a beginUs to \a endUs in one bucket: means are of just this time,
     * extremes and replies of the buckets that begin in it.
     */
    LiveBucket summary(qint64 beginUs, qint64 endUs) const;

    std::size_t bytes() const; ///< Held now.
    static constexpr std::size_t maxBytes() { return Levels * (Capacity + 1) * sizeof(Bucket); }

private:
    static constexpr int FanoutBits = 2;
    static constexpr std::size_t Sum = LiveGaugeCount;
    static constexpr std::size_t Sockets = LiveGaugeCount + 1;
    static constexpr std::size_t Lines = LiveGaugeCount + 2; ///< The gauges, their sum, sockets.
    using State = std::array<int, Lines>;

    struct Bucket
    {
        State min;
        State max;
        std::array<qint64, Lines> integral{}; ///< Value × µs.
        qint64 coveredUs = 0;
        ReplyCounts replies{};

        Bucket();
        void hold(const State &state, qint64 forUs);
        void merge(const Bucket &other);
        LiveBucket toLive() const;
    };

    /** The newest buckets of one width. */
    struct Level
    {
        std::vector<Bucket> ring;
        std::size_t head = 0; ///< Where the oldest is, once the ring is full.
        qint64 end = 0;       ///< Index of the bucket after the newest.

        qint64 begin() const { return end - qint64(ring.size()); }
        const Bucket &at(qint64 index) const;
        void push(qint64 index, const Bucket &bucket);
    };

    static constexpr qint64 widthUs(int level) { return FinestUs << (FanoutBits * level); }
    void close(int level, const Bucket &bucket);
    void skipTo(qint64 target);
    int levelFor(qint64 beginUs, qint64 columnUs) const;

    std::array<Level, Levels> m_levels;
    std::array<Bucket, Levels> m_open; ///< Each without what the finer open ones hold.
    State m_state{0, 0, 0, 0, 0, 0, -1};
    qint64 m_stateUs = -1; ///< Up to here everything is in the buckets.
    qint64 m_startedUs = 0;
    qint64 m_index = 0; ///< Of the finest open bucket.
};

} // namespace Sluice
