// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/specwriter.h"

#include "core/collection/authwriter.h"
#include "core/collection/formatnames.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

void addText(YamlValue &map, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        map.add(key, YamlValue::string(text));
}

void addContent(YamlValue &map, const QString &key, YamlValue value)
{
    if (!value.children.empty())
        map.add(key, std::move(value));
}

void addRowEnd(YamlValue &row, const QString &description, bool enabled)
{
    addText(row, u"description"_s, description);
    if (!enabled)
        row.add(u"disabled"_s, YamlValue::boolean(true));
}

YamlValue valueOf(const QString &text, ValueType type)
{
    if (type == ValueType::Text)
        return YamlValue::string(text);
    YamlValue value = YamlValue::map();
    value.add(u"type"_s, YamlValue::string(valueTypeName(type)));
    value.add(u"data"_s, YamlValue::string(text));
    return value;
}

YamlValue rows(const std::vector<NameValue> &values)
{
    YamlValue list = YamlValue::list();
    for (const NameValue &value : values) {
        YamlValue row = YamlValue::map();
        row.add(u"name"_s, YamlValue::string(value.name));
        row.add(u"value"_s, valueOf(value.value, value.type));
        addRowEnd(row, value.description, value.enabled);
        list.append(std::move(row));
    }
    return list;
}

YamlValue params(const std::vector<Param> &values)
{
    YamlValue list = YamlValue::list();
    for (const Param &param : values) {
        YamlValue row = YamlValue::map();
        row.add(u"name"_s, YamlValue::string(param.name));
        row.add(u"value"_s, YamlValue::string(param.value));
        row.add(u"type"_s, YamlValue::string(param.isPath ? u"path"_s : u"query"_s));
        addRowEnd(row, param.description, param.enabled);
        list.append(std::move(row));
    }
    return list;
}

YamlValue formFields(const BodySpec &body)
{
    const bool multipart = body.kind == BodySpec::Kind::Multipart;
    YamlValue list = YamlValue::list();
    for (const FormField &field : body.fields) {
        YamlValue row = YamlValue::map();
        row.add(u"name"_s, YamlValue::string(field.name));
        if (multipart)
            row.add(u"type"_s, YamlValue::string(field.isFile ? u"file"_s : u"text"_s));
        if (multipart && field.isFile) {
            YamlValue paths = YamlValue::list();
            for (const QString &path : field.value.split(u'\n', Qt::SkipEmptyParts))
                paths.append(YamlValue::string(path));
            row.add(u"value"_s, std::move(paths));
        } else {
            row.add(u"value"_s, YamlValue::string(field.value));
        }
        addText(row, u"contentType"_s, field.contentType);
        addRowEnd(row, field.description, field.enabled);
        list.append(std::move(row));
    }
    return list;
}

YamlValue body(const BodySpec &spec)
{
    YamlValue map = YamlValue::map();
    if (spec.kind == BodySpec::Kind::GraphQl) {
        map.add(u"query"_s, YamlValue::string(spec.text));
        addText(map, u"variables"_s, spec.graphQlVariables);
        return map;
    }
    if (spec.kind == BodySpec::Kind::None)
        return map;
    map.add(u"type"_s, YamlValue::string(bodyTypeName(spec.kind)));
    switch (spec.kind) {
    case BodySpec::Kind::FormUrlEncoded:
    case BodySpec::Kind::Multipart:
        addContent(map, u"data"_s, formFields(spec));
        break;
    case BodySpec::Kind::File: {
        YamlValue file = YamlValue::map();
        file.add(u"filePath"_s, YamlValue::string(spec.filePath));
        file.add(u"contentType"_s, YamlValue::string(spec.contentType));
        file.add(u"selected"_s, YamlValue::boolean(true));
        YamlValue files = YamlValue::list();
        files.append(std::move(file));
        map.add(u"data"_s, std::move(files));
        break;
    }
    default:
        map.add(u"data"_s, YamlValue::string(spec.text));
        break;
    }
    return map;
}

YamlValue captures(const std::vector<CaptureSpec> &specs)
{
    YamlValue list = YamlValue::list();
    for (const CaptureSpec &spec : specs) {
        YamlValue selector = YamlValue::map();
        selector.add(u"expression"_s, YamlValue::string(spec.expression));
        selector.add(u"method"_s, YamlValue::string(u"jsonq"_s));
        YamlValue variable = YamlValue::map();
        variable.add(u"name"_s, YamlValue::string(spec.variable));
        variable.add(u"scope"_s, YamlValue::string(spec.scope));
        YamlValue row = YamlValue::map();
        row.add(u"type"_s, YamlValue::string(u"set-variable"_s));
        row.add(u"phase"_s, YamlValue::string(capturePhaseName(spec.phase)));
        row.add(u"selector"_s, std::move(selector));
        row.add(u"variable"_s, std::move(variable));
        addRowEnd(row, {}, spec.enabled);
        list.append(std::move(row));
    }
    return list;
}

YamlValue assertions(const std::vector<AssertionSpec> &specs)
{
    YamlValue list = YamlValue::list();
    for (const AssertionSpec &spec : specs) {
        YamlValue row = YamlValue::map();
        row.add(u"expression"_s, YamlValue::string(spec.expression));
        row.add(u"operator"_s, YamlValue::string(spec.op));
        // isNull, isDefined and the like compare with nothing.
        if (!spec.value.isEmpty() || !spec.op.startsWith("is"_L1))
            row.add(u"value"_s, YamlValue::string(spec.value));
        addRowEnd(row, {}, spec.enabled);
        list.append(std::move(row));
    }
    return list;
}

YamlValue scripts(const std::vector<ScriptSpec> &specs)
{
    YamlValue list = YamlValue::list();
    for (const ScriptSpec &spec : specs) {
        YamlValue row = YamlValue::map();
        row.add(u"type"_s, YamlValue::string(spec.type));
        row.add(u"code"_s, YamlValue::string(spec.code));
        list.append(std::move(row));
    }
    return list;
}

YamlValue settings(const RequestSettings &spec)
{
    YamlValue map = YamlValue::map();
    const auto addBoolean = [&map](const QString &key, std::optional<bool> value) {
        if (value)
            map.add(key, YamlValue::boolean(*value));
    };
    addBoolean(u"encodeUrl"_s, spec.encodeUrl);
    if (spec.timeoutMs)
        map.add(u"timeout"_s, YamlValue::literal(QString::number(*spec.timeoutMs)));
    addBoolean(u"followRedirects"_s, spec.followRedirects);
    if (spec.maxRedirects)
        map.add(u"maxRedirects"_s, YamlValue::literal(QString::number(*spec.maxRedirects)));
    addBoolean(u"forwardAuthorizationHeader"_s, spec.forwardAuthorization);
    addBoolean(u"verifyTls"_s, spec.verifyTls);
    if (spec.httpVersion)
        map.add(u"httpVersion"_s, YamlValue::string(httpVersionName(*spec.httpVersion)));
    return map;
}

YamlValue info(const QString &name, const QString &type, double seq, const QStringList &tags)
{
    YamlValue map = YamlValue::map();
    map.add(u"name"_s, YamlValue::string(name));
    addText(map, u"type"_s, type);
    if (seq != 0)
        map.add(u"seq"_s, YamlValue::number(seq));
    YamlValue list = YamlValue::list();
    for (const QString &tag : tags)
        list.append(YamlValue::string(tag));
    addContent(map, u"tags"_s, std::move(list));
    return map;
}

YamlValue details(const RequestSpec &spec)
{
    YamlValue map = YamlValue::map();
    map.add(u"method"_s, YamlValue::string(spec.method));
    map.add(u"url"_s, YamlValue::string(spec.url));
    addContent(map, u"headers"_s, rows(spec.headers));
    addContent(map, u"params"_s, params(spec.params));
    addContent(map, u"body"_s, body(spec.body));
    addAuth(map, spec.auth);
    return map;
}

YamlValue requestDefaults(const RequestDefaults &spec)
{
    YamlValue map = YamlValue::map();
    addContent(map, u"headers"_s, rows(spec.headers));
    addAuth(map, spec.auth);
    addContent(map, u"variables"_s, rows(spec.variables));
    addContent(map, u"actions"_s, captures(spec.captures));
    addContent(map, u"scripts"_s, scripts(spec.scripts));
    YamlValue http = YamlValue::map();
    addContent(http, u"http"_s, settings(spec.settings));
    addContent(map, u"settings"_s, std::move(http));
    return map;
}

QString typeName(RequestSpec::Kind kind)
{
    switch (kind) {
    case RequestSpec::Kind::Http:
        return u"http"_s;
    case RequestSpec::Kind::GraphQl:
        return u"graphql"_s;
    case RequestSpec::Kind::Grpc:
        return u"grpc"_s;
    case RequestSpec::Kind::WebSocket:
        return u"websocket"_s;
    case RequestSpec::Kind::Unknown:
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace

YamlValue toYaml(const RequestSpec &spec)
{
    YamlValue root = YamlValue::map();
    root.add(u"info"_s, info(spec.name, typeName(spec.kind), spec.seq, spec.tags));
    if (spec.kind == RequestSpec::Kind::Http || spec.kind == RequestSpec::Kind::GraphQl)
        root.add(typeName(spec.kind), details(spec));
    YamlValue runtime = YamlValue::map();
    addContent(runtime, u"variables"_s, rows(spec.variables));
    addContent(runtime, u"scripts"_s, scripts(spec.scripts));
    addContent(runtime, u"assertions"_s, assertions(spec.assertions));
    addContent(runtime, u"actions"_s, captures(spec.captures));
    addContent(root, u"runtime"_s, std::move(runtime));
    addContent(root, u"settings"_s, settings(spec.settings));
    addText(root, u"docs"_s, spec.docs);
    return root;
}

YamlValue toYaml(const FolderSpec &spec)
{
    const bool isRoot = !spec.formatVersion.isEmpty();
    YamlValue root = YamlValue::map();
    addText(root, u"opencollection"_s, spec.formatVersion);
    root.add(u"info"_s, info(spec.name, isRoot ? QString() : u"folder"_s, spec.seq, {}));
    addContent(root, u"request"_s, requestDefaults(spec.defaults));
    addText(root, u"docs"_s, spec.docs);
    if (spec.limits) {
        YamlValue sluice = YamlValue::map();
        sluice.add(u"limits"_s, toYaml(*spec.limits));
        YamlValue extensions = YamlValue::map();
        extensions.add(u"sluice"_s, std::move(sluice));
        root.add(u"extensions"_s, std::move(extensions));
    }
    return root;
}

YamlValue toYaml(const EnvironmentSpec &spec)
{
    YamlValue root = YamlValue::map();
    root.add(u"name"_s, YamlValue::string(spec.name));
    addText(root, u"extends"_s, spec.extends);
    addText(root, u"dotEnvFilePath"_s, spec.dotEnvFile);
    YamlValue variables = YamlValue::list();
    for (const EnvironmentVariable &variable : spec.variables) {
        YamlValue row = YamlValue::map();
        if (variable.secret)
            row.add(u"secret"_s, YamlValue::boolean(true));
        row.add(u"name"_s, YamlValue::string(variable.name));
        if (!variable.secret)
            row.add(u"value"_s, valueOf(variable.value, variable.type));
        addRowEnd(row, variable.description, variable.enabled);
        variables.append(std::move(row));
    }
    addContent(root, u"variables"_s, std::move(variables));
    return root;
}

} // namespace Sluice
