// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checkresult.h"
#include "core/check/expressioncontext.h"
#include "core/check/operators.h"

namespace Sluice {

/**
 * Judges the assertions of a request and reads its captures, over one response at a time. Gives
 * the verdicts that `bru run` gives on the same file. One thread.
 */
class Checker
{
public:
    Checker() = default;
    /** A script that runs longer than \a limit is stopped; the default is five seconds. */
    explicit Checker(std::chrono::milliseconds limit) : m_context(limit) {}

    /** The response that the next calls are about; it must outlive them. */
    void setResponse(const Response &response, ExpressionContext::Lookup lookup = {});

    /** \a assertion's value has its `{{variables}}` expanded. */
    CheckResult check(const AssertionSpec &assertion);
    /** The text that \a capture sets its variable to. */
    Result<QString> capture(const CaptureSpec &capture);

private:
    Result<QJSValue> operand(const Operator &op, const QString &text);
    Result<QJSValue> list(QString text);

    ExpressionContext m_context;
};

} // namespace Sluice
