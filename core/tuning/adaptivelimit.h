// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/limitalgorithm.h"

#include <memory>
#include <random>

namespace Sluice {

/** One exchange that ended, as an adaptive limit sees it. Times on any one clock. */
struct LimitSample
{
    enum class Outcome {
        Reply,   ///< Its time counts.
        Ignored, ///< Says nothing about the server: cancelled, or never got there.
        Drop,    ///< 429, 503, time-out, refused or reset. Its time does not count.
    };

    qint64 startedUs = 0; ///< Admitted: the wait in the queue is not part of it.
    qint64 endedUs = 0;
    int inFlight = 0; ///< To the endpoint when it started, with this one.
    Outcome outcome = Outcome::Reply;
};

struct AdaptiveLimitSettings
{
    int min = 1;
    int max = 1000;
    int initial = 10;
};

/**
 * The limit of one endpoint, set by a LimitAlgorithm from what its exchanges show. Pure: samples
 * in, limit out; the owner hands it to the admission queue.
 *
 * - A window holds the exchanges that started since the last decision, at least ten of them and
 *   as many as the limit, so that each decision sees the effect of the one before.
 * - A window that is not full after half a minute, and after twice the time that its exchanges need
 *   one after another, says nothing: the endpoint is hardly used.
 * - A drop is decided on at once; further drops among exchanges that started before that are the
 *   same event.
 * - The limit does not grow while less than half of it is used: then it says nothing.
 * - Every 150 to 300 times the limit samples, the limit is halved for a moment to measure the
 *   baseline, if the algorithm needs one. (Netflix probes ten times as often, by one sample; a
 *   mean is steadier, but costs throughput.) Half of the baseline before stays in it.
 */
class AdaptiveLimit
{
public:
    explicit AdaptiveLimit(std::unique_ptr<LimitAlgorithm> algorithm,
                           const AdaptiveLimitSettings &settings = {});

    /** The limit to keep now. */
    int limit() const;
    /** Takes in one exchange, in order of `endedUs`; returns limit(). */
    int ended(const LimitSample &sample);

private:
    void decide(double limit, qint64 nowUs);
    void closeWindow(qint64 nowUs);
    int wantedSamples() const;
    bool isTooSlow(const LimitSample &sample) const;

    std::unique_ptr<LimitAlgorithm> m_algorithm;
    AdaptiveLimitSettings m_settings;
    double m_limit = 0;
    bool m_isProbing = false;
    int m_untilProbe = 0;
    double m_baselineUs = 0;
    std::minstd_rand m_random{1};

    qint64 m_windowUs = 0; ///< Since when exchanges count.
    qint64 m_dropUs = 0;   ///< Since when drops are news.
    LimitWindow m_window;
    double m_sumUs = 0;
};

} // namespace Sluice
