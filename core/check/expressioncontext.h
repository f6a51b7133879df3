// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/check/variablelookup.h"
#include "core/http/response.h"

#include <QHash>
#include <QJSValue>

#include <chrono>
#include <memory>

class QJSEngine;

namespace Sluice {

class ResponseObjects;
class Watchdog;

/**
 * Evaluates JavaScript expressions over one response at a time: `res.status`, `res.headers`,
 * `res.body`, `res.responseTime` (ms), `res('path')`, and variables by their names; an unknown name
 * is an error. Expressions reach no file, process or network, and are stopped when they run too
 * long. One thread; makes no JavaScript engine before an expression needs it.
 */
class ExpressionContext
{
public:
    /** An expression that runs longer than \a limit is stopped. */
    explicit ExpressionContext(std::chrono::milliseconds limit = std::chrono::seconds(5));
    ~ExpressionContext();

    /** Evaluates over \a response, which must outlive the next calls, and \a lookup. */
    void setResponse(const Response &response, VariableLookup lookup);

    /** Evaluates over \a lookup only: `res` is an unknown name. */
    void setVariables(VariableLookup lookup);
    /** The variable that \a expression is the name of, as it is written; else nothing. */
    std::optional<VariableValue> variable(const QString &expression) const;

    /** An expression that throws has its error object as its value, as in Bruno. */
    Result<QJSValue> evaluate(const QString &expression);
    /**
     * The digits of \a expression's value where it is a whole number of the body that a double
     * cannot hold; empty otherwise.
     */
    QString exactInteger(const QString &expression);
    /**
     * Reads the operand of an assertion as Bruno does: a number, `true`, `false`, `null`,
     * `undefined`, quoted text, else bare text in which `${expression}` is evaluated.
     */
    Result<QJSValue> literal(const QString &text);
    QJSValue array(const std::vector<QJSValue> &values);
    /** A JavaScript RegExp. */
    Result<QJSValue> pattern(const QString &text);
    /** As text for a variable: strings as they are, objects as JSON. */
    QString toText(const QJSValue &value);
    VariableValue toVariable(const QJSValue &value);
    /** Why the last expression has an error object as its value; empty when it has none. */
    const QString &thrown() const { return m_thrown; }

private:
    QJSEngine &engine();
    QJSValue compile(const QString &expression, const QStringList &names);
    Result<QJSValue> run(const QString &expression);
    QJSValue response();
    QJSValue responseObject(const QString &text);
    QJSValue errorObject(const QJSValue &error);
    QJSValue toScript(const VariableValue &value);

    std::chrono::milliseconds m_limit;
    std::unique_ptr<QJSEngine> m_engine;
    std::unique_ptr<Watchdog> m_watchdog;
    QHash<QString, QJSValue> m_compiled; ///< Functions by their code.
    std::unique_ptr<ResponseObjects> m_responses;
    QJSValue m_stringify;
    QJSValue m_parse;
    QString m_thrown;
    QJSValue m_response; ///< Undefined until an expression needs it.
    QJSValue m_exact;    ///< The same with large whole numbers as text; undefined as well.
    bool m_isExact = false;
    const Response *m_source = nullptr; ///< Null = there is none.
    VariableLookup m_lookup;
};

} // namespace Sluice
