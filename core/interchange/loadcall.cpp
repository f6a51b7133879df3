// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/loadcall.h"

#include "core/auth/authcatalog.h"
#include "core/run/judge.h"
#include "core/run/requestbuilder.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Puts one request together; lives for one call of loadCall(). */
class CallBuilder
{
public:
    CallBuilder(const RequestInContext &request, const VariableScopes &scopes, ScriptTexts &texts,
                QStringList &notes)
        : m_request(request), m_spec(request.request), m_scopes(scopes), m_texts(texts),
          m_notes(notes)
    {
    }

    LoadCall build(const SendOptions &options)
    {
        m_call.name = m_request.displayPath.isEmpty() ? m_spec.name : m_request.displayPath;
        m_call.method = m_spec.method.trimmed().toUpper();
        addUrl();
        addHeaders();
        addBody();
        addAuth();
        addSettings(options);
        addChecks();
        return std::move(m_call);
    }

private:
    ScriptText parts(const QString &text) { return m_texts.parts(text, m_scopes); }

    void append(ScriptText &to, const ScriptText &parts)
    {
        for (const TextPart &part : parts) {
            const bool joins = !to.empty() && part.kind == TextPart::Kind::Literal
                               && to.back().kind == TextPart::Kind::Literal;
            if (joins)
                to.back().text += part.text;
            else
                to.push_back(part);
        }
    }
    void append(ScriptText &to, const QString &literal)
    {
        append(to, ScriptText{{TextPart::Kind::Literal, literal}});
    }

    void addUrl()
    {
        const bool encodes = effectiveSettings(m_request).encodeUrl.value_or(true);
        const auto value = [&](const QString &text, const char *keep) {
            return encodes ? m_texts.escapedParts(text, m_scopes, keep) : parts(text);
        };
        const QString url = m_spec.url.section(u'#', 0, 0).trimmed();
        const QString path = url.section(u'?', 0, 0);
        QString query = url.contains(u'?') ? url.section(u'?', 1) : QString();
        bool isFirst = true;
        const QStringList segments = path.split(u'/');
        for (const QString &segment : segments) {
            if (!isFirst)
                append(m_call.url, u"/"_s);
            isFirst = false;
            const auto param = std::ranges::find_if(m_spec.params, [&segment](const Param &p) {
                return p.isPath && p.enabled && segment == u':' + p.name;
            });
            append(m_call.url, param == m_spec.params.end() ? parts(segment)
                                                            : value(param->value, ":@!$&'()*+,;="));
        }
        QStringList given;
        const QStringList pairs = query.split(u'&', Qt::SkipEmptyParts);
        for (const QString &pair : pairs)
            given += pair.section(u'=', 0, 0);
        bool hasQuery = url.contains(u'?');
        if (hasQuery) {
            append(m_call.url, u"?"_s);
            append(m_call.url, parts(query));
        }
        for (const Param &param : m_spec.params) {
            if (param.isPath || !param.enabled || param.name.isEmpty()
                || given.contains(param.name))
                continue;
            append(m_call.url, hasQuery ? u"&"_s : u"?"_s);
            hasQuery = true;
            append(m_call.url, value(param.name, "/?:@!$'()*,;"));
            append(m_call.url, u"="_s);
            append(m_call.url, value(param.value, "/?:@!$'()*,;"));
        }
        const bool hasScheme = !m_call.url.empty()
                               && (m_call.url.front().kind != TextPart::Kind::Literal
                                   || m_call.url.front().text.contains("://"_L1));
        if (!hasScheme)
            m_call.url.insert(m_call.url.begin(), {TextPart::Kind::Literal, u"http://"_s});
    }

    void setHeader(const QString &name, ScriptText value)
    {
        std::erase_if(m_call.headers, [&name](const LoadField &field) {
            return plainText(field.name, {}).compare(name, Qt::CaseInsensitive) == 0;
        });
        m_call.headers.push_back({{{TextPart::Kind::Literal, name}}, std::move(value), {}, false});
    }

    bool hasHeader(const QString &name) const
    {
        return std::ranges::any_of(m_call.headers, [&name](const LoadField &field) {
            return plainText(field.name, {}).compare(name, Qt::CaseInsensitive) == 0;
        });
    }

    void addHeaders()
    {
        const auto add = [this](const std::vector<NameValue> &level) {
            for (const NameValue &row : level) {
                if (row.enabled && !row.name.isEmpty())
                    setHeader(plainText(parts(row.name), m_texts.constants()), parts(row.value));
            }
        };
        for (const RequestDefaults &level : m_request.defaults)
            add(level.headers);
        add(m_spec.headers);
    }

    void addBody()
    {
        const BodySpec &body = m_spec.body;
        m_call.body = body.kind;
        const auto typed = [this](const QString &type) {
            if (!hasHeader(u"Content-Type"_s))
                setHeader(u"Content-Type"_s, {{TextPart::Kind::Literal, type}});
        };
        switch (body.kind) {
        case BodySpec::Kind::None:
        case BodySpec::Kind::Multipart:
        case BodySpec::Kind::File:
            break;
        case BodySpec::Kind::Json:
        case BodySpec::Kind::GraphQl:
            typed(u"application/json"_s);
            break;
        case BodySpec::Kind::Xml:
            typed(u"application/xml"_s);
            break;
        case BodySpec::Kind::Text:
            typed(u"text/plain"_s);
            break;
        case BodySpec::Kind::Sparql:
            typed(u"application/sparql-query"_s);
            break;
        case BodySpec::Kind::FormUrlEncoded:
            typed(u"application/x-www-form-urlencoded"_s);
            break;
        }
        m_call.text = parts(body.kind == BodySpec::Kind::File ? body.filePath : body.text);
        m_call.variables = parts(body.graphQlVariables.trimmed());
        if (body.kind == BodySpec::Kind::File && !body.contentType.isEmpty())
            typed(plainText(parts(body.contentType), m_texts.constants()));
        for (const FormField &field : body.fields) {
            if (!field.enabled)
                continue;
            const QStringList values = field.isFile ? field.value.split(u'\n', Qt::SkipEmptyParts)
                                                    : QStringList{field.value};
            for (const QString &value : values) {
                m_call.fields.push_back(
                    {parts(field.name), parts(value), parts(field.contentType), field.isFile});
            }
        }
    }

    void addAuth()
    {
        const AuthSpec auth = effectiveAuth(m_spec.auth, m_request.defaults);
        const auto param = [&](const QString &name) { return parts(auth.params.value(name)); };
        if (auth.type.isEmpty() || auth.type == "none"_L1)
            return;
        if (auth.type == "basic"_L1) {
            m_call.basicAuth = {param(u"username"_s), param(u"password"_s)};
        } else if (auth.type == "bearer"_L1) {
            ScriptText value{{TextPart::Kind::Literal, u"Bearer "_s}};
            append(value, param(u"token"_s));
            setHeader(u"Authorization"_s, std::move(value));
        } else if (auth.type == "apikey"_L1 && auth.params.value(u"placement"_s) != "query"_L1) {
            setHeader(plainText(param(u"key"_s), m_texts.constants()), param(u"value"_s));
        } else if (auth.type == "apikey"_L1) {
            append(m_call.url, plainText(m_call.url, {}).contains(u'?') ? u"&"_s : u"?"_s);
            append(m_call.url, m_texts.escapedParts(auth.params.value(u"key"_s), m_scopes, ""));
            append(m_call.url, u"="_s);
            append(m_call.url, m_texts.escapedParts(auth.params.value(u"value"_s), m_scopes, ""));
        } else {
            m_notes += u"'%1': %2 authentication is not written; the request goes out without "
                       "it."_s.arg(m_call.name, auth.type);
        }
    }

    void addSettings(const SendOptions &options)
    {
        const RequestSettings settings = effectiveSettings(m_request);
        m_call.verifyTls = settings.verifyTls.value_or(true);
        m_call.maxRedirects = settings.maxRedirects.value_or(m_call.maxRedirects);
        if (settings.followRedirects == false)
            m_call.maxRedirects = 0;
        m_call.maxRedirects = options.maxRedirects.value_or(m_call.maxRedirects);
        if (options.totalTimeoutUs)
            m_call.timeoutMs = *options.totalTimeoutUs / 1000;
        else
            m_call.timeoutMs = settings.timeoutMs.value_or(0);
        if (m_call.timeoutMs == 0)
            m_call.timeoutMs = options.timeouts.totalUs / 1000;
    }

    void addChecks()
    {
        m_call.captures = effectiveCaptures(m_request);
        for (const CaptureSpec &capture : m_call.captures)
            useVariables(capture.expression);
        for (AssertionSpec assertion : m_spec.assertions) {
            if (!assertion.enabled)
                continue;
            if (assertion.op.isEmpty())
                assertion.op = u"eq"_s;
            useVariables(assertion.expression);
            m_call.assertions.emplace_back(assertion, parts(assertion.value));
        }
        if (!effectiveActions(m_request, CaptureSpec::Phase::BeforeRequest).empty())
            m_notes += u"'%1': its actions before the request are left out."_s.arg(m_call.name);
        if (!m_spec.scripts.empty())
            m_notes += u"'%1': its scripts are not run, here as in Sluice."_s.arg(m_call.name);
    }

    void useVariables(const QString &expression)
    {
        for (const QString &name : expressionNames(expression)) {
            if (!m_scopes.find(name) && !m_texts.changing().contains(name))
                continue;
            parts(u"{{%1}}"_s.arg(name));
            m_call.names += name;
        }
    }

    const RequestInContext &m_request;
    const RequestSpec &m_spec;
    const VariableScopes &m_scopes;
    ScriptTexts &m_texts;
    QStringList &m_notes;
    LoadCall m_call;
};

} // namespace

QStringList expressionNames(const QString &expression)
{
    static const QRegularExpression quoted(uR"("[^"]*"|'[^']*')"_s);
    static const QRegularExpression word(uR"((?<![\w.$])[A-Za-z_$][\w$]*)"_s);
    QString bare = expression;
    bare.remove(quoted);
    QStringList names;
    for (auto it = word.globalMatch(bare); it.hasNext();) {
        const QString name = it.next().captured();
        if (name != "res"_L1 && !names.contains(name))
            names += name;
    }
    return names;
}

LoadCall loadCall(const RequestInContext &request, const VariableScopes &scopes,
                  const SendOptions &options, ScriptTexts &texts, QStringList &notes)
{
    return CallBuilder(request, scopes, texts, notes).build(options);
}

} // namespace Sluice
