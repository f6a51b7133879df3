// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/demoexchange.h"

#include <event2/bufferevent.h>
#include <event2/keyvalq_struct.h>

#include <QUrl>

#include <sys/socket.h>

namespace Sluice {

namespace {

const char *reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Demo";
    }
}

QByteArray methodName(evhttp_cmd_type command)
{
    switch (command) {
    case EVHTTP_REQ_GET:
        return "GET";
    case EVHTTP_REQ_POST:
        return "POST";
    case EVHTTP_REQ_HEAD:
        return "HEAD";
    case EVHTTP_REQ_PUT:
        return "PUT";
    case EVHTTP_REQ_DELETE:
        return "DELETE";
    case EVHTTP_REQ_OPTIONS:
        return "OPTIONS";
    case EVHTTP_REQ_TRACE:
        return "TRACE";
    case EVHTTP_REQ_CONNECT:
        return "CONNECT";
    case EVHTTP_REQ_PATCH:
        return "PATCH";
    }
    return {};
}

} // namespace

DemoExchange::DemoExchange(evhttp_request *request, std::function<void()> ended)
    : m_request(request), m_ended(std::move(ended))
{
    const QByteArray sent = target();
    const qsizetype mark = sent.indexOf('?');
    const QByteArray path = mark < 0 ? sent : sent.left(mark);
    m_path = QString::fromUtf8(path);
    for (const QByteArray &segment : path.split('/')) {
        if (!segment.isEmpty())
            m_segments.append(QUrl::fromPercentEncoding(segment));
    }
    if (mark >= 0)
        m_query.setQuery(QString::fromUtf8(sent.mid(mark + 1)));
}

QByteArray DemoExchange::method() const
{
    return methodName(evhttp_request_get_command(m_request));
}

QByteArray DemoExchange::target() const
{
    return evhttp_request_get_uri(m_request);
}

qint64 DemoExchange::queryNumber(const QString &key, qint64 otherwise) const
{
    bool ok = false;
    const qint64 number = m_query.queryItemValue(key).toLongLong(&ok);
    return ok ? number : otherwise;
}

QByteArray DemoExchange::header(const char *name) const
{
    return evhttp_find_header(evhttp_request_get_input_headers(m_request), name);
}

ReplyHeaders DemoExchange::headers() const
{
    ReplyHeaders all;
    const evkeyvalq *list = evhttp_request_get_input_headers(m_request);
    for (const evkeyval *each = list->tqh_first; each; each = each->next.tqe_next)
        all.emplace_back(each->key, each->value);
    return all;
}

QByteArray DemoExchange::body() const
{
    evbuffer *input = evhttp_request_get_input_buffer(m_request);
    QByteArray bytes(qsizetype(evbuffer_get_length(input)), Qt::Uninitialized);
    evbuffer_copyout(input, bytes.data(), size_t(bytes.size()));
    return bytes;
}

void DemoExchange::addHeader(const QByteArray &name, const QByteArray &value)
{
    evhttp_add_header(evhttp_request_get_output_headers(m_request), name.constData(),
                      value.constData());
}

void DemoExchange::setHeaders(const Reply &reply)
{
    addHeader("Content-Type", reply.contentType);
    for (const auto &[name, value] : reply.headers)
        addHeader(name, value);
}

void DemoExchange::reply(const Reply &reply)
{
    setHeaders(reply);
    const BufferPtr body(evbuffer_new());
    evbuffer_add(body.get(), reply.body.constData(), size_t(reply.body.size()));
    evhttp_send_reply(m_request, reply.status, reasonPhrase(reply.status), body.get());
    finish();
}

void DemoExchange::begin(const Reply &head)
{
    setHeaders(head);
    evhttp_send_reply_start(m_request, head.status, reasonPhrase(head.status));
}

void DemoExchange::write(const QByteArray &piece, std::function<void()> sent)
{
    m_next = std::move(sent);
    const BufferPtr buffer(evbuffer_new());
    evbuffer_add(buffer.get(), piece.constData(), size_t(piece.size()));
    evhttp_send_reply_chunk_with_cb(
        m_request, buffer.get(),
        [](evhttp_connection *, void *context) {
            const auto next = std::move(static_cast<DemoExchange *>(context)->m_next);
            next();
        },
        this);
}

void DemoExchange::end()
{
    // The connection may end with the reply's last byte, and this exchange with it.
    finish();
    evhttp_send_reply_end(m_request);
}

void DemoExchange::after(qint64 us, std::function<void()> then)
{
    m_next = std::move(then);
    if (!m_timer) {
        evhttp_connection *connection = evhttp_request_get_connection(m_request);
        m_timer.reset(evtimer_new(
            evhttp_connection_get_base(connection),
            [](evutil_socket_t, short, void *context) {
                const auto next = std::move(static_cast<DemoExchange *>(context)->m_next);
                next();
            },
            this));
    }
    const timeval time = timevalFromUs(us);
    evtimer_add(m_timer.get(), &time);
}

void DemoExchange::sendRawAndClose(const QByteArray &bytes)
{
    evhttp_connection *connection = evhttp_request_get_connection(m_request);
    const int socket = bufferevent_getfd(evhttp_connection_get_bufferevent(connection));
    ::send(socket, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL);
    evhttp_connection_free(connection);
}

void DemoExchange::reset()
{
    evhttp_connection *connection = evhttp_request_get_connection(m_request);
    const int socket = bufferevent_getfd(evhttp_connection_get_bufferevent(connection));
    // Dissolving the association aborts the connection at once; a plain close would send FIN first.
    const sockaddr unspecified{.sa_family = AF_UNSPEC, .sa_data = {}};
    ::connect(socket, &unspecified, sizeof unspecified);
    evhttp_connection_free(connection);
}

void DemoExchange::finish()
{
    const auto ended = std::move(m_ended);
    ended();
}

} // namespace Sluice
