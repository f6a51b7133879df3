// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/expressioncontext.h"

#include "core/check/responseobjects.h"
#include "core/check/scriptnumbers.h"
#include "core/check/watchdog.h"

#include <QJSEngine>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

const QSet<QString> &keywords()
{
    static const QSet<QString> words = [] {
        const QString text =
            u"break case catch class const continue debugger default delete do else export extends "
            "false finally for function if import in instanceof new null return super switch this "
            "throw true try typeof var void while with undefined let static yield arguments of"_s;
        const QStringList list = text.split(u' ');
        return QSet<QString>(list.begin(), list.end());
    }();
    return words;
}

/** The first name of each dotted identifier in \a expression, keywords left out. */
QStringList identifiers(const QString &expression)
{
    static const QRegularExpression dotted(u"[\\w.$]+"_s);
    static const QRegularExpression start(u"^[A-Za-z$_]"_s);
    QStringList names;
    for (auto it = dotted.globalMatch(expression); it.hasNext();) {
        const QString name = it.next().captured().section(u'.', 0, 0);
        if (start.match(name).hasMatch() && !keywords().contains(name) && !names.contains(name))
            names.append(name);
    }
    return names;
}

bool isQuoted(const QString &text, QChar quote)
{
    return text.size() >= 2 && text.startsWith(quote) && text.endsWith(quote);
}

} // namespace

ExpressionContext::ExpressionContext(std::chrono::milliseconds limit) : m_limit(limit) {}
ExpressionContext::~ExpressionContext() = default;

void ExpressionContext::setResponse(const Response &response, VariableLookup lookup)
{
    m_source = &response;
    m_lookup = std::move(lookup);
    m_response = QJSValue();
    m_exact = QJSValue();
}

void ExpressionContext::setVariables(VariableLookup lookup)
{
    m_source = nullptr;
    m_lookup = std::move(lookup);
}

std::optional<VariableValue> ExpressionContext::variable(const QString &expression) const
{
    const bool isName = identifiers(expression) == QStringList{expression};
    return isName && m_lookup ? m_lookup(expression) : std::nullopt;
}

Result<QJSValue> ExpressionContext::evaluate(const QString &expression)
{
    if (!m_source)
        return run(expression);
    // The two that most assertions ask for need no JavaScript.
    if (expression == "res.status"_L1)
        return QJSValue(m_source->status);
    if (expression == "res.responseTime"_L1)
        return QJSValue(scriptMilliseconds(*m_source));
    return run(expression);
}

Result<QJSValue> ExpressionContext::literal(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return QJSValue(text);
    if (trimmed == "true"_L1 || trimmed == "false"_L1)
        return QJSValue(trimmed == "true"_L1);
    if (trimmed == "null"_L1)
        return QJSValue(QJSValue::NullValue);
    if (trimmed == "undefined"_L1)
        return QJSValue();
    if (isQuoted(trimmed, u'"') || isQuoted(trimmed, u'\''))
        return QJSValue(trimmed.sliced(1, trimmed.size() - 2));
    if (const std::optional<double> number = scriptNumber(trimmed))
        return *number > double(MaxSafeInteger) ? QJSValue(trimmed) : QJSValue(*number);
    if (!trimmed.contains(u'`') && !trimmed.contains(u'\\') && !trimmed.contains("${"_L1))
        return QJSValue(trimmed);
    return run(u'`' + trimmed + u'`');
}

QString ExpressionContext::exactInteger(const QString &expression)
{
    // Only a path says for certain that the value comes from the body untouched.
    static const QRegularExpression path(u"^res(\\.body\\b|\\().*$"_s);
    if (!m_source || !path.match(expression).hasMatch())
        return {};
    if (m_exact.isUndefined()) {
        const std::optional<QString> text = withExactIntegers(scriptText(*m_source));
        m_exact = text ? responseObject(*text) : QJSValue(QJSValue::NullValue);
    }
    if (m_exact.isNull())
        return {};
    m_isExact = true;
    const Result<QJSValue> value = run(expression);
    m_isExact = false;
    const QString digits = value && value->isString() ? value->toString() : QString();
    return isLargeInteger(digits) ? digits : QString();
}

QJSValue ExpressionContext::array(const std::vector<QJSValue> &values)
{
    QJSValue result = engine().newArray(quint32(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i)
        result.setProperty(quint32(i), values[i]);
    return result;
}

Result<QJSValue> ExpressionContext::pattern(const QString &text)
{
    const QJSValue result =
        engine().globalObject().property(u"RegExp"_s).callAsConstructor({QJSValue(text)});
    if (result.isError())
        return failure(ErrorCode::Parse, result.toString());
    return result;
}

QString ExpressionContext::toText(const QJSValue &value)
{
    if (!value.isObject())
        return value.toString();
    engine();
    return m_stringify.call({value}).toString();
}

VariableValue ExpressionContext::toVariable(const QJSValue &value)
{
    ValueType type = ValueType::Text;
    if (value.isNumber())
        type = ValueType::Number;
    else if (value.isBool())
        type = ValueType::Boolean;
    else if (value.isNull())
        type = ValueType::Null;
    else if (value.isObject() && !value.isCallable())
        type = ValueType::Object;
    return {toText(value), type};
}

QJSValue ExpressionContext::toScript(const VariableValue &value)
{
    switch (value.type) {
    case ValueType::Text:
        break;
    case ValueType::Number:
        if (const std::optional<double> number = scriptNumber(value.text.trimmed()))
            return *number;
        break;
    case ValueType::Boolean:
        if (value.text == "true"_L1 || value.text == "false"_L1)
            return value.text == "true"_L1;
        break;
    case ValueType::Null:
        return QJSValue::NullValue;
    case ValueType::Object:
        if (const QJSValue object = m_parse.call({value.text});
            object.isObject() && !object.isError())
            return object;
        break;
    }
    return value.text;
}

/** A plain object, as which Bruno's sandbox hands errors out. */
QJSValue ExpressionContext::errorObject(const QJSValue &error)
{
    QJSValue object = engine().newObject();
    for (const QString &name : {u"name"_s, u"message"_s, u"stack"_s})
        object.setProperty(name, error.property(name));
    m_thrown = error.toString();
    return object;
}

QJSEngine &ExpressionContext::engine()
{
    if (!m_engine) {
        m_engine = std::make_unique<QJSEngine>();
        m_watchdog = std::make_unique<Watchdog>(*m_engine);
        m_responses = std::make_unique<ResponseObjects>(*m_engine);
        m_stringify = m_engine->evaluate(u"JSON.stringify"_s);
        m_parse = m_engine->evaluate(u"JSON.parse"_s);
    }
    return *m_engine;
}

QJSValue ExpressionContext::compile(const QString &expression, const QStringList &names)
{
    // Only what is defined becomes a local: an unknown name is an error, as it is for Bruno.
    const QString code = u"(function (context$) { let { %1 } = context$; return %2\n})"_s.arg(
        names.join(", "_L1), expression);
    const auto known = m_compiled.constFind(code);
    if (known != m_compiled.constEnd())
        return *known;
    return *m_compiled.insert(code, engine().evaluate(code));
}

Result<QJSValue> ExpressionContext::run(const QString &expression)
{
    m_thrown.clear();
    QJSValue context = engine().newObject();
    QStringList names;
    const QStringList mentioned = identifiers(expression);
    for (const QString &name : mentioned) {
        const std::optional<VariableValue> value = m_lookup ? m_lookup(name) : std::nullopt;
        const bool isResponse = m_source && name == "res"_L1;
        if (!isResponse && !value)
            continue;
        context.setProperty(name, isResponse ? response() : toScript(*value));
        names.append(name);
    }
    const QJSValue function = compile(expression, names);
    if (!function.isCallable())
        return errorObject(function);
    m_watchdog->begin(m_limit);
    const QJSValue value = function.call({context});
    if (m_watchdog->end()) {
        return failure(
            ErrorCode::Parse,
            u"'%1' ran longer than %2 ms and was stopped"_s.arg(expression).arg(m_limit.count()));
    }
    return value.isError() ? errorObject(value) : value;
}

QJSValue ExpressionContext::responseObject(const QString &text)
{
    engine();
    return m_responses->make(*m_source, text);
}

QJSValue ExpressionContext::response()
{
    if (m_isExact)
        return m_exact;
    if (m_response.isUndefined())
        m_response = responseObject(scriptText(*m_source));
    return m_response;
}

} // namespace Sluice
