// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checkresult.h"
#include "core/collection/collection.h"
#include "core/http/response.h"
#include "core/metrics/sample.h"

namespace Sluice {

/** What is known of a finished request beside its Sample; valid during the call only. */
struct RunResult
{
    const RequestInContext &request;
    quint64 iteration;        ///< Counts from 0.
    const Response &response; ///< Its `error` also says why a request was never sent.
    const std::vector<CheckResult> &checks;
    const QStringList &secrets; ///< That its actions set: to be redacted from now on.
};

/** Hears of every request of a run, exactly once each, in the order in which they end. */
class RunObserver
{
public:
    virtual ~RunObserver() = default;
    /** Engine thread. Must be quick: it is called many thousand times a second. */
    virtual void requestFinished(const Sample &sample, const RunResult &result) = 0;
};

} // namespace Sluice
