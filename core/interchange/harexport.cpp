// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/loadcall.h"
#include "core/interchange/requestexports.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QJsonObject pairOf(const QString &name, const QString &value)
{
    return {{u"name"_s, name}, {u"value"_s, value}};
}

class HarWriter
{
public:
    explicit HarWriter(const LoadPlan &plan) : m_plan(plan) {}

    QJsonObject request(const LoadCall &call) const
    {
        const QString url = text(call.url);
        QJsonArray headers;
        for (const LoadField &header : call.headers)
            headers.append(pairOf(text(header.name), text(header.value)));
        QJsonArray query;
        const auto items = QUrlQuery(QUrl(url)).queryItems(QUrl::FullyDecoded);
        for (const auto &[name, value] : items)
            query.append(pairOf(name, value));
        QJsonObject json{{u"method"_s, call.method},
                         {u"url"_s, url},
                         {u"httpVersion"_s, u"HTTP/1.1"_s},
                         {u"cookies"_s, QJsonArray()},
                         {u"headers"_s, headers},
                         {u"queryString"_s, query},
                         {u"headersSize"_s, -1},
                         {u"bodySize"_s, -1}};
        if (call.body != BodySpec::Kind::None)
            json.insert(u"postData"_s, body(call));
        return json;
    }

private:
    QString text(const ScriptText &parts) const { return plainText(parts, m_plan.constants); }

    QJsonObject body(const LoadCall &call) const
    {
        QJsonObject json{{u"mimeType"_s, u"application/octet-stream"_s}};
        for (const LoadField &header : call.headers) {
            if (text(header.name).compare("content-type"_L1, Qt::CaseInsensitive) == 0)
                json[u"mimeType"_s] = text(header.value);
        }
        if (call.body == BodySpec::Kind::GraphQl) {
            json[u"text"_s] = text(graphQlBody(call));
        } else if (call.fields.empty()) {
            const bool isFile = call.body == BodySpec::Kind::File;
            json[isFile ? u"comment"_s : u"text"_s] = text(call.text);
        } else {
            if (call.body == BodySpec::Kind::Multipart)
                json[u"mimeType"_s] = u"multipart/form-data"_s;
            QJsonArray params;
            for (const LoadField &field : call.fields) {
                QJsonObject param{{u"name"_s, text(field.name)}};
                param.insert(field.isFile ? u"fileName"_s : u"value"_s, text(field.value));
                params.append(param);
            }
            json[u"params"_s] = params;
        }
        return json;
    }

    const LoadPlan &m_plan;
};

} // namespace

Result<Exported> exportHar(const ExportJob &job)
{
    const Result<LoadPlan> plan = requestPlan(job);
    if (!plan)
        return std::unexpected(plan.error());
    QJsonArray entries;
    const HarWriter writer(*plan);
    for (const LoadCall &call : plan->calls) {
        entries.append(QJsonObject{
            {u"comment"_s, call.name},
            {u"startedDateTime"_s, u"1970-01-01T00:00:00.000Z"_s},
            {u"time"_s, 0},
            {u"request"_s, writer.request(call)},
            {u"response"_s,
             QJsonObject{{u"status"_s, 0},
                         {u"statusText"_s, QString()},
                         {u"httpVersion"_s, u"HTTP/1.1"_s},
                         {u"cookies"_s, QJsonArray()},
                         {u"headers"_s, QJsonArray()},
                         {u"content"_s, QJsonObject{{u"size"_s, 0}, {u"mimeType"_s, QString()}}},
                         {u"redirectURL"_s, QString()},
                         {u"headersSize"_s, -1},
                         {u"bodySize"_s, -1}}},
            {u"cache"_s, QJsonObject()},
            {u"timings"_s, QJsonObject{{u"send"_s, 0}, {u"wait"_s, 0}, {u"receive"_s, 0}}}});
    }
    const QJsonObject log{
        {u"version"_s, u"1.2"_s},
        {u"creator"_s,
         QJsonObject{{u"name"_s, u"Sluice"_s}, {u"version"_s, QStringLiteral(SLUICE_VERSION)}}},
        {u"entries"_s, entries}};
    QStringList notes = plan->notes;
    notes += u"Nothing was sent: the archive has no responses."_s;
    return Exported{QJsonDocument(QJsonObject{{u"log"_s, log}}).toJson(), notes};
}

} // namespace Sluice
