// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/adaptivelimit.h"

#include <algorithm>
#include <limits>

namespace Sluice {

namespace {

constexpr int MinSamples = 10;
constexpr int MinBaselineSamples = 40;
constexpr double WindowMaxUs = 30e6;
constexpr double ProbeEveryLimits = 300;
constexpr double ProbeLimitMin = 8;

} // namespace

AdaptiveLimit::AdaptiveLimit(std::unique_ptr<LimitAlgorithm> algorithm,
                             const AdaptiveLimitSettings &settings)
    : m_algorithm(std::move(algorithm)), m_settings(settings),
      m_limit(std::clamp(settings.initial, settings.min, settings.max)),
      m_isProbing(m_algorithm->needsBaseline()), m_windowUs(std::numeric_limits<qint64>::min()),
      m_dropUs(m_windowUs)
{
}

int AdaptiveLimit::limit() const
{
    return std::max(m_settings.min, int(m_isProbing ? m_limit / 2 : m_limit));
}

int AdaptiveLimit::wantedSamples() const
{
    return std::max(m_isProbing ? MinBaselineSamples : MinSamples, int(m_limit));
}

/** Idle most of the time, not merely slow: a window of a slow endpoint takes as long as it must. */
bool AdaptiveLimit::isTooSlow(const LimitSample &sample) const
{
    const double rttUs =
        std::max(m_sumUs / m_window.samples, double(sample.endedUs - sample.startedUs));
    const double turns = 1 + double(wantedSamples()) / std::max(1, m_window.maxInFlight);
    return double(sample.endedUs - m_windowUs) > std::max(WindowMaxUs, 2 * turns * rttUs);
}

int AdaptiveLimit::ended(const LimitSample &sample)
{
    if (sample.outcome == LimitSample::Outcome::Ignored)
        return limit();
    if (sample.outcome == LimitSample::Outcome::Drop) {
        if (sample.startedUs >= m_dropUs) {
            m_dropUs = sample.endedUs;
            decide(m_algorithm->afterDrop(m_limit), sample.endedUs);
        }
        return limit();
    }
    --m_untilProbe;
    if (sample.startedUs < m_windowUs)
        return limit();
    if (m_window.samples > 0 && isTooSlow(sample))
        decide(m_limit, sample.startedUs); // Too slow to say anything: from here on anew.
    if (m_window.samples == 0)
        m_windowUs = std::max(m_windowUs, sample.startedUs);
    ++m_window.samples;
    m_window.maxInFlight = std::max(m_window.maxInFlight, sample.inFlight);
    m_sumUs += double(std::max<qint64>(1, sample.endedUs - sample.startedUs));
    if (m_window.samples >= wantedSamples())
        closeWindow(sample.endedUs);
    return limit();
}

void AdaptiveLimit::closeWindow(qint64 nowUs)
{
    m_window.rttUs = m_sumUs / m_window.samples;
    if (m_isProbing) {
        m_isProbing = false;
        m_baselineUs = m_baselineUs > 0 ? (m_baselineUs + m_window.rttUs) / 2 : m_window.rttUs;
        m_algorithm->setBaseline(m_baselineUs);
        const double jitter = 0.5 + 0.5 * double(m_random()) / double(std::minstd_rand::max());
        m_untilProbe = int(jitter * ProbeEveryLimits * std::max(m_limit, ProbeLimitMin));
        decide(m_limit, nowUs);
        return;
    }
    double next = m_algorithm->afterWindow(m_limit, m_window);
    if (m_window.maxInFlight < m_limit / 2)
        next = std::min(next, m_limit);
    m_isProbing = m_algorithm->needsBaseline() && m_untilProbe <= 0;
    decide(next, nowUs);
}

void AdaptiveLimit::decide(double limit, qint64 nowUs)
{
    m_limit = std::clamp(limit, double(m_settings.min), double(m_settings.max));
    m_windowUs = nowUs;
    m_window = {};
    m_sumUs = 0;
}

} // namespace Sluice
