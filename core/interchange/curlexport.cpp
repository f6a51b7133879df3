// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/loadcall.h"
#include "core/interchange/loadnotes.h"
#include "core/interchange/requestexports.h"
#include "core/run/requestbuilder.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** \a parts for a POSIX shell: what the environment knows in double quotes, the rest in single. */
QString shellText(const ScriptText &parts, const LoadPlan &plan)
{
    QString plain;
    QString result;
    const auto flush = [&] {
        if (!plain.isEmpty())
            result += u'\'' + plain.replace(u'\'', u"'\\''"_s) + u'\'';
        plain.clear();
    };
    for (const TextPart &part : parts) {
        if (part.kind == TextPart::Kind::Literal) {
            plain += part.text;
        } else if (const auto variable = plan.environment.constFind(part.text);
                   part.kind == TextPart::Kind::Variable
                   && variable != plan.environment.constEnd()) {
            flush();
            result += u"\"${%1}\""_s.arg(*variable);
        } else {
            const QString value = plainText({part}, plan.constants);
            plain += part.isEscaped ? QString::fromLatin1(QUrl::toPercentEncoding(value)) : value;
        }
    }
    flush();
    return result.isEmpty() ? u"''"_s : result;
}

class CurlWriter
{
public:
    CurlWriter(const LoadPlan &plan, const SendOptions &options) : m_plan(plan), m_options(options)
    {
    }

    QString write(const LoadCall &call)
    {
        m_arguments = {u"curl"_s};
        const bool hasBody = call.body != BodySpec::Kind::None;
        if (call.method == "HEAD"_L1)
            m_arguments += u"--head"_s;
        else if (call.method != (hasBody ? "POST"_L1 : "GET"_L1))
            m_arguments += u"--request "_s + call.method;
        m_arguments += text(call.url);
        for (const LoadField &header : call.headers) {
            if (call.body == BodySpec::Kind::FormUrlEncoded && isFormType(header))
                continue; // curl says so itself
            ScriptText line = header.name;
            const bool isEmpty = header.value.empty();
            line.push_back({TextPart::Kind::Literal, isEmpty ? u";"_s : u": "_s});
            std::ranges::copy(header.value, std::back_inserter(line));
            m_arguments += u"--header "_s + text(line);
        }
        addBody(call);
        if (call.basicAuth) {
            ScriptText user = call.basicAuth->first;
            user.push_back({TextPart::Kind::Literal, u":"_s});
            std::ranges::copy(call.basicAuth->second, std::back_inserter(user));
            m_arguments += u"--user "_s + text(user);
        }
        addConnection(call);
        return m_arguments.join(u" \\\n  "_s);
    }

private:
    QString text(const ScriptText &parts) const { return shellText(parts, m_plan); }

    static bool isFormType(const LoadField &header)
    {
        return plainText(header.name, {}).compare("content-type"_L1, Qt::CaseInsensitive) == 0
               && plainText(header.value, {}) == "application/x-www-form-urlencoded"_L1;
    }

    void addBody(const LoadCall &call)
    {
        switch (call.body) {
        case BodySpec::Kind::None:
            break;
        case BodySpec::Kind::FormUrlEncoded:
            for (const LoadField &field : call.fields) {
                ScriptText pair = field.name;
                pair.push_back({TextPart::Kind::Literal, u"="_s});
                std::ranges::copy(field.value, std::back_inserter(pair));
                m_arguments += u"--data-urlencode "_s + text(pair);
            }
            break;
        case BodySpec::Kind::Multipart:
            for (const LoadField &field : call.fields)
                addPart(field);
            break;
        case BodySpec::Kind::File: {
            ScriptText file{{TextPart::Kind::Literal, u"@"_s}};
            std::ranges::copy(call.text, std::back_inserter(file));
            m_arguments += u"--data-binary "_s + text(file);
            break;
        }
        case BodySpec::Kind::GraphQl:
            m_arguments += u"--data-raw "_s + text(graphQlBody(call));
            break;
        default:
            m_arguments += u"--data-raw "_s + text(call.text);
        }
    }

    void addPart(const LoadField &field)
    {
        ScriptText part = field.name;
        part.push_back({TextPart::Kind::Literal, field.isFile ? u"=@"_s : u"="_s});
        std::ranges::copy(field.value, std::back_inserter(part));
        if (field.isFile && !field.contentType.empty()) {
            part.push_back({TextPart::Kind::Literal, u";type="_s});
            std::ranges::copy(field.contentType, std::back_inserter(part));
        }
        m_arguments += (field.isFile ? u"--form "_s : u"--form-string "_s) + text(part);
    }

    void addConnection(const LoadCall &call)
    {
        const ConnectionProfile &profile = m_options.profile;
        if (call.maxRedirects > 0)
            m_arguments += u"--location --max-redirs %1"_s.arg(call.maxRedirects);
        if (!call.verifyTls || !profile.verifyTls)
            m_arguments += u"--insecure"_s;
        if (m_options.totalTimeoutUs)
            m_arguments += u"--max-time %1"_s.arg(double(*m_options.totalTimeoutUs) / 1e6);
        for (const QString &address : m_options.resolve)
            m_arguments += u"--resolve "_s + literal(address);
        const std::pair<const char *, QString> files[] = {{"--cacert ", profile.caFile},
                                                          {"--cert ", profile.certFile},
                                                          {"--key ", profile.keyFile}};
        for (const auto &[option, file] : files) {
            if (!file.isEmpty())
                m_arguments += QLatin1StringView(option) + literal(file);
        }
    }

    QString literal(const QString &value) const { return text({{TextPart::Kind::Literal, value}}); }

    const LoadPlan &m_plan;
    const SendOptions &m_options;
    QStringList m_arguments;
};

} // namespace

ScriptText graphQlBody(const LoadCall &call)
{
    // The query is one JSON string; its variables are JSON already.
    ScriptText body{{TextPart::Kind::Literal, u"{\"query\":\""_s}};
    for (TextPart part : call.text) {
        if (part.kind == TextPart::Kind::Literal) {
            part.text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
            part.text.replace(u'\n', u"\\n"_s).replace(u'\t', u"\\t"_s).remove(u'\r');
        }
        body.push_back(part);
    }
    const bool hasVariables = !plainText(call.variables, {}).isEmpty();
    body.push_back({TextPart::Kind::Literal, hasVariables ? u"\",\"variables\":"_s : u"\"}"_s});
    if (hasVariables) {
        std::ranges::copy(call.variables, std::back_inserter(body));
        body.push_back({TextPart::Kind::Literal, u"}"_s});
    }
    return body;
}

Result<Exported> exportCurl(const ExportJob &job)
{
    const Result<LoadPlan> plan = requestPlan(job);
    if (!plan)
        return std::unexpected(plan.error());
    QString text = u"#!/bin/sh\n"_s;
    CurlWriter writer(*plan, job.plan.options);
    for (const LoadCall &call : plan->calls)
        text += u"\n# %1\n%2\n"_s.arg(call.name.simplified(), writer.write(call));
    QStringList notes = plan->notes;
    for (const LoadCall &call : plan->calls) {
        if (!call.captures.empty() || !call.assertions.empty())
            notes += u"'%1': its checks and captures are left out."_s.arg(call.name);
    }
    return Exported{text.toUtf8(), notes};
}

} // namespace Sluice
