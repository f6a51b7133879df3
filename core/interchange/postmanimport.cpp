// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/postmanimport.h"

#include "core/interchange/postmanauth.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

class PostmanReader
{
public:
    explicit PostmanReader(ImportContext &context) : m_context(context) {}

    void read(const YamlNode &root)
    {
        ImportedCollection &collection = m_context.collection;
        collection.root.name = textAt(root, {u"info", u"name"});
        if (collection.root.name.isEmpty())
            collection.root.name = textAt(root, u"name");
        if (const YamlNode *info = root.child(u"info"))
            collection.root.docs = descriptionAt(*info);
        collection.root.defaults.variables = variablesOf(root);
        readLevel(root, collection.root.defaults, false);
        const bool hasAuth = !collection.root.defaults.auth.type.isEmpty();
        collection.items = itemsOf(root, hasAuth);
    }

private:
    std::vector<ImportedItem> itemsOf(const YamlNode &parent, bool inherits)
    {
        std::vector<ImportedItem> items;
        for (const YamlNode &node : childrenAt(parent, u"item")) {
            ImportedItem &item = items.emplace_back();
            item.isFolder = node.child(u"item") != nullptr;
            if (item.isFolder) {
                item.folder.name = textAt(node, u"name");
                item.folder.docs = descriptionAt(node);
                item.folder.defaults.variables = variablesOf(node);
                readLevel(node, item.folder.defaults, inherits);
                const AuthSpec &auth = item.folder.defaults.auth;
                const bool has = auth.type == "inherit"_L1
                                     ? inherits
                                     : !auth.type.isEmpty() && auth.type != "none"_L1;
                item.children = itemsOf(node, has);
            } else {
                item.request = requestOf(node, inherits);
            }
        }
        return items;
    }

    void readLevel(const YamlNode &node, RequestDefaults &defaults, bool inherits)
    {
        defaults.auth = postmanAuth(node, inherits, m_context);
        defaults.scripts = scriptsOf(node);
    }

    std::vector<NameValue> variablesOf(const YamlNode &node)
    {
        std::vector<NameValue> variables;
        for (const YamlNode &variable : childrenAt(node, u"variable")) {
            QString name = textAt(variable, u"key");
            if (name.isEmpty())
                name = textAt(variable, u"id");
            if (!name.isEmpty())
                variables.push_back({name, textAt(variable, u"value"), descriptionAt(variable),
                                     !isTrue(variable, u"disabled")});
        }
        return variables;
    }

    std::vector<ScriptSpec> scriptsOf(const YamlNode &node)
    {
        std::vector<ScriptSpec> scripts;
        for (const YamlNode &event : childrenAt(node, u"event")) {
            const YamlNode *exec = event.descendant({u"script", u"exec"});
            if (!exec)
                continue;
            QString code = exec->text;
            QStringList lines;
            for (const YamlNode &line : exec->children)
                lines += line.text;
            if (!lines.isEmpty())
                code = lines.join(u'\n');
            if (code.trimmed().isEmpty())
                continue;
            const bool isBefore = textAt(event, u"listen") == "prerequest"_L1;
            scripts.push_back({isBefore ? u"before-request"_s : u"tests"_s, code});
            const QString name = textAt(node, u"name");
            m_context.issue(event, u"'%1': the %2 script is kept, and not run"_s.arg(
                                       name.isEmpty() ? textAt(node, {u"info", u"name"}) : name,
                                       isBefore ? u"pre-request"_s : u"test"_s));
        }
        return scripts;
    }

    RequestSpec requestOf(const YamlNode &item, bool inherits)
    {
        RequestSpec spec;
        spec.name = textAt(item, u"name");
        const YamlNode *request = item.child(u"request");
        if (!request || request->isScalar()) {
            spec.url = request ? request->text : QString();
            spec.auth = inherits ? AuthSpec{u"inherit"_s, {}} : AuthSpec{};
            spec.scripts = scriptsOf(item);
            return spec;
        }
        if (const QString method = textAt(*request, u"method"); !method.isEmpty())
            spec.method = method;
        readUrl(*request, spec);
        readHeaders(*request, spec);
        readBody(*request, spec);
        spec.auth = postmanAuth(request->child(u"auth") ? *request : item, inherits, m_context);
        spec.docs = descriptionAt(*request);
        if (spec.docs.isEmpty())
            spec.docs = descriptionAt(item);
        spec.scripts = scriptsOf(item);
        readBehaviour(item, spec);
        if (const auto &examples = childrenAt(item, u"response"); !examples.empty()) {
            m_context.issue(
                *item.child(u"response"),
                u"'%1': %2 saved example(s) are left out"_s.arg(spec.name).arg(examples.size()));
        }
        return spec;
    }

    /** A URL is written twice; the raw text is what Postman shows. */
    static QString urlText(const YamlNode &url)
    {
        const QString raw = textAt(url, u"raw");
        if (!raw.isEmpty() || url.isScalar())
            return url.isScalar() ? url.text : raw;
        const auto joined = [&url](QStringView key, QChar by) {
            QStringList parts;
            for (const YamlNode &part : childrenAt(url, key))
                parts += part.isMapping() ? textAt(part, u"value") : part.text;
            return parts.isEmpty() ? textAt(url, key) : parts.join(by);
        };
        QString text = joined(u"host", u'.');
        if (const QString scheme = textAt(url, u"protocol"); !scheme.isEmpty())
            text.prepend(scheme + u"://"_s);
        if (const QString port = textAt(url, u"port"); !port.isEmpty())
            text += u':' + port;
        if (const QString path = joined(u"path", u'/'); !path.isEmpty())
            text += path.startsWith(u'/') ? path : u'/' + path;
        return text;
    }

    static void readUrl(const YamlNode &request, RequestSpec &spec)
    {
        const YamlNode *url = request.child(u"url");
        if (!url)
            return;
        spec.url = urlText(*url);
        for (const YamlNode &query : childrenAt(*url, u"query")) {
            Param param;
            param.name = textAt(query, u"key");
            param.value = textAt(query, u"value");
            param.description = descriptionAt(query);
            param.enabled = !isTrue(query, u"disabled");
            if (!param.name.isEmpty())
                spec.params.push_back(std::move(param));
        }
        for (const YamlNode &variable : childrenAt(*url, u"variable")) {
            Param param;
            param.isPath = true;
            param.name = textAt(variable, u"key");
            if (param.name.isEmpty())
                param.name = textAt(variable, u"id");
            param.value = textAt(variable, u"value");
            param.description = descriptionAt(variable);
            spec.params.push_back(std::move(param));
        }
    }

    void readHeaders(const YamlNode &request, RequestSpec &spec)
    {
        const YamlNode *headers = request.child(u"header");
        if (!headers)
            return;
        if (headers->isScalar()) {
            const QStringList lines = headers->text.split(u'\n', Qt::SkipEmptyParts);
            for (const QString &line : lines)
                spec.headers.push_back({line.section(u':', 0, 0).trimmed(),
                                        line.section(u':', 1).trimmed(),
                                        {},
                                        true});
            return;
        }
        for (const YamlNode &header : headers->children) {
            const QString name = textAt(header, u"key");
            if (!name.isEmpty())
                spec.headers.push_back({name, textAt(header, u"value"), descriptionAt(header),
                                        !isTrue(header, u"disabled")});
        }
    }

    void readBody(const YamlNode &request, RequestSpec &spec)
    {
        const YamlNode *body = request.child(u"body");
        if (!body || isTrue(*body, u"disabled"))
            return;
        const QString mode = textAt(*body, u"mode");
        BodySpec &target = spec.body;
        if (mode == "raw"_L1) {
            readRaw(*body, spec);
        } else if (mode == "urlencoded"_L1 || mode == "formdata"_L1) {
            target.kind =
                mode == "formdata"_L1 ? BodySpec::Kind::Multipart : BodySpec::Kind::FormUrlEncoded;
            const YamlNode *fields = body->child(mode);
            for (const YamlNode &field : childrenAt(*body, mode))
                target.fields.push_back(fieldOf(field));
            if (fields && fields->isScalar()) {
                target.kind = BodySpec::Kind::Text;
                target.text = fields->text;
            }
        } else if (mode == "file"_L1) {
            target.kind = BodySpec::Kind::File;
            target.filePath = textAt(*body, {u"file", u"src"});
            m_context.issue(*body, u"'%1': the body's file '%2' has to be put beside the "
                                   "collection"_s.arg(spec.name, target.filePath));
        } else if (mode == "graphql"_L1) {
            spec.kind = RequestSpec::Kind::GraphQl;
            target.kind = BodySpec::Kind::GraphQl;
            target.text = textAt(*body, {u"graphql", u"query"});
            target.graphQlVariables = textAt(*body, {u"graphql", u"variables"});
        } else if (!mode.isEmpty() && mode != "none"_L1) {
            m_context.issue(*body, u"'%1': a body of kind %2 is not known"_s.arg(spec.name, mode));
        }
    }

    static void readRaw(const YamlNode &body, RequestSpec &spec)
    {
        BodySpec &target = spec.body;
        target.text = textAt(body, u"raw");
        const QString language = textAt(body, {u"options", u"raw", u"language"});
        const auto type = std::ranges::find_if(spec.headers, [](const NameValue &header) {
            return header.name.compare("content-type"_L1, Qt::CaseInsensitive) == 0;
        });
        const QString given = type == spec.headers.end() ? QString() : type->value.toLower();
        if (target.text.isEmpty() && language.isEmpty() && given.isEmpty())
            return;
        target.kind = language == "json"_L1 || given.contains("json"_L1) ? BodySpec::Kind::Json
                      : language == "xml"_L1 || given.contains("xml"_L1) ? BodySpec::Kind::Xml
                                                                         : BodySpec::Kind::Text;
    }

    FormField fieldOf(const YamlNode &node)
    {
        FormField field;
        field.name = textAt(node, u"key");
        field.value = textAt(node, u"value");
        field.description = descriptionAt(node);
        field.contentType = textAt(node, u"contentType");
        field.enabled = !isTrue(node, u"disabled") && textAt(node, u"enabled") != "false"_L1;
        field.isFile = textAt(node, u"type") == "file"_L1;
        if (!field.isFile)
            return field;
        QStringList paths;
        for (const YamlNode &path : childrenAt(node, u"src"))
            paths += path.text;
        field.value = paths.isEmpty() ? textAt(node, u"src") : paths.join(u'\n');
        m_context.issue(
            node, u"the form's file '%1' has to be put beside the collection"_s.arg(field.value));
        return field;
    }

    void readBehaviour(const YamlNode &item, RequestSpec &spec)
    {
        const YamlNode *behaviour = item.child(u"protocolProfileBehavior");
        if (!behaviour)
            return;
        for (const YamlNode &setting : behaviour->children) {
            const bool on = setting.text == "true"_L1;
            if (setting.key == "followRedirects"_L1)
                spec.settings.followRedirects = on;
            else if (setting.key == "strictSSL"_L1)
                spec.settings.verifyTls = on;
            else if (setting.key == "maxRedirects"_L1)
                spec.settings.maxRedirects = setting.text.toInt();
            else if (setting.key == "disableUrlEncoding"_L1)
                spec.settings.encodeUrl = !on;
            else if (setting.key == "followAuthorizationHeader"_L1)
                spec.settings.forwardAuthorization = on;
            else if (setting.key != "disableBodyPruning"_L1 || !on)
                m_context.issue(setting, u"'%1': the setting %2 has no counterpart"_s.arg(
                                             spec.name, setting.key));
        }
    }

    ImportContext &m_context;
};

} // namespace

bool isPostman(const YamlNode &root)
{
    const QString schema = textAt(root, {u"info", u"schema"});
    const bool hasItems = root.child(u"item") && root.child(u"item")->isSequence();
    return schema.contains("postman.com"_L1) || (hasItems && !root.child(u"items"));
}

void importPostman(const YamlNode &root, ImportContext &context)
{
    PostmanReader(context).read(root);
}

} // namespace Sluice
