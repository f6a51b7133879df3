// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/sweepplan.h"

#include "core/tuning/recommendation.h"

#include <algorithm>
#include <cmath>

namespace Sluice {

namespace {

constexpr qint64 LeastHoldUs = 1'000'000;
constexpr qint64 MostHoldUs = 600'000'000;
constexpr int MostRefinements = 4;
constexpr int BlocksOfRefinement = 2;
constexpr int EnoughToKeep = 50; ///< Completions that make a level worth keeping when stopped.
// A rung stands for the knee when it is that near. Below the knee every slot less costs throughput,
// above it one more only waits a little: so hardly below, and some way above.
constexpr double RungBelowKnee = 0.01;
constexpr double RungAboveKnee = 0.10;
constexpr double NextAbove = 0.12;

/** Fisher and Yates, spelled out: std::shuffle differs between standard libraries. */
void shuffle(std::vector<int> &values, std::mt19937 &random)
{
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[random() % i]);
}

/** \a knee as a level: the next rung above when it is near, else the next whole number. */
int levelFor(const std::vector<int> &rungs, double knee)
{
    const auto rung = std::ranges::lower_bound(rungs, knee * (1 - RungBelowKnee));
    if (rung != rungs.end() && *rung <= knee * (1 + RungAboveKnee))
        return *rung;
    return std::max(1, int(std::ceil(knee)));
}

/**
 * \a candidate, one a little above it, and its neighbours among the safe \a rungs and below
 * \a harmfulAt. The one above is there because a server that slows down at once makes N* come out
 * too small.
 */
std::vector<int> levelsAround(int candidate, const std::vector<int> &rungs,
                              std::optional<int> harmfulAt)
{
    std::vector<int> levels{candidate};
    const int little = int(std::lround(candidate * (1 + NextAbove)));
    const auto next = std::ranges::upper_bound(rungs, candidate);
    if (little > candidate && next != rungs.end() && little < *next)
        levels.push_back(little);
    const auto above = std::ranges::upper_bound(rungs, candidate);
    const auto below = std::ranges::lower_bound(rungs, candidate);
    if (below != rungs.begin())
        levels.push_back(*std::prev(below));
    if (above != rungs.end())
        levels.push_back(*above);
    else if (harmfulAt && candidate + 1 < *harmfulAt)
        levels.push_back((candidate + *harmfulAt) / 2);
    return levels;
}

} // namespace

SweepPlan::SweepPlan(SweepSettings settings, std::mt19937 random)
    : m_settings(std::move(settings)), m_random(random), m_guardrails(m_settings)
{
    std::ranges::sort(m_settings.ladder);
    const auto repeated = std::ranges::unique(m_settings.ladder);
    m_settings.ladder.erase(repeated.begin(), repeated.end());
    std::erase_if(m_settings.ladder, [](int rung) { return rung < 1; });
    for (int rung : m_settings.ladder)
        m_steps.push_back({rung, SweepPass::Ascent, 0});
}

SweepAction SweepPlan::start(qint64 nowUs)
{
    if (m_steps.empty())
        return m_action = {};
    beginLevel(nowUs);
    return m_action;
}

void SweepPlan::beginLevel(qint64 nowUs)
{
    const Step &step = m_steps.front();
    m_guardrails.levelBegan();
    m_meter.begin(m_settings, {.limit = step.limit, .pass = step.pass, .block = step.block}, nowUs);
    m_action = {SweepAction::Kind::Run, step.limit, 0};
}

SweepAction SweepPlan::ended(const SweepEvent &event)
{
    ++m_sent;
    if (event.outcome == SweepOutcome::Rejected) {
        const qint64 waitUs = std::clamp(event.retryAfterUs, LeastHoldUs, MostHoldUs);
        m_holdUntilUs = std::max(m_holdUntilUs, event.finishedUs + waitUs);
    }
    if (m_action.kind != SweepAction::Kind::Run)
        return m_action;
    m_meter.ended(event);
    const SweepStop why = m_guardrails.eventEnded(event);
    if (why != SweepStop::None)
        finishLevel(event.finishedUs, why);
    else if (m_settings.maxRequests > 0 && m_sent >= m_settings.maxRequests)
        return stop(SweepStop::Budget, event.finishedUs);
    else if (m_meter.isComplete(event.finishedUs))
        finishLevel(event.finishedUs, SweepStop::None);
    return m_action;
}

SweepAction SweepPlan::advance(qint64 nowUs, const ClientLoad &load)
{
    if (m_action.kind == SweepAction::Kind::Run) {
        m_meter.setClientLoad(load);
        if (m_meter.isComplete(nowUs))
            finishLevel(nowUs, SweepStop::None);
    } else if (m_action.kind == SweepAction::Kind::Hold && nowUs >= m_action.untilUs) {
        beginLevel(nowUs);
    }
    return m_action;
}

SweepAction SweepPlan::stop(SweepStop why, qint64 nowUs)
{
    if (m_stopping || m_action.kind == SweepAction::Kind::Done)
        return m_action;
    m_stopping = true;
    m_stop = why;
    if (m_action.kind == SweepAction::Kind::Run) {
        const SweepLevel level = m_meter.result(nowUs, why);
        if (level.completed >= EnoughToKeep)
            m_levels.push_back(level);
    }
    m_steps.clear();
    m_action = {SweepAction::Kind::Drain, 0, 0};
    return m_action;
}

SweepAction SweepPlan::drained(qint64 nowUs)
{
    if (m_action.kind != SweepAction::Kind::Drain)
        return m_action;
    if (m_steps.empty())
        return m_action = {};
    if (nowUs < m_holdUntilUs)
        return m_action = {SweepAction::Kind::Hold, 0, m_holdUntilUs};
    beginLevel(nowUs);
    return m_action;
}

void SweepPlan::finishLevel(qint64 nowUs, SweepStop why)
{
    const SweepLevel level = m_meter.result(nowUs, why);
    m_levels.push_back(level);
    m_lastLevelUs = nowUs - level.beganUs;
    m_steps.pop_front();
    m_action = {SweepAction::Kind::Drain, 0, 0};
    if (isHarmful(why)) {
        std::erase_if(m_steps, [&level](const Step &step) { return step.limit >= level.limit; });
        m_harmfulAt = std::min(level.limit, m_harmfulAt.value_or(level.limit));
    }
    if (level.pass != SweepPass::Ascent) {
        if (m_steps.empty())
            planRefinement();
        return;
    }
    const SweepStop end = why != SweepStop::None ? why : m_guardrails.levelEnded(level);
    if (end != SweepStop::None || m_steps.empty()) {
        m_stop = end;
        planRepeats();
    }
}

void SweepPlan::planRepeats()
{
    m_steps.clear();
    const Recommendation found = recommend(m_levels, m_settings);
    const double centre = found.limit ? *found.limit : found.littleKnee;
    std::vector<int> rungs;
    for (const SweepPoint &point : poolLevels(m_levels)) {
        if (!isHarmful(point.harm))
            rungs.push_back(point.limit);
    }
    if (rungs.empty() || centre < 1)
        return;
    const double knee = std::min<double>(
        found.loweredForHarm || found.loweredForTarget ? centre : found.littleKnee, rungs.back());
    std::vector<int> levels = levelsAround(levelFor(rungs, knee), rungs, m_harmfulAt);
    addBlocks(std::move(levels), m_settings.repeats);
}

/** More of what has not become sure, unless the user wanted no repeats. */
void SweepPlan::planRefinement()
{
    if (m_settings.repeats == 0 || m_refinements == MostRefinements)
        return;
    ++m_refinements;
    std::vector<int> levels = recommend(m_levels, m_settings).unsure;
    std::erase_if(levels, [this](int limit) {
        return limit > m_settings.ladder.back() || (m_harmfulAt && limit >= *m_harmfulAt);
    });
    if (!levels.empty())
        addBlocks(std::move(levels), BlocksOfRefinement);
}

/** \a count times all \a levels in random order, with the lowest one before. */
void SweepPlan::addBlocks(std::vector<int> levels, int count)
{
    std::ranges::sort(levels);
    for (int i = 0; i < count; ++i) {
        ++m_blocks;
        m_steps.push_back({m_settings.ladder.front(), SweepPass::Baseline, m_blocks});
        shuffle(levels, m_random);
        for (int limit : levels)
            m_steps.push_back({limit, SweepPass::Repeat, m_blocks});
    }
}

SweepProgress SweepPlan::progress(qint64 nowUs) const
{
    SweepProgress progress;
    progress.levelsDone = int(m_levels.size());
    progress.levelsPlanned = int(m_levels.size() + m_steps.size());
    progress.sent = m_sent;
    if (m_action.kind == SweepAction::Kind::Run) {
        progress.limit = m_steps.front().limit;
        progress.pass = m_steps.front().pass;
    }
    const bool ascending = !m_steps.empty() && m_steps.front().pass == SweepPass::Ascent;
    if (ascending)
        progress.levelsPlanned += m_settings.repeats * 5; // Four levels and the baseline.
    const qint64 typicalUs = m_lastLevelUs > 0 ? m_lastLevelUs : m_settings.levelCapUs;
    const qint64 spentUs = progress.limit > 0 ? nowUs - m_meter.beganUs() : 0;
    progress.leftUs =
        std::max<qint64>(0, typicalUs * (progress.levelsPlanned - progress.levelsDone) - spentUs);
    return progress;
}

} // namespace Sluice
