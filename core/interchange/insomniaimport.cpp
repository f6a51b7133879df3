// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/insomniaimport.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Formats 4 and 5 hold the same things; 4 as a flat list by parents, 5 as a tree. */
class InsomniaReader
{
public:
    explicit InsomniaReader(ImportContext &context) : m_context(context) {}

    void readFlat(const YamlNode &root)
    {
        const auto &resources = childrenAt(root, u"resources");
        for (const YamlNode &resource : resources) {
            const QString type = textAt(resource, u"_type");
            if (type == "workspace"_L1 && m_context.collection.root.name.isEmpty()) {
                m_context.collection.root.name = textAt(resource, u"name");
                m_context.collection.root.docs = textAt(resource, u"description");
                m_context.collection.items = itemsBelow(resources, textAt(resource, u"_id"));
            } else if (type == "workspace"_L1) {
                m_context.issue(resource,
                                u"the workspace '%1' is left out: import it by itself"_s.arg(
                                    textAt(resource, u"name")));
            } else if (type == "environment"_L1) {
                addEnvironment(resource);
            }
        }
    }

    void readTree(const YamlNode &root)
    {
        m_context.collection.root.name = textAt(root, u"name");
        m_context.collection.items = itemsOf(childrenAt(root, u"collection"));
        if (const YamlNode *environment = root.child(u"environments")) {
            addEnvironment(*environment);
            for (const YamlNode &sub : childrenAt(*environment, u"subEnvironments"))
                addEnvironment(sub);
        }
    }

private:
    static double orderOf(const YamlNode &node)
    {
        const QString flat = textAt(node, u"metaSortKey");
        return (flat.isEmpty() ? textAt(node, {u"meta", u"sortKey"}) : flat).toDouble();
    }

    std::vector<ImportedItem> itemsBelow(const std::vector<YamlNode> &all, const QString &parent)
    {
        std::vector<const YamlNode *> nodes;
        for (const YamlNode &node : all) {
            const QString type = textAt(node, u"_type");
            if (textAt(node, u"parentId") != parent)
                continue;
            if (type == "request"_L1 || type == "request_group"_L1)
                nodes.push_back(&node);
            else if (type == "grpc_request"_L1 || type == "websocket_request"_L1)
                m_context.issue(
                    node, u"'%1': only HTTP requests are taken over"_s.arg(textAt(node, u"name")));
        }
        std::ranges::stable_sort(nodes, {}, [](const YamlNode *node) { return orderOf(*node); });
        std::vector<ImportedItem> items;
        for (const YamlNode *node : nodes) {
            if (textAt(*node, u"_type") == "request_group"_L1) {
                ImportedItem item = folderOf(*node);
                item.children = itemsBelow(all, textAt(*node, u"_id"));
                items.push_back(std::move(item));
            } else {
                items.push_back(requestOf(*node));
            }
        }
        return items;
    }

    std::vector<ImportedItem> itemsOf(const std::vector<YamlNode> &given)
    {
        std::vector<const YamlNode *> nodes;
        for (const YamlNode &node : given)
            nodes.push_back(&node);
        std::ranges::stable_sort(nodes, {}, [](const YamlNode *node) { return orderOf(*node); });
        std::vector<ImportedItem> items;
        for (const YamlNode *node : nodes) {
            if (const YamlNode *children = node->child(u"children")) {
                ImportedItem item = folderOf(*node);
                item.children = itemsOf(children->children);
                items.push_back(std::move(item));
            } else if (node->child(u"method")) {
                items.push_back(requestOf(*node));
            } else {
                m_context.issue(*node, u"'%1': only HTTP requests are taken over"_s.arg(
                                           textAt(*node, u"name")));
            }
        }
        return items;
    }

    ImportedItem folderOf(const YamlNode &node)
    {
        ImportedItem item;
        item.isFolder = true;
        item.folder.name = textAt(node, u"name");
        item.folder.docs = textAt(node, u"description");
        item.folder.defaults.auth = authOf(node);
        readRows(node, u"headers", item.folder.defaults.headers);
        for (const YamlNode &variable : childrenAt(node, u"environment"))
            item.folder.defaults.variables.push_back({variable.key, valueOf(variable), {}, true});
        return item;
    }

    ImportedItem requestOf(const YamlNode &node)
    {
        ImportedItem item;
        RequestSpec &spec = item.request;
        spec.name = textAt(node, u"name");
        spec.method = textAt(node, u"method");
        spec.url = text(node, textAt(node, u"url"));
        spec.docs = textAt(node, u"description");
        readRows(node, u"headers", spec.headers);
        for (const YamlNode &row : childrenAt(node, u"parameters")) {
            Param param;
            static_cast<NameValue &>(param) = rowOf(row);
            spec.params.push_back(std::move(param));
        }
        for (const YamlNode &row : childrenAt(node, u"pathParameters")) {
            Param param;
            static_cast<NameValue &>(param) = rowOf(row);
            param.isPath = true;
            spec.params.push_back(std::move(param));
        }
        readBody(node, spec);
        spec.auth = authOf(node);
        for (const QStringView key : {u"preRequestScript", u"afterResponseScript"})
            addScript(node, textAt(node, key), key == u"preRequestScript", spec);
        addScript(node, textAt(node, {u"scripts", u"preRequest"}), true, spec);
        addScript(node, textAt(node, {u"scripts", u"afterResponse"}), false, spec);
        return item;
    }

    void addScript(const YamlNode &node, const QString &code, bool isBefore, RequestSpec &spec)
    {
        if (code.trimmed().isEmpty())
            return;
        spec.scripts.push_back({isBefore ? u"before-request"_s : u"after-response"_s, code});
        m_context.issue(node, u"'%1': its script is kept, and not run"_s.arg(spec.name));
    }

    /** `{{ _.name }}` is `{{name}}`; what `{% … %}` makes cannot be made here. */
    QString text(const YamlNode &node, QString value)
    {
        static const QRegularExpression variable(uR"(\{\{\s*(?:_\.)?([\w.-]+)\s*\}\})"_s);
        value.replace(variable, u"{{\\1}}"_s);
        if (value.contains("{%"_L1))
            m_context.issue(node, u"the tag in '%1' has no counterpart"_s.arg(value.left(60)));
        return value;
    }

    NameValue rowOf(const YamlNode &row)
    {
        return {textAt(row, u"name"), text(row, textAt(row, u"value")), textAt(row, u"description"),
                !isTrue(row, u"disabled")};
    }

    void readRows(const YamlNode &node, QStringView key, std::vector<NameValue> &rows)
    {
        for (const YamlNode &row : childrenAt(node, key)) {
            if (!textAt(row, u"name").isEmpty())
                rows.push_back(rowOf(row));
        }
    }

    void readBody(const YamlNode &node, RequestSpec &spec)
    {
        const YamlNode *body = node.child(u"body");
        if (!body || body->children.empty())
            return;
        const QString type = textAt(*body, u"mimeType");
        const QString content = text(*body, textAt(*body, u"text"));
        const bool isMultipart = type == "multipart/form-data"_L1;
        if (isMultipart || type == "application/x-www-form-urlencoded"_L1) {
            spec.body.kind =
                isMultipart ? BodySpec::Kind::Multipart : BodySpec::Kind::FormUrlEncoded;
            for (const YamlNode &row : childrenAt(*body, u"params")) {
                FormField field;
                static_cast<NameValue &>(field) = rowOf(row);
                field.isFile = textAt(row, u"type") == "file"_L1;
                if (field.isFile)
                    field.value = textAt(row, u"fileName");
                spec.body.fields.push_back(std::move(field));
            }
        } else if (type == "application/graphql"_L1) {
            spec.kind = RequestSpec::Kind::GraphQl;
            spec.body.kind = BodySpec::Kind::GraphQl;
            readGraphQl(*body, content, spec.body);
        } else if (const QString file = textAt(*body, u"fileName"); !file.isEmpty()) {
            spec.body.kind = BodySpec::Kind::File;
            spec.body.filePath = file;
            m_context.issue(*body, u"'%1': the body's file '%2' has to be put beside the "
                                   "collection"_s.arg(spec.name, file));
        } else if (!content.isEmpty()) {
            spec.body.kind = type.contains("json"_L1)  ? BodySpec::Kind::Json
                             : type.contains("xml"_L1) ? BodySpec::Kind::Xml
                                                       : BodySpec::Kind::Text;
            spec.body.text = content;
        }
    }

    void readGraphQl(const YamlNode &node, const QString &content, BodySpec &body)
    {
        // The text is the JSON that goes on the wire.
        const Result<YamlNode> json = readImportTree(content.toUtf8(), m_context.path());
        body.text = json ? textAt(*json, u"query") : content;
        if (!json)
            m_context.issue(node, u"the GraphQL body is no JSON: %1"_s.arg(json.error().message));
        else if (const YamlNode *variables = json->child(u"variables"))
            body.graphQlVariables = variables->isScalar() ? variables->text : jsonText(*variables);
    }

    AuthSpec authOf(const YamlNode &node)
    {
        const YamlNode *auth = node.child(u"authentication");
        if (!auth || auth->children.empty())
            return {};
        const QString type = textAt(*auth, u"type").toLower();
        const auto value = [&](QStringView key) { return text(*auth, textAt(*auth, key)); };
        if (isTrue(*auth, u"disabled") || type == "none"_L1 || type.isEmpty())
            return {};
        if (type == "bearer"_L1)
            return {type, {{u"token"_s, value(u"token")}}};
        if (type == "basic"_L1 || type == "digest"_L1 || type == "ntlm"_L1)
            return {type,
                    {{u"username"_s, value(u"username")}, {u"password"_s, value(u"password")}}};
        if (type == "apikey"_L1) {
            const bool isQuery = value(u"addTo") == "queryParams"_L1;
            return {type,
                    {{u"key"_s, value(u"key")},
                     {u"value"_s, value(u"value")},
                     {u"placement"_s, isQuery ? u"query"_s : u"header"_s}}};
        }
        m_context.issue(*auth,
                        u"'%1': %2 authentication is left out"_s.arg(textAt(node, u"name"), type));
        return {};
    }

    static QString valueOf(const YamlNode &node)
    {
        return node.isScalar() ? node.text : jsonText(node);
    }

    void addEnvironment(const YamlNode &node)
    {
        EnvironmentSpec environment;
        environment.name = textAt(node, u"name");
        if (environment.name.isEmpty())
            environment.name = u"Base Environment"_s;
        for (const YamlNode &variable : childrenAt(node, u"data"))
            environment.variables.push_back(
                {variable.key, text(variable, valueOf(variable)), true, false, {}});
        if (!environment.variables.empty())
            m_context.collection.environments.push_back(std::move(environment));
    }

    ImportContext &m_context;
};

} // namespace

bool isInsomnia(const YamlNode &root)
{
    return textAt(root, u"_type") == "export"_L1
           || textAt(root, u"type").startsWith("collection.insomnia"_L1);
}

void importInsomnia(const YamlNode &root, ImportContext &context)
{
    if (root.child(u"resources"))
        InsomniaReader(context).readFlat(root);
    else
        InsomniaReader(context).readTree(root);
}

} // namespace Sluice
