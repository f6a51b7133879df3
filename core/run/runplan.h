// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checkresult.h"
#include "core/collection/collection.h"
#include "core/http/preparedrequest.h"
#include "core/http/response.h"
#include "core/run/capturedvariables.h"
#include "core/run/datafile.h"

#include <memory>

namespace Sluice {

/** Variables from outside the collection, for a run or a single send. */
struct VariableInputs
{
    EnvironmentSpec environment;      ///< Empty name = none.
    std::vector<NameValue> dotEnv;    ///< The collection's `.env`: `{{process.env.X}}`.
    std::vector<NameValue> overrides; ///< `--env-var`, strongest.
    std::vector<NameValue> secrets;   ///< `--secret`: as overrides, redacted everywhere.
    CapturedVariables captured;       ///< What actions set before.
};

/** Which requests share cookies. */
enum class CookieMode { Shared, PerIteration, Off };

/** How requests are sent, over what files and defaults say; from flags or from the app. */
struct SendOptions
{
    ConnectionProfile profile;
    Timeouts timeouts;
    std::optional<qint64> totalTimeoutUs;   ///< Over what the files say.
    std::optional<HttpVersion> httpVersion; ///< As well; also `Auto` is stronger than a file.
    QStringList resolve;
    std::optional<int> maxRedirects;
    int maxRetries = 0;
    qint64 maxBodyBytes = qint64(256) * 1024 * 1024;
    CookieMode cookies = CookieMode::Shared;
    bool allowOutsideFiles = false; ///< Bodies may name files outside the collection.
};

/** One request that a person sends. */
struct SendJob
{
    RequestInContext request;
    VariableInputs variables;
    SendOptions options;
};

/** What a run does. */
struct RunPlan
{
    enum class Order { Auto, All, Iterations, Sequential };

    QString name;
    QString collectionPath;
    std::vector<RequestInContext> requests;
    std::vector<SkippedItem> skipped; ///< Of kinds that cannot be sent, for the reports.
    VariableInputs variables;
    SendOptions options;
    Order order = Order::Auto;
    std::vector<DataRow> data; ///< One row an iteration, from the first again after the last.
    int iterations = 1;
    qint64 durationUs = 0; ///< Instead of iterations, when not 0.
    qint64 delayUs = 0;    ///< Between the requests of one iteration.
    bool bail = false;     ///< Stop at the first failure.
    int outstanding = 0; ///< Chains alive at a time, as a closed loop; 0 = as many as there may be.
};

/** The order of \a plan, Auto decided: all at once, unless one request needs another's outcome. */
RunPlan::Order resolvedOrder(const RunPlan &plan);

/** The end of a SendJob. */
struct SendResult
{
    Response response;
    std::vector<CheckResult> checks;
    std::vector<CapturedVariable> captured; ///< For the requests that are sent later.
};

/** Where a run is. */
struct RunProgress
{
    QString name;
    bool running = false;
    quint64 planned = 0; ///< 0 = unknown, the run is bounded by time.
    quint64 done = 0;    ///< Ended by themselves, well or not.
    quint64 failed = 0;  ///< Of those: without a whole reply, or with a failed check.
    qint64 elapsedUs = 0;
    qint64 leftUs = -1;   ///< Estimate; -1 = unknown.
    bool stopped = false; ///< Somebody, or the first failure, ended it before its time.
};

} // namespace Sluice
