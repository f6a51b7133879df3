// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"

namespace Sluice {

/**
 * A token bucket in its virtual scheduling form (the GCRA of ITU-T I.371): all that a bucket has
 * to remember is until when its admissions are paid for, one number. A full bucket is one that is
 * paid for until some time in the past, so a clock that jumps ahead fills it and no more.
 */
class RateGate
{
public:
    /** How late timers and a busy event loop may be without a loss to the rate. */
    static constexpr qint64 LatenessUs = 5'000;

    RateGate() = default;
    explicit RateGate(const RateLimit &limit);

    bool isOn() const { return m_intervalUs > 0; }
    /** The earliest time of the next admission. */
    qint64 readyUs(double paidUntilUs) const;
    bool isReady(double paidUntilUs, qint64 nowUs) const
    {
        return !isOn() || readyUs(paidUntilUs) <= nowUs;
    }
    /**
     * The new `paidUntilUs` after one admission at \a nowUs. One that has \a waited for this gate
     * comes when a timer fires, which is late, and counts as of when it was due, within LatenessUs:
     * else a thousand a second would be two thirds of that. Since the waiting began there are never
     * more than burst and rate allow; in other windows, at most what LatenessUs is worth.
     */
    double charge(double paidUntilUs, qint64 nowUs, bool waited = false) const;
    /** \a paidUntilUs of \a before, restated for this gate: the tokens stay, up to the burst. */
    double carriedOver(double paidUntilUs, qint64 nowUs, const RateGate &before) const;

private:
    double m_intervalUs = 0; ///< Between two admissions; 0 = off.
    double m_burst = 1;
};

} // namespace Sluice
