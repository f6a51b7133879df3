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
    RateGate() = default;
    explicit RateGate(const RateLimit &limit);

    bool isOn() const { return m_intervalUs > 0; }
    /** The earliest time of the next admission. */
    qint64 readyUs(double paidUntilUs) const;
    bool isReady(double paidUntilUs, qint64 nowUs) const
    {
        return !isOn() || readyUs(paidUntilUs) <= nowUs;
    }
    /** The new `paidUntilUs` after one admission at \a nowUs. */
    double charge(double paidUntilUs, qint64 nowUs) const;
    /** \a paidUntilUs of \a before, restated for this gate: the tokens stay, up to the burst. */
    double carriedOver(double paidUntilUs, qint64 nowUs, const RateGate &before) const;

private:
    double m_intervalUs = 0; ///< Between two admissions; 0 = off.
    double m_burst = 1;
};

} // namespace Sluice
