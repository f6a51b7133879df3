// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/demoexchange.h"
#include "app/demo-server/routes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <zlib.h>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject headerObject(const DemoExchange &exchange)
{
    QJsonObject object;
    for (const auto &[name, value] : exchange.headers())
        object.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    return object;
}

void index(DemoExchange &exchange, Shop &)
{
    exchange.reply({.contentType = "text/plain; charset=utf-8", .body = routeIndex()});
}

/** About 1 kB. */
void json(DemoExchange &exchange, Shop &)
{
    QJsonArray lines;
    for (int i = 0; i < 10; ++i) {
        lines.append(QJsonObject{{u"line"_s, i},
                                 {u"text"_s, u"the quick brown fox jumps over the lazy dog"_s},
                                 {u"even"_s, i % 2 == 0}});
    }
    exchange.reply({.body = compact({{u"title"_s, u"Demo"_s}, {u"lines"_s, lines}})});
}

void answersAtOnce(DemoExchange &exchange, Shop &)
{
    exchange.reply({.body = R"({"ok":true})"});
}

void status(DemoExchange &exchange, Shop &)
{
    const int code = exchange.segments().constLast().toInt();
    if (code < 200 || code > 599) {
        exchange.reply({.status = 400, .body = R"({"error":"A status lies between 200 and 599"})"});
        return;
    }
    ReplyHeaders headers;
    if (code == 429 || code == 503)
        headers.emplace_back("Retry-After",
                             QByteArray::number(exchange.queryNumber(u"retry_after"_s, 1)));
    const bool empty = code == 204 || code == 304;
    exchange.reply({.status = code,
                    .body = empty ? QByteArray() : compact({{u"status"_s, code}}),
                    .headers = headers});
}

void redirect(DemoExchange &exchange, Shop &)
{
    const int left = exchange.segments().constLast().toInt();
    const QByteArray next =
        left > 1 ? "/redirect/" + QByteArray::number(left - 1) : QByteArray("/anything");
    exchange.reply({.status = 302, .contentType = "text/plain", .headers = {{"Location", next}}});
}

void redirectTo(DemoExchange &exchange, Shop &)
{
    const QString url = exchange.query().queryItemValue(u"url"_s, QUrl::FullyDecoded);
    const int code = int(exchange.queryNumber(u"status"_s, 302));
    exchange.reply({.status = code >= 300 && code < 400 ? code : 302,
                    .contentType = "text/plain",
                    .headers = {{"Location", url.toUtf8()}}});
}

void login(DemoExchange &exchange, Shop &)
{
    const QJsonObject body = QJsonDocument::fromJson(exchange.body()).object();
    const QString user = body.value("user"_L1).toString();
    if (user.isEmpty() || body.value("password"_L1).toString().isEmpty()) {
        exchange.reply({.status = 401, .body = R"({"error":"Send a user and a password"})"});
        return;
    }
    exchange.reply({.body = compact({{u"token"_s, QString(u"demo-"_s + user)}})});
}

void me(DemoExchange &exchange, Shop &)
{
    const QByteArray scheme = "Bearer demo-";
    const QByteArray authorization = exchange.header("Authorization");
    if (!authorization.startsWith(scheme)) {
        exchange.reply({.status = 401,
                        .body = R"({"error":"Sign in: send the token of POST /login as bearer"})",
                        .headers = {{"WWW-Authenticate", "Bearer"}}});
        return;
    }
    const QString user = QString::fromUtf8(authorization.mid(scheme.size()));
    exchange.reply({.body = compact({{u"user"_s, user}})});
}

void basicAuth(DemoExchange &exchange, Shop &)
{
    const QStringList &parts = exchange.segments();
    const QByteArray wanted = (parts[1] + u':' + parts[2]).toUtf8().toBase64();
    if (exchange.header("Authorization") == "Basic " + wanted)
        exchange.reply({.body = compact({{u"user"_s, parts[1]}})});
    else
        exchange.reply({.status = 401,
                        .body = R"({"error":"Wrong user or password"})",
                        .headers = {{"WWW-Authenticate", R"(Basic realm="demo")"}}});
}

/** gzip format (RFC 1952) at zlib's default level. */
QByteArray gzipped(const QByteArray &text)
{
    constexpr int windowBitsForGzip = 15 + 16;
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBitsForGzip, 8,
                 Z_DEFAULT_STRATEGY);
    QByteArray input = text;
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(input.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = uInt(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = uInt(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

void gzip(DemoExchange &exchange, Shop &)
{
    const QByteArray text = compact({{u"packed"_s, true}, {u"text"_s, QString(10'000, u'a')}});
    exchange.reply({.body = gzipped(text), .headers = {{"Content-Encoding", "gzip"}}});
}

void setCookies(DemoExchange &exchange, Shop &)
{
    ReplyHeaders headers{{"Location", "/cookies"}};
    for (const auto &[name, value] : exchange.query().queryItems())
        headers.emplace_back("Set-Cookie", (name + u'=' + value + "; Path=/"_L1).toUtf8());
    exchange.reply({.status = 302, .contentType = "text/plain", .headers = headers});
}

void cookies(DemoExchange &exchange, Shop &)
{
    QJsonObject found;
    for (const QByteArray &pair : exchange.header("Cookie").split(';')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0)
            found.insert(QString::fromUtf8(pair.left(equals).trimmed()),
                         QString::fromUtf8(pair.mid(equals + 1)));
    }
    exchange.reply({.body = compact({{u"cookies"_s, found}})});
}

void headers(DemoExchange &exchange, Shop &)
{
    exchange.reply({.body = compact({{u"headers"_s, headerObject(exchange)}})});
}

void anything(DemoExchange &exchange, Shop &)
{
    QJsonObject query;
    for (const auto &[name, value] : exchange.query().queryItems(QUrl::FullyDecoded))
        query.insert(name, value);
    exchange.reply({.body = compact({{u"method"_s, QString::fromLatin1(exchange.method())},
                                     {u"path"_s, exchange.path()},
                                     {u"query"_s, query},
                                     {u"headers"_s, headerObject(exchange)},
                                     {u"body"_s, QString::fromUtf8(exchange.body())}})});
}

constexpr auto service = Route::Time::Service;

constexpr Route routes[] = {
    {"GET", "/", Route::Time::None, index, "this page"},
    {"GET", "/json", service, json, "about 1 kB"},
    {"*", "/slow", Route::Time::Query, answersAtOnce, "?ms= that long"},
    {"*", "/status/*", service, status, "that status; ?retry_after= with 429 and 503"},
    {"GET", "/redirect/*", service, redirect, "that many redirects"},
    {"GET", "/redirect-to", service, redirectTo, "?url= ?status="},
    {"POST", "/login", service, login, R"({"user":…,"password":…} gives a token)"},
    {"GET", "/me", service, me, "needs a bearer token"},
    {"GET", "/basic-auth/*/*", service, basicAuth, "wants that user and password"},
    {"GET", "/gzip", service, gzip, "a compressed reply"},
    {"GET", "/cookies/set", service, setCookies, "?name=value sets cookies"},
    {"GET", "/cookies", service, cookies, "the cookies of the request"},
    {"GET", "/headers", service, headers, "the headers of the request"},
    {"*", "/anything", service, anything, "the whole request"},
};

} // namespace

std::span<const Route> playgroundRoutes()
{
    return routes;
}

} // namespace Sluice
