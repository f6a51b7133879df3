// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/guardrails.h"
#include "core/tuning/levelmeter.h"
#include "core/tuning/sweeptypes.h"

#include <deque>
#include <random>

namespace Sluice {

/** What whoever drives a sweep has to do until told otherwise. */
struct SweepAction
{
    enum class Kind {
        Run,   ///< Keep `limit` requests in flight.
        Drain, ///< Start none, and call drained() when the last has ended.
        Hold,  ///< Start none before `untilUs` (Retry-After), then call advance().
        Done,
    };

    Kind kind = Kind::Done;
    int limit = 0;
    qint64 untilUs = 0;

    bool operator==(const SweepAction &) const = default;
};

/** Where a sweep is. */
struct SweepProgress
{
    int limit = 0; ///< Being measured; 0 between levels.
    SweepPass pass = SweepPass::Ascent;
    int levelsDone = 0;
    int levelsPlanned = 0; ///< An estimate while going up.
    int sent = 0;
    qint64 leftUs = 0; ///< Estimate.
};

/**
 * The course of a sweep: upwards once to find what is safe, then repeats around the candidate in
 * random order with the lowest level again before each round, and further rounds of the levels that
 * these could not tell apart. Each level drops its warm-up and ends when it knows enough or its
 * time is up; between levels everything drains.
 *
 * A state machine without clock, thread or HTTP: it is told what happened and when, and says what
 * to do next. Given the same events and the same \a random it does the same.
 */
class SweepPlan
{
public:
    SweepPlan(SweepSettings settings, std::mt19937 random);

    /** Begins the first level. */
    SweepAction start(qint64 nowUs);
    /** One request has ended. */
    SweepAction ended(const SweepEvent &event);
    /** Time has passed; call at least every 100 ms. \a load since the level began. */
    SweepAction advance(qint64 nowUs, const ClientLoad &load = {});
    /** Nothing is in flight any more. */
    SweepAction drained(qint64 nowUs);
    /** Ends the sweep after draining and keeps what was measured. */
    SweepAction stop(SweepStop why, qint64 nowUs);

    SweepAction action() const { return m_action; }
    const SweepSettings &settings() const { return m_settings; }
    const std::vector<SweepLevel> &levels() const { return m_levels; }
    /** What ended the ascent or the sweep; None when it ran to its end. */
    SweepStop stoppedBecause() const { return m_stop; }
    SweepProgress progress(qint64 nowUs) const;

private:
    struct Step
    {
        int limit = 0;
        SweepPass pass = SweepPass::Ascent;
        int block = 0;
    };

    void finishLevel(qint64 nowUs, SweepStop why);
    void planRepeats();
    void planRefinement();
    void addBlocks(std::vector<int> levels, int count);
    void beginLevel(qint64 nowUs);

    SweepSettings m_settings;
    std::mt19937 m_random;
    Guardrails m_guardrails;
    LevelMeter m_meter;
    std::deque<Step> m_steps; ///< The front one is running or next.
    std::vector<SweepLevel> m_levels;
    SweepAction m_action;
    SweepStop m_stop = SweepStop::None;
    std::optional<int> m_harmfulAt;
    int m_blocks = 0; ///< Of repeats, planned so far.
    int m_refinements = 0;
    bool m_stopping = false;
    int m_sent = 0;
    qint64 m_holdUntilUs = 0;
    qint64 m_lastLevelUs = 0;
};

} // namespace Sluice
