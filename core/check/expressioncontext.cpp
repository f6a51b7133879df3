// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/expressioncontext.h"

#include "core/check/watchdog.h"

#include <QJSEngine>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr double MaxSafeInteger = 9007199254740991; // Number.MAX_SAFE_INTEGER

/** `res`: a function over paths into the body, with the response's parts as properties. */
constexpr auto MakeResponse = R"js((function (status, reason, headers, text, milliseconds, url) {
    var parsed;
    var isParsed = false;
    function body() {
        if (!isParsed) {
            isParsed = true;
            try { parsed = JSON.parse(text); } catch (error) { parsed = text; }
        }
        return parsed;
    }
    function child(value, key) {
        if (value === null || typeof value !== 'object')
            return undefined;
        if (Array.isArray(value) && !/^\d+$/.test(key))
            return value.map(function (item) { return child(item, key); })
                        .filter(function (item) { return item !== undefined; })
                        .reduce(function (all, item) { return all.concat(item); }, []);
        return value[key];
    }
    function everywhere(value, key) {
        var found = [];
        if (value === null || typeof value !== 'object')
            return found;
        if (!Array.isArray(value) && key in value)
            found = found.concat(value[key]);
        Object.keys(value).forEach(function (name) {
            found = found.concat(everywhere(value[name], key));
        });
        return found;
    }
    function res(path) {
        var value = body();
        var isDeep = false;
        (String(path).match(/\.\.|[^.[\]]+/g) || []).forEach(function (key) {
            if (key === '..') {
                isDeep = true;
                return;
            }
            value = isDeep ? everywhere(value, key) : child(value, key);
            isDeep = false;
        });
        return value;
    }
    res.status = status;
    res.statusText = reason;
    res.headers = headers;
    res.responseTime = milliseconds;
    res.url = url;
    Object.defineProperty(res, 'body', { get: body });
    return res;
}))js"_L1;

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

qint64 milliseconds(qint64 us)
{
    return (us + 500) / 1000;
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
}

Result<QJSValue> ExpressionContext::evaluate(const QString &expression)
{
    // The two that most assertions ask for need no JavaScript.
    if (expression == "res.status"_L1)
        return QJSValue(m_source->status);
    if (expression == "res.responseTime"_L1)
        return QJSValue(double(milliseconds(m_source->timings.onWireUs())));
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
    bool isNumber = false;
    const double number = trimmed.toDouble(&isNumber);
    if (isNumber)
        return number > MaxSafeInteger ? QJSValue(trimmed) : QJSValue(number);
    if (!trimmed.contains(u'`') && !trimmed.contains(u'\\') && !trimmed.contains("${"_L1))
        return QJSValue(trimmed);
    return run(u'`' + trimmed + u'`');
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

QJSEngine &ExpressionContext::engine()
{
    if (!m_engine) {
        m_engine = std::make_unique<QJSEngine>();
        m_watchdog = std::make_unique<Watchdog>(*m_engine);
        m_makeResponse = m_engine->evaluate(MakeResponse);
        m_stringify = m_engine->evaluate(u"JSON.stringify"_s);
    }
    return *m_engine;
}

Result<QJSValue> ExpressionContext::compile(const QString &expression, const QStringList &names)
{
    // Only what is defined becomes a local: an unknown name is an error, as it is for Bruno.
    const QString code = u"(function (context$) { let { %1 } = context$; return %2\n})"_s.arg(
        names.join(", "_L1), expression);
    const auto known = m_compiled.constFind(code);
    if (known != m_compiled.constEnd())
        return *known;
    const QJSValue function = engine().evaluate(code);
    if (!function.isCallable()) {
        return failure(ErrorCode::Parse,
                       u"'%1' is not an expression: %2"_s.arg(expression, function.toString()));
    }
    return *m_compiled.insert(code, function);
}

Result<QJSValue> ExpressionContext::run(const QString &expression)
{
    QJSValue context = engine().newObject();
    QStringList names;
    const QStringList mentioned = identifiers(expression);
    for (const QString &name : mentioned) {
        const std::optional<QString> value = m_lookup ? m_lookup(name) : std::nullopt;
        if (name != "res"_L1 && !value)
            continue;
        context.setProperty(name, name == "res"_L1 ? responseObject() : QJSValue(*value));
        names.append(name);
    }
    const Result<QJSValue> function = compile(expression, names);
    if (!function)
        return function;
    m_watchdog->begin(m_limit);
    const QJSValue value = function->call({context});
    if (m_watchdog->end()) {
        return failure(
            ErrorCode::Parse,
            u"'%1' ran longer than %2 ms and was stopped"_s.arg(expression).arg(m_limit.count()));
    }
    if (value.isError())
        return failure(ErrorCode::Parse, u"'%1': %2"_s.arg(expression, value.toString()));
    return value;
}

QJSValue ExpressionContext::responseObject()
{
    if (!m_response.isUndefined())
        return m_response;
    QJSValue headers = engine().newObject();
    std::vector<QJSValue> cookies;
    for (const Header &field : m_source->headers) {
        const QString name = QString::fromLatin1(field.name).toLower();
        const QString value = QString::fromUtf8(field.value);
        if (name == "set-cookie"_L1)
            cookies.emplace_back(value);
        else if (headers.hasProperty(name))
            headers.setProperty(name, headers.property(name).toString() + ", "_L1 + value);
        else
            headers.setProperty(name, value);
    }
    if (!cookies.empty())
        headers.setProperty(u"set-cookie"_s, array(cookies));
    QString text = QString::fromUtf8(m_source->body);
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    m_response =
        m_makeResponse.call({m_source->status, QString::fromLatin1(m_source->reason), headers, text,
                             double(milliseconds(m_source->timings.onWireUs())),
                             m_source->url.toString(QUrl::FullyEncoded)});
    return m_response;
}

} // namespace Sluice
