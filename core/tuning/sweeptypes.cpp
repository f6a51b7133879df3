// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/sweeptypes.h"

namespace Sluice {

bool isHarmful(SweepStop why)
{
    return why == SweepStop::Rejections || why == SweepStop::Errors || why == SweepStop::Timeouts;
}

std::vector<int> sweepLadder(int max)
{
    std::vector<int> ladder;
    for (int rung : {1, 2, 4, 6}) {
        if (rung < max)
            ladder.push_back(rung);
    }
    for (int rung = 8; rung < max; rung *= 2) {
        ladder.push_back(rung);
        if (rung + rung / 2 < max)
            ladder.push_back(rung + rung / 2);
    }
    ladder.push_back(max);
    return ladder;
}

} // namespace Sluice
