// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/k6checks.h"
#include "core/interchange/requestexports.h"
#include "core/run/judge.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QJsonObject row(const NameValue &pair)
{
    QJsonObject json{{u"key"_s, pair.name}, {u"value"_s, pair.value}};
    if (!pair.description.isEmpty())
        json.insert(u"description"_s, pair.description);
    if (!pair.enabled)
        json.insert(u"disabled"_s, true);
    return json;
}

template<typename Rows>
QJsonArray rows(const Rows &pairs)
{
    QJsonArray list;
    for (const NameValue &pair : pairs)
        list.append(row(pair));
    return list;
}

/** Sluice's names of parameters where Postman's are others. */
QString theirParamName(const QString &type, const QString &name)
{
    static const QHash<QString, QString> names{
        {u"apikey.placement"_s, u"in"_s},
        {u"awsv4.accessKeyId"_s, u"accessKey"_s},
        {u"awsv4.secretAccessKey"_s, u"secretKey"_s},
    };
    return names.value(type + u'.' + name, name);
}

/** Collects items into folders by their paths. */
class PostmanWriter
{
public:
    QJsonObject request(const RequestInContext &context)
    {
        const RequestSpec &spec = context.request;
        QJsonObject json{
            {u"method"_s, spec.method}, {u"header"_s, headers(context)}, {u"url"_s, url(spec)}};
        if (!spec.docs.isEmpty())
            json.insert(u"description"_s, spec.docs);
        if (const QJsonObject given = body(spec); !given.isEmpty())
            json.insert(u"body"_s, given);
        if (const QJsonObject given = auth(spec); !given.isEmpty())
            json.insert(u"auth"_s, given);
        return json;
    }

    QJsonArray events(const RequestInContext &context)
    {
        QJsonArray list;
        for (const ScriptSpec &script : context.request.scripts)
            list.append(event(script.type == "before-request"_L1 ? u"prerequest"_s : u"test"_s,
                              script.code));
        const QString checks = postmanTests(context.request.assertions, effectiveCaptures(context));
        if (!checks.isEmpty())
            list.append(event(u"test"_s, checks));
        if (!effectiveActions(context, CaptureSpec::Phase::BeforeRequest).empty())
            notes +=
                u"'%1': its actions before the request are left out."_s.arg(context.request.name);
        return list;
    }

    QStringList notes;

private:
    static QJsonObject event(const QString &listen, const QString &code)
    {
        return {
            {u"listen"_s, listen},
            {u"script"_s, QJsonObject{{u"type"_s, u"text/javascript"_s},
                                      {u"exec"_s, QJsonArray::fromStringList(code.split(u'\n'))}}}};
    }

    /** With the inherited ones: folders of Postman have none. */
    static QJsonArray headers(const RequestInContext &context)
    {
        std::vector<NameValue> all;
        const auto add = [&all](const std::vector<NameValue> &level) {
            for (const NameValue &header : level) {
                std::erase_if(all, [&header](const NameValue &other) {
                    return other.name.compare(header.name, Qt::CaseInsensitive) == 0;
                });
                all.push_back(header);
            }
        };
        for (const RequestDefaults &level : context.defaults)
            add(level.headers);
        add(context.request.headers);
        return rows(all);
    }

    static QJsonObject url(const RequestSpec &spec)
    {
        QJsonArray query;
        QJsonArray variables;
        QString raw = spec.url;
        for (const Param &param : spec.params) {
            if (param.isPath) {
                variables.append(row(param));
                continue;
            }
            query.append(row(param));
            const bool isThere =
                raw.contains(u'?' + param.name + u'=') || raw.contains(u'&' + param.name + u'=');
            if (param.enabled && !isThere)
                raw += (raw.contains(u'?') ? u'&' : u'?') + param.name + u'=' + param.value;
        }
        const QString scheme = raw.contains("://"_L1) ? raw.section("://"_L1, 0, 0) : QString();
        const QString rest =
            (scheme.isEmpty() ? raw : raw.section("://"_L1, 1)).section(u'?', 0, 0);
        QJsonObject json{
            {u"raw"_s, raw},
            {u"host"_s, QJsonArray{rest.section(u'/', 0, 0)}},
            {u"path"_s, QJsonArray::fromStringList(rest.section(u'/', 1).split(u'/'))}};
        if (!scheme.isEmpty())
            json.insert(u"protocol"_s, scheme);
        if (!query.isEmpty())
            json.insert(u"query"_s, query);
        if (!variables.isEmpty())
            json.insert(u"variable"_s, variables);
        return json;
    }

    static QJsonObject body(const RequestSpec &spec)
    {
        const BodySpec &body = spec.body;
        const auto raw = [&body](const QString &language) {
            return QJsonObject{
                {u"mode"_s, u"raw"_s},
                {u"raw"_s, body.text},
                {u"options"_s, QJsonObject{{u"raw"_s, QJsonObject{{u"language"_s, language}}}}}};
        };
        switch (body.kind) {
        case BodySpec::Kind::None:
            return {};
        case BodySpec::Kind::Json:
            return raw(u"json"_s);
        case BodySpec::Kind::Xml:
            return raw(u"xml"_s);
        case BodySpec::Kind::Text:
        case BodySpec::Kind::Sparql:
            return raw(u"text"_s);
        case BodySpec::Kind::FormUrlEncoded:
            return {{u"mode"_s, u"urlencoded"_s}, {u"urlencoded"_s, rows(body.fields)}};
        case BodySpec::Kind::Multipart:
            return {{u"mode"_s, u"formdata"_s}, {u"formdata"_s, parts(body)}};
        case BodySpec::Kind::File:
            return {{u"mode"_s, u"file"_s}, {u"file"_s, QJsonObject{{u"src"_s, body.filePath}}}};
        case BodySpec::Kind::GraphQl:
            return {{u"mode"_s, u"graphql"_s},
                    {u"graphql"_s, QJsonObject{{u"query"_s, body.text},
                                               {u"variables"_s, body.graphQlVariables}}}};
        }
        Q_UNREACHABLE();
    }

    static QJsonArray parts(const BodySpec &body)
    {
        QJsonArray list;
        for (const FormField &field : body.fields) {
            QJsonObject part = row(field);
            part.insert(u"type"_s, field.isFile ? u"file"_s : u"text"_s);
            if (field.isFile) {
                part.remove(u"value"_s);
                part.insert(u"src"_s, QJsonArray::fromStringList(field.value.split(u'\n')));
            }
            if (!field.contentType.isEmpty())
                part.insert(u"contentType"_s, field.contentType);
            list.append(part);
        }
        return list;
    }

    QJsonObject auth(const RequestSpec &spec) { return authOf(spec.auth, spec.name); }

public:
    /** Nothing for what inherits: that is Postman's way when none is written. */
    QJsonObject authOf(const AuthSpec &auth, const QString &owner)
    {
        if (auth.type == "inherit"_L1)
            return {};
        if (auth.type.isEmpty() || auth.type == "none"_L1)
            return {{u"type"_s, u"noauth"_s}};
        static const QStringList known{u"basic"_s,  u"bearer"_s, u"apikey"_s,
                                       u"digest"_s, u"ntlm"_s,   u"awsv4"_s};
        if (!known.contains(auth.type))
            notes += u"'%1': the parameters of %2 authentication are written as Sluice calls "
                     "them."_s.arg(owner, auth.type);
        QJsonArray params;
        for (const auto &[name, value] : auth.params.asKeyValueRange()) {
            params.append(QJsonObject{{u"key"_s, theirParamName(auth.type, name)},
                                      {u"value"_s, value},
                                      {u"type"_s, u"string"_s}});
        }
        return {{u"type"_s, auth.type}, {auth.type, params}};
    }
};

/** Puts \a item below \a items at the folders of \a path. */
void place(QJsonArray &items, QStringList path, const QJsonObject &item)
{
    if (path.isEmpty()) {
        items.append(item);
        return;
    }
    const QString name = path.takeFirst();
    for (qsizetype i = 0; i < items.size(); ++i) {
        QJsonObject folder = items[i].toObject();
        if (folder[u"name"_s] != name || !folder.contains(u"item"_s))
            continue;
        QJsonArray children = folder[u"item"_s].toArray();
        place(children, path, item);
        folder[u"item"_s] = children;
        items[i] = folder;
        return;
    }
    QJsonArray children;
    place(children, path, item);
    items.append(QJsonObject{{u"name"_s, name}, {u"item"_s, children}});
}

} // namespace

Result<Exported> exportPostman(const ExportJob &job)
{
    if (job.plan.requests.empty())
        return failure(ErrorCode::Usage, u"There is no request to export."_s);
    PostmanWriter writer;
    QJsonArray items;
    for (const RequestInContext &request : job.plan.requests) {
        QJsonObject item{{u"name"_s, request.request.name},
                         {u"request"_s, writer.request(request)}};
        if (const QJsonArray events = writer.events(request); !events.isEmpty())
            item.insert(u"event"_s, events);
        QStringList path = request.displayPath.split(u'/');
        path.removeLast();
        place(items, path, item);
    }
    QJsonArray variables;
    const std::vector<RequestDefaults> &defaults = job.plan.requests.front().defaults;
    if (!defaults.empty())
        variables = rows(defaults.front().variables);
    for (const EnvironmentVariable &variable : job.plan.variables.environment.variables) {
        variables.append(row({variable.name, variable.secret ? QString() : variable.value,
                              variable.description, variable.enabled}));
    }
    QJsonObject json{
        {u"info"_s,
         QJsonObject{{u"name"_s, job.plan.name},
                     {u"schema"_s,
                      u"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"_s}}},
        {u"item"_s, items}};
    if (!variables.isEmpty())
        json.insert(u"variable"_s, variables);
    if (!defaults.empty() && !defaults.front().auth.type.isEmpty())
        json.insert(u"auth"_s, writer.authOf(defaults.front().auth, job.plan.name));
    if (job.limits != Limits())
        writer.notes += u"Postman has no limits on requests in flight; they are left out."_s;
    return Exported{QJsonDocument(json).toJson(), writer.notes};
}

} // namespace Sluice
