// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/harfile.h"

#include "core/environment/redactor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

bool isCredential(const QByteArray &name)
{
    static const QSet<QByteArray> names{"authorization", "proxy-authorization", "cookie",
                                        "set-cookie", "x-api-key"};
    return names.contains(name.toLower());
}

QJsonArray headersJson(const HeaderList &headers)
{
    QJsonArray list;
    for (const Header &field : headers) {
        const QString value = isCredential(field.name) ? QString::fromLatin1(Redactor::Mark)
                                                       : QString::fromUtf8(field.value);
        list.append(QJsonObject{{u"name"_s, QString::fromUtf8(field.name)}, {u"value"_s, value}});
    }
    return list;
}

QJsonObject requestJson(const Response &response)
{
    QUrl url = response.url;
    url.setUserInfo({});
    QJsonArray query;
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        query.append(QJsonObject{{u"name"_s, name}, {u"value"_s, value}});
    return {{u"method"_s, QString::fromUtf8(response.method)},
            {u"url"_s, url.toString(QUrl::FullyEncoded)},
            {u"httpVersion"_s, QString::fromUtf8(response.protocol)},
            {u"cookies"_s, QJsonArray()},
            {u"headers"_s, headersJson(response.sentHeaders)},
            {u"queryString"_s, query},
            {u"headersSize"_s, -1},
            {u"bodySize"_s, -1}};
}

QJsonObject contentJson(const Response &response)
{
    QJsonObject json{{u"size"_s, response.body.size()},
                     {u"mimeType"_s, QString::fromUtf8(response.headers.value("Content-Type"))}};
    const bool isText = response.body.size() <= HarFile::MaxBodyBytes
                        && QByteArrayView(response.body).isValidUtf8();
    if (isText)
        json.insert(u"text"_s, QString::fromUtf8(response.body));
    else
        json.insert(u"comment"_s, u"The body is left out: it is too long, or no text."_s);
    return json;
}

QJsonObject responseJson(const Response &response, const QJsonObject &content)
{
    QJsonObject json{{u"status"_s, response.status},
                     {u"statusText"_s, QString::fromUtf8(response.reason)},
                     {u"httpVersion"_s, QString::fromUtf8(response.protocol)},
                     {u"cookies"_s, QJsonArray()},
                     {u"headers"_s, headersJson(response.headers)},
                     {u"content"_s, content},
                     {u"redirectURL"_s, QString::fromUtf8(response.headers.value("Location"))},
                     {u"headersSize"_s, -1},
                     {u"bodySize"_s, response.bytesWire}};
    if (response.error)
        json.insert(u"_error"_s, response.error->message);
    return json;
}

QJsonObject timingsJson(const PhaseTimings &timings)
{
    const auto ms = [](qint64 us) { return double(us) / 1000; };
    return {{u"blocked"_s, ms(timings.queuedUs() + timings.stalledUs())},
            {u"_blocked_queueing"_s, ms(timings.queuedUs())},
            {u"dns"_s, -1},
            {u"connect"_s, timings.isNewConnection() ? ms(timings.connectingUs()) : -1},
            {u"ssl"_s, -1},
            {u"send"_s, 0},
            {u"wait"_s, ms(timings.waitingUs())},
            {u"receive"_s, ms(timings.downloadUs())}};
}

/** HAR 1.2: `time` is the sum of the phases that happened. */
double sumOf(const QJsonObject &timings)
{
    double sum = 0;
    for (const char *phase : {"blocked", "connect", "send", "wait", "receive"})
        sum += std::max(0.0, timings[QLatin1StringView(phase)].toDouble());
    return sum;
}

} // namespace

QByteArray HarFile::head()
{
    return "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Sluice\",\"version\":"
           "\"" SLUICE_VERSION "\"},\"entries\":[\n";
}

QByteArray HarFile::entry(const Sample &sample, const Response &response, const QString &name,
                          const QDateTime &startedAt)
{
    const QJsonObject timings = timingsJson(sample.timings);
    const QJsonObject content =
        m_bodies == Bodies::Kept
            ? contentJson(response)
            : QJsonObject{{u"size"_s, sample.bytesBody},
                          {u"mimeType"_s, QString()},
                          {u"comment"_s, u"Headers and bodies were not kept."_s}};
    const QJsonObject json{{u"startedDateTime"_s, startedAt.toUTC().toString(Qt::ISODateWithMs)},
                           {u"time"_s, sumOf(timings)},
                           {u"request"_s, requestJson(response)},
                           {u"response"_s, responseJson(response, content)},
                           {u"cache"_s, QJsonObject()},
                           {u"timings"_s, timings},
                           {u"comment"_s, name}};
    const QByteArray separator = m_isFirst ? "" : ",\n";
    m_isFirst = false;
    return separator + QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray HarFile::tail()
{
    return "\n]}}\n";
}

} // namespace Sluice
