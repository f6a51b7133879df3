// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/requestreader.h"

#include "core/collection/bodyreader.h"
#include "core/collection/formatnames.h"

#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

std::vector<NameValue> readHeaders(const YamlNode &parent, YamlReader &reader)
{
    std::vector<NameValue> headers;
    for (const YamlNode *item : reader.items(parent, u"headers")) {
        NameValue header = readNameValue(*item, reader);
        header.value = reader.text(*item, u"value");
        headers.push_back(std::move(header));
    }
    return headers;
}

std::vector<Param> readParams(const YamlNode &parent, YamlReader &reader)
{
    std::vector<Param> params;
    for (const YamlNode *item : reader.items(parent, u"params")) {
        Param param;
        static_cast<NameValue &>(param) = readNameValue(*item, reader);
        param.value = reader.text(*item, u"value");
        const QString type = reader.text(*item, u"type", u"query"_s);
        param.isPath = type == "path"_L1;
        if (!param.isPath && type != "query"_L1)
            reader.problem(*item->child(u"type"), u"A parameter's type is query or path"_s);
        params.push_back(std::move(param));
    }
    return params;
}

std::vector<NameValue> readVariables(const YamlNode &parent, YamlReader &reader)
{
    std::vector<NameValue> variables;
    for (const YamlNode *item : reader.items(parent, u"variables")) {
        NameValue variable = readNameValue(*item, reader);
        const VariableValue value = readVariableValue(*item, reader);
        variable.value = value.text;
        variable.type = value.type;
        variables.push_back(std::move(variable));
    }
    return variables;
}

std::vector<AssertionSpec> readAssertions(const YamlNode &runtime, YamlReader &reader)
{
    std::vector<AssertionSpec> assertions;
    for (const YamlNode *item : reader.items(runtime, u"assertions")) {
        AssertionSpec assertion;
        assertion.expression = reader.text(*item, u"expression");
        assertion.op = reader.text(*item, u"operator", u"eq"_s);
        assertion.value = reader.text(*item, u"value");
        assertion.enabled = !reader.boolean(*item, u"disabled").value_or(false);
        assertions.push_back(std::move(assertion));
    }
    return assertions;
}

std::vector<CaptureSpec> readCaptures(const YamlNode &parent, YamlReader &reader)
{
    std::vector<CaptureSpec> captures;
    for (const YamlNode *item : reader.items(parent, u"actions")) {
        const std::optional<CaptureSpec::Phase> phase = capturePhase(*item);
        if (!phase)
            continue;
        CaptureSpec capture;
        capture.phase = *phase;
        if (const YamlNode *selector = reader.mapping(*item, u"selector"))
            capture.expression = reader.text(*selector, u"expression");
        if (const YamlNode *variable = reader.mapping(*item, u"variable")) {
            capture.variable = reader.text(*variable, u"name");
            capture.scope = reader.text(*variable, u"scope", u"runtime"_s);
        }
        capture.enabled = !reader.boolean(*item, u"disabled").value_or(false);
        captures.push_back(std::move(capture));
    }
    return captures;
}

std::vector<ScriptSpec> readScripts(const YamlNode &parent, YamlReader &reader)
{
    std::vector<ScriptSpec> scripts;
    for (const YamlNode *item : reader.items(parent, u"scripts"))
        scripts.push_back({reader.text(*item, u"type"), reader.text(*item, u"code")});
    return scripts;
}

void readAuthParams(const YamlNode &node, const QString &prefix, AuthSpec &auth)
{
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const YamlNode &child = node.children[i];
        const QString name = node.isSequence()  ? u"%1[%2]"_s.arg(prefix).arg(i)
                             : prefix.isEmpty() ? child.key
                                                : prefix + u'.' + child.key;
        if (child.isMapping() || child.isSequence())
            readAuthParams(child, name, auth);
        else if (name != "type"_L1)
            auth.params.insert(name, child.isNull() ? QString() : child.text);
    }
}

AuthSpec readAuth(const YamlNode &parent, YamlReader &reader)
{
    AuthSpec auth;
    const YamlNode *node = parent.child(u"auth");
    if (!node || node->isNull())
        return auth;
    if (node->isScalar()) {
        auth.type = node->text;
        return auth;
    }
    if (!node->isMapping()) {
        reader.problem(*node, u"\"auth\" has to hold keys and values, or be inherit"_s);
        return auth;
    }
    auth.type = reader.text(*node, u"type");
    if (auth.type.isEmpty())
        reader.problem(*node, u"\"auth\" has no type, e.g. type: bearer"_s);
    readAuthParams(*node, {}, auth);
    return auth;
}

RequestSettings readSettings(const YamlNode &node, YamlReader &reader)
{
    constexpr qint64 Most = std::numeric_limits<int>::max();
    RequestSettings settings;
    settings.encodeUrl = reader.boolean(node, u"encodeUrl");
    settings.followRedirects = reader.boolean(node, u"followRedirects");
    settings.forwardAuthorization = reader.boolean(node, u"forwardAuthorizationHeader");
    settings.verifyTls = reader.boolean(node, u"verifyTls");
    if (const auto redirects = reader.integer(node, u"maxRedirects", 0, 1000))
        settings.maxRedirects = int(*redirects);
    settings.timeoutMs = reader.integer(node, u"timeout", 0, Most);
    if (const YamlNode *version = node.child(u"httpVersion")) {
        settings.httpVersion = httpVersionOf(version->text);
        if (!settings.httpVersion)
            reader.problem(*version, u"\"httpVersion\" is auto, 1.1 or 2"_s);
    }
    return settings;
}

void readDetails(const YamlNode &details, RequestSpec &spec, YamlReader &reader)
{
    const bool graphQl = spec.kind == RequestSpec::Kind::GraphQl;
    spec.method = reader.text(details, u"method", graphQl ? u"POST"_s : u"GET"_s);
    spec.url = reader.text(details, u"url");
    spec.params = readParams(details, reader);
    spec.headers = readHeaders(details, reader);
    spec.body = graphQl ? readGraphQlBody(details, reader) : readBody(details, reader);
    spec.auth = readAuth(details, reader);
}

} // namespace

NameValue readNameValue(const YamlNode &item, YamlReader &reader)
{
    NameValue row;
    row.name = reader.text(item, u"name");
    row.description = reader.description(item, u"description");
    row.enabled = !reader.boolean(item, u"disabled").value_or(false);
    return row;
}

ItemKind itemKind(const YamlNode &root)
{
    struct Row
    {
        QStringView type;
        QStringView section;
        ItemKind kind;
    };
    static constexpr std::array<Row, 7> Rows{{
        {u"http", u"http", ItemKind::Http},
        {u"graphql", u"graphql", ItemKind::GraphQl},
        {u"grpc", u"grpc", ItemKind::Grpc},
        {u"websocket", u"websocket", ItemKind::WebSocket},
        {u"script", u"script", ItemKind::Script},
        {u"app", u"code", ItemKind::App},
        {u"folder", u"items", ItemKind::Folder},
    }};
    const YamlNode *type = root.descendant({u"info", u"type"});
    if (!type)
        type = root.child(u"type");
    for (const Row &row : Rows) {
        if (type ? type->text == row.type : root.child(row.section) != nullptr)
            return row.kind;
    }
    return ItemKind::Unknown;
}

ItemKind itemKind(RequestSpec::Kind kind)
{
    switch (kind) {
    case RequestSpec::Kind::Http:
        return ItemKind::Http;
    case RequestSpec::Kind::GraphQl:
        return ItemKind::GraphQl;
    case RequestSpec::Kind::Grpc:
        return ItemKind::Grpc;
    case RequestSpec::Kind::WebSocket:
        return ItemKind::WebSocket;
    case RequestSpec::Kind::Unknown:
        return ItemKind::Unknown;
    }
    Q_UNREACHABLE();
}

QString itemNote(ItemKind kind)
{
    switch (kind) {
    case ItemKind::Grpc:
        return u"gRPC is not supported"_s;
    case ItemKind::WebSocket:
        return u"WebSocket is not supported"_s;
    case ItemKind::Script:
        return u"Script files are not supported"_s;
    case ItemKind::App:
        return u"Apps are not supported"_s;
    case ItemKind::Unknown:
        return u"The type of this item is unknown"_s;
    default:
        return {};
    }
}

VariableValue readVariableValue(const YamlNode &variable, YamlReader &reader)
{
    const YamlNode *value = variable.child(u"value");
    if (value && value->isSequence())
        value = selectedVariant(*value, u"value");
    if (!value || value->isNull())
        return {};
    if (value->isMapping() && value->child(u"data"))
        return {reader.text(*value, u"data"), valueType(reader.text(*value, u"type"))};
    return {reader.scalar(*value), ValueType::Text};
}

RequestSpec readRequestSpec(const YamlNode &root, const QString &fallbackName, YamlReader &reader)
{
    RequestSpec spec;
    spec.name = fallbackName;
    if (!root.isMapping()) {
        reader.problem(root, u"This is not a request: it has no \"info\" section"_s);
        return spec;
    }
    if (const YamlNode *info = reader.mapping(root, u"info")) {
        spec.name = reader.text(*info, u"name", fallbackName);
        spec.seq = reader.number(*info, u"seq").value_or(0);
        if (const YamlNode *tags = reader.sequence(*info, u"tags")) {
            for (const YamlNode &tag : tags->children)
                spec.tags.append(reader.scalar(tag));
        }
    }
    const ItemKind kind = itemKind(root);
    QStringView section = u"http";
    switch (kind) {
    case ItemKind::Http:
        break;
    case ItemKind::GraphQl:
        spec.kind = RequestSpec::Kind::GraphQl;
        section = u"graphql";
        break;
    case ItemKind::Grpc:
        spec.kind = RequestSpec::Kind::Grpc;
        return spec;
    case ItemKind::WebSocket:
        spec.kind = RequestSpec::Kind::WebSocket;
        return spec;
    case ItemKind::Unknown:
        reader.problem(root, u"This is not a request: \"info\" has no type, e.g. type: http"_s);
        [[fallthrough]];
    default:
        spec.kind = RequestSpec::Kind::Unknown;
        return spec;
    }
    static const YamlNode Empty;
    const YamlNode *details = reader.mapping(root, section);
    readDetails(details ? *details : Empty, spec, reader);
    if (const YamlNode *runtime = reader.mapping(root, u"runtime")) {
        spec.variables = readVariables(*runtime, reader);
        spec.assertions = readAssertions(*runtime, reader);
        spec.captures = readCaptures(*runtime, reader);
        spec.scripts = readScripts(*runtime, reader);
    }
    if (const YamlNode *settings = reader.mapping(root, u"settings"))
        spec.settings = readSettings(*settings, reader);
    spec.docs = reader.description(root, u"docs");
    return spec;
}

RequestDefaults readRequestDefaults(const YamlNode &root, YamlReader &reader)
{
    RequestDefaults defaults;
    const YamlNode *request = reader.mapping(root, u"request");
    if (!request)
        return defaults;
    defaults.headers = readHeaders(*request, reader);
    defaults.variables = readVariables(*request, reader);
    defaults.auth = readAuth(*request, reader);
    defaults.captures = readCaptures(*request, reader);
    defaults.scripts = readScripts(*request, reader);
    if (const YamlNode *settings = reader.mapping(*request, u"settings")) {
        if (const YamlNode *http = reader.mapping(*settings, u"http"))
            defaults.settings = readSettings(*http, reader);
    }
    return defaults;
}

} // namespace Sluice
