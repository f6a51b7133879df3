// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/brureader.h"

#include "core/collection/formatnames.h"

#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

std::vector<NameValue> rows(const BruFile &file, QStringView name)
{
    std::vector<NameValue> result;
    if (const BruBlock *block = file.block(name)) {
        for (const BruPair &pair : block->pairs)
            result.push_back({pair.name, pair.value, pair.description, pair.enabled});
    }
    return result;
}

/** With the types of the values, which only variables have. */
std::vector<NameValue> variableRows(const BruFile &file, QStringView name)
{
    std::vector<NameValue> result = rows(file, name);
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i].type = valueType(file.block(name)->pairs[i].type);
    return result;
}

/** `@name` marked a variable that only its own request sees, which is what all of them do now. */
std::vector<NameValue> variables(const BruFile &file)
{
    std::vector<NameValue> result = variableRows(file, u"vars:pre-request");
    for (NameValue &row : result) {
        if (row.name.startsWith(u'@'))
            row.name.remove(0, 1);
    }
    return result;
}

std::vector<CaptureSpec> captures(const BruFile &file)
{
    std::vector<CaptureSpec> result;
    for (const NameValue &row : rows(file, u"vars:post-response")) {
        CaptureSpec capture;
        const bool isLocal = row.name.startsWith(u'@');
        capture.variable = isLocal ? row.name.sliced(1) : row.name;
        capture.scope = isLocal ? u"request"_s : u"runtime"_s;
        capture.expression = row.value;
        capture.enabled = row.enabled;
        result.push_back(std::move(capture));
    }
    return result;
}

/** `expression: operator value`; a value without an operator is to be equal. */
std::vector<AssertionSpec> assertions(const BruFile &file)
{
    std::vector<AssertionSpec> result;
    for (const NameValue &row : rows(file, u"assert")) {
        AssertionSpec assertion{row.name, u"eq"_s, row.value, row.enabled};
        const QString word = row.value.section(u' ', 0, 0);
        if (assertionOperators().contains(word)) {
            assertion.op = word;
            assertion.value = row.value.sliced(word.size()).trimmed();
        }
        result.push_back(std::move(assertion));
    }
    return result;
}

std::vector<ScriptSpec> scripts(const BruFile &file)
{
    struct Row
    {
        QStringView block;
        QLatin1StringView type;
    };
    static constexpr Row Rows[]{{u"script:pre-request", "before-request"_L1},
                                {u"script:post-response", "after-response"_L1},
                                {u"tests", "tests"_L1}};
    std::vector<ScriptSpec> result;
    for (const Row &row : Rows) {
        const BruBlock *block = file.block(row.block);
        if (block && !block->text.trimmed().isEmpty())
            result.push_back({row.type, block->text.trimmed()});
    }
    return result;
}

RequestSettings settings(const BruFile &file)
{
    RequestSettings result;
    const BruBlock *block = file.block(u"settings");
    if (!block)
        return result;
    const auto boolean = [block](QStringView name) -> std::optional<bool> {
        const QString value = block->value(name);
        return value.isEmpty() ? std::nullopt : std::optional(value == "true"_L1);
    };
    const auto number = [block](QStringView name) -> std::optional<int> {
        bool isNumber = false;
        const int value = block->value(name).toInt(&isNumber);
        return isNumber && value >= 0 ? std::optional(value) : std::nullopt;
    };
    result.encodeUrl = boolean(u"encodeUrl");
    result.followRedirects = boolean(u"followRedirects");
    result.forwardAuthorization = boolean(u"forwardAuthorizationHeader");
    result.maxRedirects = number(u"maxRedirects");
    if (const std::optional<int> timeout = number(u"timeout"))
        result.timeoutMs = *timeout;
    return result;
}

/** Takes ` @contentType(…)` off the end of \a value. */
QString takeContentType(QString &value)
{
    static const QRegularExpression note(u"^(.*?)\\s*@contentType\\((.*?)\\)\\s*$"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = note.match(value);
    if (!match.hasMatch())
        return {};
    value = match.captured(1);
    return match.captured(2);
}

/** The paths of `@file(a|b)`, or nothing for a plain value. */
std::optional<QStringList> filePaths(const QString &value)
{
    if (!value.startsWith("@file("_L1) || !value.endsWith(u')'))
        return {};
    return value.sliced(6, value.size() - 7).split(u'|', Qt::SkipEmptyParts);
}

void readFields(BodySpec &body, const BruFile &file, QStringView block)
{
    for (const NameValue &row : rows(file, block)) {
        FormField field;
        static_cast<NameValue &>(field) = row;
        if (body.kind == BodySpec::Kind::Multipart) {
            field.contentType = takeContentType(field.value);
            if (const auto paths = filePaths(field.value)) {
                field.isFile = true;
                field.value = paths->join(u'\n');
            }
        }
        body.fields.push_back(std::move(field));
    }
}

void readFileBody(BodySpec &body, const BruFile &file)
{
    for (NameValue &row : rows(file, u"body:file")) {
        const QString contentType = takeContentType(row.value);
        const auto paths = filePaths(row.value);
        if (!row.enabled || !paths)
            continue;
        body.filePath = paths->join(u'|');
        body.contentType = contentType;
        return;
    }
}

QString textOf(const BruFile &file, QStringView name)
{
    const BruBlock *block = file.block(name);
    return block ? block->text : QString();
}

BodySpec readBody(const BruFile &file, const QString &mode)
{
    BodySpec body;
    if (mode == "json"_L1) {
        body.kind = BodySpec::Kind::Json;
        body.text = textOf(file, file.block(u"body:json") ? u"body:json" : u"body");
    } else if (mode == "text"_L1) {
        body.kind = BodySpec::Kind::Text;
        body.text = textOf(file, u"body:text");
    } else if (mode == "xml"_L1) {
        body.kind = BodySpec::Kind::Xml;
        body.text = textOf(file, u"body:xml");
    } else if (mode == "sparql"_L1) {
        body.kind = BodySpec::Kind::Sparql;
        body.text = textOf(file, u"body:sparql");
    } else if (mode == "graphql"_L1) {
        body.kind = BodySpec::Kind::GraphQl;
        body.text = textOf(file, u"body:graphql");
        body.graphQlVariables = textOf(file, u"body:graphql:vars");
    } else if (mode == "formUrlEncoded"_L1 || mode == "form-urlencoded"_L1) {
        body.kind = BodySpec::Kind::FormUrlEncoded;
        readFields(body, file, u"body:form-urlencoded");
    } else if (mode == "multipartForm"_L1 || mode == "multipart-form"_L1) {
        body.kind = BodySpec::Kind::Multipart;
        readFields(body, file, u"body:multipart-form");
    } else if (mode == "file"_L1) {
        body.kind = BodySpec::Kind::File;
        readFileBody(body, file);
    }
    return body;
}

/** The block that names the method and the URL: `get`, `post`, …, or `http` with a method in it. */
const BruBlock *methodBlock(const BruFile &file)
{
    static const QStringList names{u"get"_s,     u"post"_s, u"put"_s,     u"delete"_s, u"patch"_s,
                                   u"options"_s, u"head"_s, u"connect"_s, u"trace"_s,  u"http"_s};
    for (const BruBlock &block : file.blocks) {
        if (names.contains(block.name))
            return &block;
    }
    return nullptr;
}

RequestSpec::Kind kindOf(const BruFile &file)
{
    const BruBlock *meta = file.block(u"meta");
    const QString type = meta ? meta->value(u"type") : QString();
    if (type == "graphql"_L1)
        return RequestSpec::Kind::GraphQl;
    if (type == "grpc"_L1 || file.block(u"grpc"))
        return RequestSpec::Kind::Grpc;
    if (type == "ws"_L1 || file.block(u"ws"))
        return RequestSpec::Kind::WebSocket;
    return type == "app"_L1 ? RequestSpec::Kind::Unknown : RequestSpec::Kind::Http;
}

void readParams(RequestSpec &spec, const BruFile &file)
{
    const QStringView query = file.block(u"params:query") ? u"params:query" : u"query";
    for (const NameValue &row : rows(file, query))
        spec.params.push_back({row, false});
    for (const NameValue &row : rows(file, u"params:path"))
        spec.params.push_back({row, true});
}

} // namespace

RequestSpec readBruRequest(const BruFile &file, const QString &fallbackName)
{
    RequestSpec spec;
    spec.name = fallbackName;
    spec.kind = kindOf(file);
    if (const BruBlock *meta = file.block(u"meta")) {
        if (const QString name = meta->value(u"name"); !name.isEmpty())
            spec.name = name;
        spec.seq = meta->value(u"seq").toDouble();
        for (const BruPair &pair : meta->pairs) {
            if (pair.name == "tags"_L1)
                spec.tags = pair.items;
        }
    }
    if (spec.kind != RequestSpec::Kind::Http && spec.kind != RequestSpec::Kind::GraphQl)
        return spec;
    if (const BruBlock *method = methodBlock(file)) {
        const QString name = method->name == "http"_L1 ? method->value(u"method") : method->name;
        spec.method = name.toUpper();
        spec.url = method->value(u"url");
        spec.auth = readBruAuth(file, method->value(u"auth"));
        const bool isGraphQl = spec.kind == RequestSpec::Kind::GraphQl;
        spec.body = readBody(file, isGraphQl ? u"graphql"_s : method->value(u"body"));
        // An HTTP request may say so only by its body; a query is lost where the kind is Http.
        if (spec.body.kind == BodySpec::Kind::GraphQl)
            spec.kind = RequestSpec::Kind::GraphQl;
    }
    readParams(spec, file);
    spec.headers = rows(file, u"headers");
    spec.variables = variables(file);
    spec.assertions = assertions(file);
    spec.captures = captures(file);
    spec.scripts = scripts(file);
    spec.settings = settings(file);
    spec.docs = textOf(file, u"docs");
    return spec;
}

FolderSpec readBruFolder(const BruFile &file, const QString &fallbackName)
{
    FolderSpec spec;
    spec.name = fallbackName;
    if (const BruBlock *meta = file.block(u"meta")) {
        if (const QString name = meta->value(u"name"); !name.isEmpty())
            spec.name = name;
        spec.seq = meta->value(u"seq").toDouble();
    }
    const BruBlock *auth = file.block(u"auth");
    spec.defaults.auth = readBruAuth(file, auth ? auth->value(u"mode") : QString());
    spec.defaults.headers = rows(file, u"headers");
    spec.defaults.variables = variables(file);
    spec.defaults.captures = captures(file);
    spec.defaults.scripts = scripts(file);
    spec.docs = textOf(file, u"docs");
    return spec;
}

EnvironmentSpec readBruEnvironment(const BruFile &file, const QString &path)
{
    EnvironmentSpec spec;
    spec.path = path;
    spec.name = QFileInfo(path).completeBaseName();
    for (const NameValue &row : variableRows(file, u"vars"))
        spec.variables.push_back(
            {row.name, row.value, row.enabled, false, row.description, row.type});
    for (const NameValue &row : rows(file, u"vars:secret"))
        spec.variables.push_back({row.name, {}, row.enabled, true, row.description});
    return spec;
}

} // namespace Sluice
