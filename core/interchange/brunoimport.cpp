// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/brunoimport.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

class BrunoReader
{
public:
    explicit BrunoReader(ImportContext &context) : m_context(context) {}

    void read(const YamlNode &root)
    {
        ImportedCollection &collection = m_context.collection;
        collection.root.name = textAt(root, u"name");
        if (const YamlNode *request = root.descendant({u"root", u"request"}))
            readDefaults(*request, collection.root);
        collection.items = itemsOf(root);
        for (const YamlNode &node : childrenAt(root, u"environments"))
            addEnvironment(node);
    }

private:
    std::vector<ImportedItem> itemsOf(const YamlNode &parent)
    {
        std::vector<ImportedItem> items;
        for (const YamlNode &node : childrenAt(parent, u"items")) {
            const QString type = textAt(node, u"type");
            ImportedItem item;
            if (type == "folder"_L1) {
                item.isFolder = true;
                item.folder.name = textAt(node, u"name");
                if (const YamlNode *request = node.descendant({u"root", u"request"}))
                    readDefaults(*request, item.folder);
                item.children = itemsOf(node);
            } else if (type == "http"_L1 || type == "http-request"_L1 || type == "graphql"_L1
                       || type == "graphql-request"_L1) {
                item.request = requestOf(node);
            } else {
                m_context.issue(node, u"'%1': an item of type %2 is left out"_s.arg(
                                          textAt(node, u"name"), type));
                continue;
            }
            items.push_back(std::move(item));
        }
        return items;
    }

    void readDefaults(const YamlNode &request, FolderSpec &folder)
    {
        folder.defaults.headers = rowsOf(request, u"headers");
        folder.defaults.auth = authOf(request);
        if (const YamlNode *variables = request.child(u"vars"))
            folder.defaults.variables = rowsOf(*variables, u"req");
        folder.docs = textAt(request, u"docs");
    }

    std::vector<NameValue> rowsOf(const YamlNode &node, QStringView key)
    {
        std::vector<NameValue> rows;
        for (const YamlNode &row : childrenAt(node, key))
            rows.push_back(rowOf(row));
        return rows;
    }

    static NameValue rowOf(const YamlNode &row)
    {
        return {textAt(row, u"name"), textAt(row, u"value"), textAt(row, u"description"),
                textAt(row, u"enabled") != "false"_L1};
    }

    RequestSpec requestOf(const YamlNode &item)
    {
        RequestSpec spec;
        spec.name = textAt(item, u"name");
        const YamlNode *request = item.child(u"request");
        if (!request)
            return spec;
        spec.method = textAt(*request, u"method").toUpper();
        spec.url = textAt(*request, u"url");
        spec.headers = rowsOf(*request, u"headers");
        for (const YamlNode &row : childrenAt(*request, u"params")) {
            Param param;
            static_cast<NameValue &>(param) = rowOf(row);
            param.isPath = textAt(row, u"type") == "path"_L1;
            spec.params.push_back(std::move(param));
        }
        if (const YamlNode *body = request->child(u"body"))
            readBody(*body, spec);
        spec.auth = authOf(*request);
        spec.docs = textAt(*request, u"docs");
        if (const YamlNode *variables = request->child(u"vars")) {
            spec.variables = rowsOf(*variables, u"req");
            for (const YamlNode &row : childrenAt(*variables, u"res")) {
                const NameValue pair = rowOf(row);
                spec.captures.push_back({pair.name, pair.value, u"runtime"_s, pair.enabled});
            }
        }
        for (const YamlNode &row : childrenAt(*request, u"assertions"))
            addAssertion(row, spec);
        addScript(item, textAt(*request, {u"script", u"req"}), u"before-request"_s, spec);
        addScript(item, textAt(*request, {u"script", u"res"}), u"after-response"_s, spec);
        addScript(item, textAt(*request, u"tests"), u"tests"_s, spec);
        return spec;
    }

    void addScript(const YamlNode &node, const QString &code, const QString &type,
                   RequestSpec &spec)
    {
        if (code.trimmed().isEmpty())
            return;
        spec.scripts.push_back({type, code});
        m_context.issue(node, u"'%1': its %2 script is kept, and not run"_s.arg(spec.name, type));
    }

    /** The value begins with its operator: `eq 200`. */
    static void addAssertion(const YamlNode &row, RequestSpec &spec)
    {
        const NameValue pair = rowOf(row);
        spec.assertions.push_back(
            {pair.name, pair.value.section(u' ', 0, 0), pair.value.section(u' ', 1), pair.enabled});
    }

    void readBody(const YamlNode &body, RequestSpec &spec)
    {
        const QString mode = textAt(body, u"mode");
        BodySpec &target = spec.body;
        if (mode == "json"_L1 || mode == "xml"_L1 || mode == "text"_L1 || mode == "sparql"_L1) {
            target.kind = mode == "json"_L1   ? BodySpec::Kind::Json
                          : mode == "xml"_L1  ? BodySpec::Kind::Xml
                          : mode == "text"_L1 ? BodySpec::Kind::Text
                                              : BodySpec::Kind::Sparql;
            target.text = textAt(body, mode);
        } else if (mode == "formUrlEncoded"_L1 || mode == "multipartForm"_L1) {
            target.kind = mode == "multipartForm"_L1 ? BodySpec::Kind::Multipart
                                                     : BodySpec::Kind::FormUrlEncoded;
            for (const YamlNode &row : childrenAt(body, mode)) {
                FormField field;
                static_cast<NameValue &>(field) = rowOf(row);
                field.isFile = textAt(row, u"type") == "file"_L1;
                field.contentType = textAt(row, u"contentType");
                QStringList paths;
                for (const YamlNode &path : childrenAt(row, u"value"))
                    paths += path.text;
                if (!paths.isEmpty())
                    field.value = paths.join(u'\n');
                target.fields.push_back(std::move(field));
            }
        } else if (mode == "graphql"_L1) {
            spec.kind = RequestSpec::Kind::GraphQl;
            target.kind = BodySpec::Kind::GraphQl;
            target.text = textAt(body, {u"graphql", u"query"});
            target.graphQlVariables = textAt(body, {u"graphql", u"variables"});
        } else if (!mode.isEmpty() && mode != "none"_L1) {
            m_context.issue(body, u"'%1': a body of kind %2 is left out"_s.arg(spec.name, mode));
        }
    }

    AuthSpec authOf(const YamlNode &request)
    {
        const YamlNode *auth = request.child(u"auth");
        if (!auth)
            return {};
        const QString mode = textAt(*auth, u"mode");
        if (mode.isEmpty() || mode == "none"_L1 || mode == "inherit"_L1)
            return {mode, {}};
        AuthSpec spec{mode, {}};
        for (const YamlNode &param : childrenAt(*auth, mode)) {
            if (!param.isScalar() || param.text.isEmpty())
                continue;
            const bool isPlace = mode == "apikey"_L1 && param.key == "placement"_L1;
            spec.params.insert(param.key,
                               isPlace && param.text == "queryparams"_L1 ? u"query"_s : param.text);
        }
        return spec;
    }

    void addEnvironment(const YamlNode &node)
    {
        EnvironmentSpec environment;
        environment.name = textAt(node, u"name");
        for (const YamlNode &row : childrenAt(node, u"variables")) {
            const NameValue pair = rowOf(row);
            const bool isSecret = isTrue(row, u"secret");
            environment.variables.push_back({pair.name, isSecret ? QString() : pair.value,
                                             pair.enabled, isSecret, pair.description});
        }
        m_context.collection.environments.push_back(std::move(environment));
    }

    ImportContext &m_context;
};

} // namespace

bool isBruno(const YamlNode &root)
{
    const YamlNode *items = root.child(u"items");
    return items && items->isSequence() && root.child(u"name");
}

void importBruno(const YamlNode &root, ImportContext &context)
{
    BrunoReader(context).read(root);
}

} // namespace Sluice
