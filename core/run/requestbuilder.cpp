// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/requestbuilder.h"

#include "core/run/bodybuilder.h"
#include "core/run/urlbuilder.h"

#include <QProcessEnvironment>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** RFC 9110 5.6.2. */
bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView marks = "!#$%&'*+-.^_`|~";
    return !text.isEmpty() && std::ranges::all_of(text, [marks](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
               || marks.contains(c);
    });
}

/** RFC 9110 5.5: a line break would begin another header. */
bool isFieldValue(QByteArrayView text)
{
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/** Every text of \a request in which variables are expanded. */
QStringList templates(const RequestInContext &request)
{
    const RequestSpec &spec = request.request;
    QStringList texts{spec.url, spec.body.text, spec.body.graphQlVariables, spec.body.filePath,
                      spec.body.contentType};
    const auto addRow = [&texts](const NameValue &row) {
        if (row.enabled)
            texts << row.name << row.value;
    };
    std::ranges::for_each(spec.params, addRow);
    std::ranges::for_each(spec.headers, addRow);
    std::ranges::for_each(spec.body.fields, addRow);
    for (const RequestDefaults &level : request.defaults)
        std::ranges::for_each(level.headers, addRow);
    texts << effectiveAuth(spec.auth, request.defaults).params.values();
    return texts;
}

Expand expandIn(const TemplateExpander &expander, const QString &where)
{
    return [&expander, where](const QString &text) { return expander.expand(text, where); };
}

} // namespace

RequestSettings effectiveSettings(const RequestInContext &request)
{
    RequestSettings result;
    const auto overlay = [&result](const RequestSettings &level) {
        const auto take = [](auto &target, const auto &source) {
            if (source)
                target = source;
        };
        take(result.encodeUrl, level.encodeUrl);
        take(result.followRedirects, level.followRedirects);
        take(result.maxRedirects, level.maxRedirects);
        take(result.timeoutMs, level.timeoutMs);
        take(result.verifyTls, level.verifyTls);
        take(result.httpVersion, level.httpVersion);
    };
    for (const RequestDefaults &level : request.defaults)
        overlay(level.settings);
    overlay(request.request.settings);
    return result;
}

RequestBuilder::RequestBuilder(VariableInputs variables, SendOptions options)
    : m_options(std::move(options)), m_captured(std::move(variables.captured))
{
    const QProcessEnvironment process = QProcessEnvironment::systemEnvironment();
    const QStringList names = process.keys();
    for (const QString &name : names)
        m_outer.set(VariableScope::Process, name, process.value(name));
    m_outer.add(VariableScope::Process, variables.dotEnv);
    for (const EnvironmentVariable &variable : variables.environment.variables) {
        if (!variable.enabled)
            continue;
        if (variable.secret && variable.value.isEmpty())
            m_outer.declareSecret(VariableScope::Environment, variable.name);
        else
            m_outer.set(VariableScope::Environment, variable.name, variable.value, variable.secret,
                        variable.type);
    }
    m_outer.add(VariableScope::Runtime, variables.overrides);
    for (const NameValue &secret : variables.secrets)
        m_outer.set(VariableScope::Runtime, secret.name, secret.value, true);
}

VariableScopes RequestBuilder::scopesOf(const RequestInContext &request) const
{
    VariableScopes scopes = m_outer;
    VariableScope scope = VariableScope::Collection;
    for (const RequestDefaults &level : request.defaults) {
        scopes.add(scope, level.variables);
        scope = VariableScope::Folder;
    }
    scopes.add(VariableScope::Request, request.request.variables);
    m_captured.addTo(scopes, request);
    return scopes;
}

Result<PreparedRequest> RequestBuilder::build(const RequestInContext &request,
                                              const VariableScopes &scopes)
{
    const RequestSpec &spec = request.request;
    if (spec.kind != RequestSpec::Kind::Http && spec.kind != RequestSpec::Kind::GraphQl) {
        return failure(ErrorCode::Unsupported,
                       u"'%1' is of a kind that cannot be sent."_s.arg(spec.name));
    }
    const TemplateExpander expander(scopes, m_dynamic);
    const RequestSettings settings = effectiveSettings(request);
    PreparedRequest prepared;
    prepared.method = spec.method.trimmed().toUpper().toUtf8();
    if (!isToken(prepared.method))
        return failure(ErrorCode::Usage, u"'%1' is not a method."_s.arg(spec.method));
    Result<QUrl> url =
        buildUrl(spec, settings.encodeUrl.value_or(true), expandIn(expander, u"the URL"_s));
    if (!url)
        return std::unexpected(url.error());
    prepared.url = std::move(*url);
    applyOptions(prepared, settings);
    Result<> result = addHeaders(prepared, request, expander);
    if (result)
        result = addBody(prepared, request, expander);
    if (result)
        result = sign(prepared, request, expander);
    if (!result)
        return std::unexpected(result.error());
    return prepared;
}

bool RequestBuilder::varies(const RequestInContext &request, const VariableScopes &scopes,
                            const QSet<QString> &changing) const
{
    QSet<QString> seen;
    QStringList pending = templates(request);
    while (!pending.isEmpty()) {
        const QString text = pending.takeLast();
        for (const Placeholder &placeholder : findPlaceholders(text)) {
            const QString &name = placeholder.name;
            if (name.startsWith(u'$') || changing.contains(name))
                return true;
            if (seen.contains(name))
                continue;
            seen.insert(name);
            if (const std::optional<Variable> variable = scopes.find(name))
                pending.append(variable->value);
        }
    }
    return false;
}

QStringList RequestBuilder::missingSecrets(const RequestInContext &request) const
{
    const VariableScopes scopes = scopesOf(request);
    QStringList missing;
    QSet<QString> seen;
    QStringList pending = templates(request);
    while (!pending.isEmpty()) {
        const QString text = pending.takeLast();
        for (const Placeholder &placeholder : findPlaceholders(text)) {
            const QString &name = placeholder.name;
            if (seen.contains(name))
                continue;
            seen.insert(name);
            const std::optional<Variable> variable = scopes.find(name);
            if (variable && variable->secret && !variable->hasValue)
                missing << name;
            else if (variable)
                pending.append(variable->value);
        }
    }
    return missing;
}

Result<> RequestBuilder::addHeaders(PreparedRequest &prepared, const RequestInContext &request,
                                    const TemplateExpander &expander)
{
    std::vector<const std::vector<NameValue> *> levels;
    for (const RequestDefaults &level : request.defaults)
        levels.push_back(&level.headers);
    levels.push_back(&request.request.headers);
    for (const std::vector<NameValue> *level : levels) {
        HeaderList own;
        for (const NameValue &row : *level) {
            if (!row.enabled || row.name.isEmpty())
                continue;
            const Result<QString> name = expander.expand(row.name, u"a header's name"_s);
            const Result<QString> value =
                name ? expander.expand(row.value, u"the header %1"_s.arg(*name)) : name;
            if (!value)
                return std::unexpected(value.error());
            const QByteArray field = name->trimmed().toUtf8();
            if (!isToken(field))
                return failure(ErrorCode::Usage, u"'%1' is not a header name."_s.arg(*name));
            if (!isFieldValue(value->toUtf8())) {
                return failure(ErrorCode::Usage,
                               u"The header %1 contains a line break."_s.arg(*name));
            }
            own.append(field, value->trimmed().toUtf8());
        }
        // An inner level replaces what outer ones say; repeats within one level are kept.
        for (const Header &field : own)
            prepared.headers.remove(field.name);
        for (const Header &field : own)
            prepared.headers.append(field.name, field.value);
    }
    return {};
}

Result<> RequestBuilder::addBody(PreparedRequest &prepared, const RequestInContext &request,
                                 const TemplateExpander &expander)
{
    Result<BuiltBody> body =
        buildBody(request.request.body, {request.collectionPath, m_options.allowOutsideFiles},
                  expandIn(expander, u"the body"_s));
    if (!body)
        return std::unexpected(body.error());
    prepared.body = std::move(body->bytes);
    const bool isMultipart = body->contentType.startsWith("multipart/");
    // Only we know the boundary, so a header that does not name it cannot stand.
    const bool isGiven =
        prepared.headers.contains("Content-Type")
        && !(isMultipart && !prepared.headers.value("Content-Type").contains("boundary="));
    if (!body->contentType.isEmpty() && !isGiven)
        prepared.headers.set("Content-Type", body->contentType);
    return {};
}

Result<> RequestBuilder::sign(PreparedRequest &prepared, const RequestInContext &request,
                              const TemplateExpander &expander)
{
    AuthSpec auth = effectiveAuth(request.request.auth, request.defaults);
    for (QString &value : auth.params) {
        Result<QString> expanded = expander.expand(value, u"the authentication"_s);
        if (!expanded)
            return std::unexpected(expanded.error());
        value = std::move(*expanded);
    }
    // Credentials in the URL are what Basic was made for; they never go out as part of it.
    if (!prepared.url.userInfo().isEmpty()) {
        if (auth.type.isEmpty() && !prepared.headers.contains("Authorization")) {
            auth.type = u"basic"_s;
            auth.params = {{u"username"_s, prepared.url.userName(QUrl::FullyDecoded)},
                           {u"password"_s, prepared.url.password(QUrl::FullyDecoded)}};
        }
        prepared.url.setUserInfo({});
    }
    return m_auth.sign(prepared, auth);
}

void RequestBuilder::applyOptions(PreparedRequest &prepared, const RequestSettings &settings) const
{
    prepared.profile = m_options.profile;
    if (settings.verifyTls == false)
        prepared.profile.verifyTls = false;
    const std::optional<HttpVersion> version =
        m_options.httpVersion ? m_options.httpVersion : settings.httpVersion;
    prepared.profile.httpVersion = version.value_or(HttpVersion::Auto);
    prepared.timeouts = m_options.timeouts;
    if (m_options.totalTimeoutUs)
        prepared.timeouts.totalUs = *m_options.totalTimeoutUs;
    else if (settings.timeoutMs)
        prepared.timeouts.totalUs = *settings.timeoutMs * 1000;
    prepared.resolve = m_options.resolve;
    prepared.maxRedirects = settings.maxRedirects.value_or(prepared.maxRedirects);
    if (settings.followRedirects == false)
        prepared.maxRedirects = 0;
    prepared.maxRedirects = m_options.maxRedirects.value_or(prepared.maxRedirects);
    prepared.maxRetries = m_options.maxRetries;
    prepared.maxBodyBytes = m_options.maxBodyBytes;
    prepared.useCookies = m_options.cookies != CookieMode::Off;
}

} // namespace Sluice
