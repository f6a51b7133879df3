// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/recommendation.h"

namespace Sluice {

/** What a sweep found, in sentences for people; also what a screen reader says of the chart. */
struct Verdict
{
    QString headline; ///< `Use 8 connections to api.example.com (good range 6–10).`
    QString details;  ///< What more or less would cost, where it gets worse, how sure it is.

    QString text() const { return headline + u' ' + details; }
};

Verdict sweepVerdict(const Recommendation &recommendation, const std::vector<SweepLevel> &levels,
                     const QString &host);

/** `high`, `medium`, `low`. */
QString confidenceName(Confidence confidence);
/** Why a sweep ended, for reports, e.g. `3 levels without more throughput`. */
QString sweepStopText(SweepStop stop);

} // namespace Sluice
