// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/check/checkresult.h"
#include "core/check/variablelookup.h"
#include "core/http/response.h"

#include <chrono>
#include <memory>
#include <optional>

namespace Sluice {

class ExpressionContext;
struct Operator;

/**
 * Judges the assertions of a request and reads its captures, over one response at a time. Gives
 * the verdicts that `bru run` gives on the same file; with it, a side that cannot be evaluated is
 * an error object, which differs from everything and is defined. One thread.
 */
class Checker
{
public:
    /** A script that runs longer than \a limit is stopped. */
    explicit Checker(std::chrono::milliseconds limit = std::chrono::seconds(5));
    ~Checker();

    /** The response that the next calls are about; it must outlive them. */
    void setResponse(const Response &response, VariableLookup lookup = {});

    /** The next captures are about no response: `res` is unknown to them. */
    void setVariables(VariableLookup lookup);

    /**
     * \a assertion's value has its `{{variables}}` expanded. Whole numbers that a double cannot
     * hold are compared exactly, by their digits.
     */
    CheckResult check(const AssertionSpec &assertion);
    /**
     * The value that \a capture sets its variable to; large whole numbers with all their digits,
     * those of another variable too.
     */
    Result<VariableValue> capture(const CaptureSpec &capture);

private:
    std::optional<CheckResult> checkExactly(const AssertionSpec &assertion, const Operator &op);

    std::unique_ptr<ExpressionContext> m_context;
};

} // namespace Sluice
