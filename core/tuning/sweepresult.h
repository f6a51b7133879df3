// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/verdict.h"

#include <QDateTime>

#include <memory>

namespace Sluice {

/** A sweep that has ended: what was measured, and what it says. */
struct SweepResult
{
    QString host;         ///< For people: `http://127.0.0.1:8107`; of a total sweep, all of them.
    QString request;      ///< What was sent, e.g. `GET List users`.
    QString protocol;     ///< `HTTP/1.1` or `HTTP/2`.
    bool isTotal = false; ///< The total limit was swept, over several hosts.
    QDateTime startedAt;
    qint64 durationUs = 0;
    int sent = 0;
    SweepSettings settings;
    std::vector<SweepLevel> levels; ///< In the order in which they were measured.
    SweepStop stoppedBecause = SweepStop::None;
    Recommendation recommendation;
    Verdict verdict;
};

using SweepResultPtr = std::shared_ptr<const SweepResult>;

} // namespace Sluice
