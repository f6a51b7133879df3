// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/demoexchange.h"
#include "app/demo-server/routes.h"

#include <algorithm>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 pieceSize = 64 * 1024;
constexpr qint64 mostBytes = qint64(4) * 1024 * 1024 * 1024;

/** Gives the pieces of a body one after the other, at last an empty one. */
using Source = std::function<QByteArray()>;

/** Sends what \a source gives, as fast as the client takes it. */
void pump(DemoExchange &exchange, Source source)
{
    const QByteArray piece = source();
    if (piece.isEmpty())
        exchange.end();
    else
        exchange.write(piece, [&exchange, source] { pump(exchange, source); });
}

/** \a total bytes of \a pattern, over and over. */
Source repeated(const QByteArray &pattern, qint64 total)
{
    return [pattern, left = total]() mutable {
        const QByteArray piece = pattern.left(std::min<qint64>(left, pattern.size()));
        left -= piece.size();
        return piece;
    };
}

ReplyHeaders contentLength(qint64 size)
{
    return {{"Content-Length", QByteArray::number(size)}};
}

/** evhttp sends no body after HEAD, so a source would never be asked for the next piece. */
void sendBody(DemoExchange &exchange, const Reply &head, const Source &source)
{
    if (exchange.method() == "HEAD") {
        exchange.reply(head);
        return;
    }
    exchange.begin(head);
    pump(exchange, source);
}

void bytes(DemoExchange &exchange, Shop &)
{
    const qint64 size =
        std::clamp(exchange.segments().constLast().toLongLong(), qint64(0), mostBytes);
    const bool chunked = exchange.queryNumber(u"chunked"_s, 0) != 0;
    QByteArray pattern(pieceSize, Qt::Uninitialized);
    std::generate(pattern.begin(), pattern.end(), [x = 0U]() mutable {
        x = x * 1'664'525U + 1'013'904'223U;
        return char(x >> 24);
    });
    sendBody(exchange,
             {.contentType = "application/octet-stream",
              .headers = chunked ? ReplyHeaders{} : contentLength(size)},
             repeated(pattern, size));
}

/** One JSON array of about `?bytes=`. */
void largeJson(DemoExchange &exchange, Shop &)
{
    const qint64 wanted =
        std::clamp(exchange.queryNumber(u"bytes"_s, 1'000'000), qint64(100), mostBytes);
    const QByteArray row =
        "{\"id\":9007199254740993,\"name\":\"Ada Lovelace\",\"balance\":1204.10},\n";
    const QByteArray last = R"({"last":true}])";
    const qint64 rowBytes = wanted / row.size() * row.size();

    const Source rows = repeated(row.repeated(pieceSize / row.size()), rowBytes);
    const Source array = [rows, last, begun = false, ended = false]() mutable -> QByteArray {
        if (!std::exchange(begun, true))
            return "[";
        if (const QByteArray piece = rows(); !piece.isEmpty())
            return piece;
        return std::exchange(ended, true) ? QByteArray() : last;
    };
    sendBody(exchange, {.headers = contentLength(1 + rowBytes + last.size())}, array);
}

/** Sends event number \a number and the later ones, \a us apart; without end when \a last is 0. */
void sendEvent(DemoExchange &exchange, qint64 number, qint64 last, qint64 us)
{
    const QByteArray event = "data: {\"event\":" + QByteArray::number(number) + "}\n\n";
    exchange.write(event, [&exchange, number, last, us] {
        if (number == last) {
            exchange.end();
            return;
        }
        exchange.after(
            us, [&exchange, number, last, us] { sendEvent(exchange, number + 1, last, us); });
    });
}

void events(DemoExchange &exchange, Shop &)
{
    const Reply head{.contentType = "text/event-stream",
                     .headers = {{"Cache-Control", "no-store"}}};
    if (exchange.method() == "HEAD") {
        exchange.reply(head);
        return;
    }
    exchange.begin(head);
    const qint64 count = std::max<qint64>(0, exchange.queryNumber(u"n"_s, 10));
    const qint64 ms = std::clamp(exchange.queryNumber(u"ms"_s, 100), qint64(1), qint64(60'000));
    sendEvent(exchange, 1, count, ms * 1000);
}

void hang(DemoExchange &, Shop &) {}

void garbage(DemoExchange &exchange, Shop &)
{
    exchange.sendRawAndClose("This is not an answer that HTTP knows.\r\n\r\n");
}

void truncated(DemoExchange &exchange, Shop &)
{
    exchange.sendRawAndClose("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                             "Content-Length: 1000\r\n\r\nonly this much");
}

void reset(DemoExchange &exchange, Shop &)
{
    exchange.reset();
}

constexpr auto service = Route::Time::Service;

constexpr Route routes[] = {
    {"GET", "/bytes/*", service, bytes, "that many bytes; ?chunked=1"},
    {"GET", "/json/large", service, largeJson, "?bytes="},
    {"GET", "/stream", service, events, "?n= events ?ms= apart; without end when n=0"},
    {"*", "/hang", Route::Time::None, hang, "never answers"},
    {"*", "/garbage", service, garbage, "answers something that is not HTTP"},
    {"*", "/truncated", service, truncated, "closes in the middle of the body"},
    {"*", "/reset", service, reset, "resets the connection"},
};

} // namespace

std::span<const Route> streamRoutes()
{
    return routes;
}

} // namespace Sluice
