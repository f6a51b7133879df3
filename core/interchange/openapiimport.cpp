// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/openapiimport.h"

#include "core/interchange/openapischema.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

class OpenApiReader
{
public:
    OpenApiReader(const YamlNode &root, ImportContext &context)
        : m_root(root), m_context(context), m_examples(root)
    {
    }

    void read()
    {
        ImportedCollection &collection = m_context.collection;
        collection.root.name = textAt(m_root, {u"info", u"title"});
        collection.root.docs = textAt(m_root, {u"info", u"description"});
        readServers();
        collection.root.defaults.auth = authOf(m_root);
        m_hasRootAuth = !collection.root.defaults.auth.type.isEmpty();
        for (const YamlNode &path : childrenAt(m_root, u"paths"))
            readPath(path);
        if (const YamlNode *hooks = m_root.child(u"webhooks"))
            m_context.issue(*hooks, u"webhooks are requests that others send; they are left out"_s);
    }

private:
    void readServers()
    {
        const auto &servers = childrenAt(m_root, u"servers");
        int number = 0;
        for (const YamlNode &server : servers) {
            QString url = textAt(server, u"url");
            EnvironmentSpec environment;
            environment.name = textAt(server, u"description");
            if (environment.name.isEmpty())
                environment.name = servers.size() > 1 ? u"server %1"_s.arg(++number) : u"server"_s;
            for (const YamlNode &variable : childrenAt(server, u"variables")) {
                url.replace(u'{' + variable.key + u'}', u"{{"_s + variable.key + u"}}"_s);
                environment.variables.push_back({variable.key, textAt(variable, u"default"), true,
                                                 false, textAt(variable, u"description")});
            }
            while (url.endsWith(u'/'))
                url.chop(1);
            if (!url.contains("://"_L1))
                m_context.issue(server, u"the server '%1' is relative to where this file was; "
                                        "set baseUrl"_s.arg(url));
            environment.variables.push_back({u"baseUrl"_s, url, true, false, {}});
            m_context.collection.environments.push_back(std::move(environment));
        }
        if (servers.empty()) {
            m_context.issue(m_root, u"no server is named; set baseUrl"_s);
            m_context.collection.root.defaults.variables.push_back(
                {u"baseUrl"_s, u"http://localhost"_s, {}, true});
        }
    }

    void readPath(const YamlNode &given)
    {
        static const QSet<QString> methods{u"get"_s,  u"put"_s,     u"post"_s,  u"delete"_s,
                                           u"head"_s, u"options"_s, u"patch"_s, u"trace"_s};
        const YamlNode &path = resolvedReference(m_root, given);
        for (const YamlNode &operation : path.children) {
            if (!methods.contains(operation.key))
                continue;
            ImportedItem item;
            item.request = requestOf(given.key, path, operation);
            const auto &tags = childrenAt(operation, u"tags");
            std::vector<ImportedItem> &items =
                tags.empty() ? m_context.collection.items : folder(tags.front().text);
            items.push_back(std::move(item));
        }
    }

    std::vector<ImportedItem> &folder(const QString &name)
    {
        std::vector<ImportedItem> &items = m_context.collection.items;
        auto found = std::ranges::find_if(items, [&name](const ImportedItem &item) {
            return item.isFolder && item.folder.name == name;
        });
        if (found == items.end()) {
            ImportedItem item;
            item.isFolder = true;
            item.folder.name = name;
            found = items.insert(items.end(), std::move(item));
        }
        return found->children;
    }

    RequestSpec requestOf(const QString &path, const YamlNode &pathNode, const YamlNode &operation)
    {
        RequestSpec spec;
        spec.method = operation.key.toUpper();
        for (const QStringView key : {u"summary", u"operationId"}) {
            if (spec.name.isEmpty())
                spec.name = textAt(operation, key);
        }
        if (spec.name.isEmpty())
            spec.name = spec.method + u' ' + path;
        spec.docs = textAt(operation, u"description");
        static const QRegularExpression parameter(u"\\{([^}/]+)\\}"_s);
        spec.url = u"{{baseUrl}}"_s + QString(path).replace(parameter, u":\\1"_s);
        for (const YamlNode &each : childrenAt(pathNode, u"parameters"))
            readParameter(resolvedReference(m_root, each), spec);
        for (const YamlNode &each : childrenAt(operation, u"parameters"))
            readParameter(resolvedReference(m_root, each), spec);
        if (const YamlNode *body = operation.child(u"requestBody"))
            readBody(resolvedReference(m_root, *body), spec);
        if (operation.child(u"security"))
            spec.auth = authOf(operation);
        else if (m_hasRootAuth)
            spec.auth = {u"inherit"_s, {}};
        return spec;
    }

    QString exampleOf(const YamlNode &parameter)
    {
        if (const YamlNode *example = parameter.child(u"example"))
            return example->text;
        if (const auto &examples = childrenAt(parameter, u"examples"); !examples.empty())
            return textAt(resolvedReference(m_root, examples.front()), u"value");
        const YamlNode *schema = parameter.child(u"schema");
        if (!schema)
            return {};
        const QString text = m_examples.write(*schema);
        return text == "\"string\""_L1 ? QString() : unquoted(text);
    }

    void readParameter(const YamlNode &node, RequestSpec &spec)
    {
        const QString place = textAt(node, u"in");
        const QString name = textAt(node, u"name");
        const bool isRequired = isTrue(node, u"required");
        Param param;
        param.name = name;
        param.value = exampleOf(node);
        param.description = textAt(node, u"description");
        param.enabled = isRequired || place == "path"_L1;
        param.isPath = place == "path"_L1;
        if (place == "query"_L1 || place == "path"_L1) {
            spec.params.push_back(std::move(param));
        } else if (place == "header"_L1) {
            spec.headers.push_back({name, param.value, param.description, isRequired});
        } else if (place == "cookie"_L1) {
            spec.headers.push_back(
                {u"Cookie"_s, name + u'=' + param.value, param.description, isRequired});
        } else {
            m_context.issue(node,
                            u"'%1': a parameter in '%2' is not known"_s.arg(spec.name, place));
        }
    }

    void readBody(const YamlNode &body, RequestSpec &spec)
    {
        const auto &contents = childrenAt(body, u"content");
        if (contents.empty())
            return;
        const auto json = std::ranges::find_if(contents, [](const YamlNode &content) {
            return content.key.section(u';', 0, 0).endsWith("json"_L1);
        });
        const YamlNode &content = json != contents.end() ? *json : contents.front();
        const QString type = content.key;
        const YamlNode *schema = content.child(u"schema");
        const bool isMultipart = type == "multipart/form-data"_L1;
        if (json != contents.end()) {
            spec.body.kind = BodySpec::Kind::Json;
            spec.body.text = bodyText(content, schema);
            if (type != "application/json"_L1)
                spec.headers.push_back({u"Content-Type"_s, type, {}, true});
        } else if (isMultipart || type == "application/x-www-form-urlencoded"_L1) {
            spec.body.kind =
                isMultipart ? BodySpec::Kind::Multipart : BodySpec::Kind::FormUrlEncoded;
            if (schema)
                readFields(resolvedReference(m_root, *schema), spec.body);
        } else {
            spec.body.kind = type.endsWith("xml"_L1) ? BodySpec::Kind::Xml : BodySpec::Kind::Text;
            const YamlNode *example = content.child(u"example");
            spec.body.text = example ? example->text : QString();
            spec.headers.push_back({u"Content-Type"_s, type, {}, true});
            if (spec.body.text.isEmpty())
                m_context.issue(content, u"'%1': no example of a body of type %2 can be made"_s.arg(
                                             spec.name, type));
        }
    }

    QString bodyText(const YamlNode &content, const YamlNode *schema)
    {
        if (const YamlNode *example = content.child(u"example"))
            return jsonText(*example);
        if (const auto &examples = childrenAt(content, u"examples"); !examples.empty()) {
            if (const YamlNode *value = resolvedReference(m_root, examples.front()).child(u"value"))
                return jsonText(*value);
        }
        return schema ? m_examples.write(*schema) : QString();
    }

    void readFields(const YamlNode &schema, BodySpec &body)
    {
        for (const YamlNode &given : childrenAt(schema, u"properties")) {
            const YamlNode &property = resolvedReference(m_root, given);
            FormField field;
            field.name = given.key;
            field.description = textAt(property, u"description");
            field.isFile =
                textAt(property, u"format") == "binary"_L1 || property.child(u"contentMediaType");
            if (!field.isFile)
                field.value = unquoted(m_examples.write(property));
            body.fields.push_back(std::move(field));
        }
    }

    /** The first of the `security` requirements of \a node that Sluice has a scheme for. */
    AuthSpec authOf(const YamlNode &node)
    {
        const YamlNode *security = node.child(u"security");
        if (!security)
            return {};
        if (security->children.empty())
            return {u"none"_s, {}};
        const auto &requirement = security->children.front();
        if (security->children.size() > 1 || requirement.children.size() > 1)
            m_context.issue(*security, u"of several ways to authenticate the first is taken"_s);
        if (requirement.children.empty())
            return {u"none"_s, {}};
        const QString name = requirement.children.front().key;
        const YamlNode *given = m_root.descendant({u"components", u"securitySchemes", name});
        if (!given)
            return {};
        const YamlNode &scheme = resolvedReference(m_root, *given);
        const QString type = textAt(scheme, u"type");
        const QString http = textAt(scheme, u"scheme").toLower();
        const QString variable = u"{{%1}}"_s.arg(name);
        if (type == "http"_L1 && http == "basic"_L1) {
            return {http,
                    {{u"username"_s, u"{{%1User}}"_s.arg(name)},
                     {u"password"_s, u"{{%1Password}}"_s.arg(name)}}};
        }
        if (type == "http"_L1 && http == "bearer"_L1)
            return {http, {{u"token"_s, variable}}};
        const QString place = textAt(scheme, u"in");
        if (type == "apiKey"_L1 && place != "cookie"_L1) {
            return {u"apikey"_s,
                    {{u"key"_s, textAt(scheme, u"name")},
                     {u"value"_s, variable},
                     {u"placement"_s, place == "query"_L1 ? place : u"header"_s}}};
        }
        m_context.issue(scheme, u"the way '%1' to authenticate (%2) is left out"_s.arg(name, type));
        return {};
    }

    const YamlNode &m_root;
    ImportContext &m_context;
    SchemaExample m_examples;
    bool m_hasRootAuth = false;
};

} // namespace

bool isOpenApi(const YamlNode &root)
{
    return textAt(root, u"openapi").startsWith("3."_L1);
}

void importOpenApi(const YamlNode &root, ImportContext &context)
{
    OpenApiReader(root, context).read();
}

} // namespace Sluice
