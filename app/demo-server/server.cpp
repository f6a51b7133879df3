// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/server.h"

#include "app/demo-server/routes.h"

#include <event2/bufferevent.h>
#include <event2/listener.h>

#include <QString>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

constexpr int backlog = 4096;
constexpr qint64 largestBody = qint64(256) * 1024 * 1024;
constexpr const char *retryAfterSeconds = "1";

int socketOf(evhttp_connection *connection)
{
    return bufferevent_getfd(evhttp_connection_get_bufferevent(connection));
}

/** The address that the client connected to. */
QByteArray localAddress(int socket)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &length);
    char text[INET6_ADDRSTRLEN] = "";
    if (address.ss_family == AF_INET6)
        ::inet_ntop(AF_INET6, &reinterpret_cast<sockaddr_in6 *>(&address)->sin6_addr, text,
                    sizeof text);
    else
        ::inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in *>(&address)->sin_addr, text,
                    sizeof text);
    return text;
}

/** In network order. */
in_port_t &portOf(sockaddr_storage &address)
{
    if (address.ss_family == AF_INET6)
        return reinterpret_cast<sockaddr_in6 *>(&address)->sin6_port;
    return reinterpret_cast<sockaddr_in *>(&address)->sin_port;
}

quint16 localPort(int socket)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &length);
    return ntohs(portOf(address));
}

} // namespace

/** One client connection, from its first request to its end. */
struct Server::Connection
{
    Server *server;
    evhttp_connection *handle;
    QByteArray address;
    EventPtr hangUp; ///< Fires when the client closes while its request is being served.
    Workers::Job job = Workers::Job::None;
    std::unique_ptr<DemoExchange> exchange;
    bool busy = false; ///< The exchange has not been answered.
};

Server::Server(event_base *base, const DemoServerOptions &options)
    : m_base(base), m_options(options), m_workers(base, options), m_http(evhttp_new(base))
{
    evhttp_set_allowed_methods(m_http.get(), EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD
                                                 | EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE
                                                 | EVHTTP_REQ_OPTIONS | EVHTTP_REQ_PATCH);
    evhttp_set_max_body_size(m_http.get(), largestBody);
    evhttp_set_gencb(
        m_http.get(),
        [](evhttp_request *request, void *self) { static_cast<Server *>(self)->received(request); },
        this);
}

Server::~Server()
{
    for (auto &[handle, connection] : m_connections)
        evhttp_connection_set_closecb(handle, nullptr, nullptr);
}

quint16 Server::listen()
{
    quint16 port = m_options.port;
    for (const QString &address : m_options.addresses) {
        if (!listenOn(address, port))
            return 0;
    }
    return port;
}

bool Server::listenOn(const QString &address, quint16 &port)
{
    sockaddr_storage where{};
    int length = sizeof where;
    if (evutil_parse_sockaddr_port(qPrintable(address), reinterpret_cast<sockaddr *>(&where),
                                   &length)
        != 0) {
        errno = EINVAL;
        return false;
    }
    portOf(where) = htons(port);
    evconnlistener *listener = evconnlistener_new_bind(
        m_base, nullptr, nullptr, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC | LEV_OPT_REUSEABLE,
        backlog, reinterpret_cast<sockaddr *>(&where), length);
    if (!listener || !evhttp_bind_listener(m_http.get(), listener))
        return false;
    port = localPort(evconnlistener_get_fd(listener));
    return true;
}

Server::Connection &Server::connectionOf(evhttp_request *request)
{
    evhttp_connection *handle = evhttp_request_get_connection(request);
    auto &slot = m_connections[handle];
    if (!slot) {
        const int socket = socketOf(handle);
        slot.reset(new Connection{.server = this,
                                  .handle = handle,
                                  .address = localAddress(socket),
                                  .hangUp = {},
                                  .exchange = {}});
        evhttp_connection_set_closecb(
            handle,
            [](evhttp_connection *, void *context) {
                auto *connection = static_cast<Connection *>(context);
                connection->server->closed(*connection);
            },
            slot.get());
        // evhttp does not read while a request is being served, so it would not notice.
        slot->hangUp.reset(event_new(
            m_base, socket, EV_CLOSED,
            [](evutil_socket_t, short, void *context) {
                evhttp_connection_free(static_cast<Connection *>(context)->handle);
            },
            slot.get()));
        event_add(slot->hangUp.get(), nullptr);
        m_stats.connectionOpened(slot->address);
    }
    return *slot;
}

void Server::closed(Connection &connection)
{
    m_workers.abandon(connection.job);
    m_stats.connectionClosed(connection.address);
    if (connection.busy) {
        m_stats.requestAborted();
        m_stats.requestEnded(connection.address);
    }
    m_connections.erase(connection.handle);
}

void Server::received(evhttp_request *request)
{
    if (QByteArrayView(evhttp_request_get_uri(request)).startsWith("/__")) {
        answerControl(request);
        return;
    }
    Connection &connection = connectionOf(request);
    connection.busy = true;
    connection.exchange =
        std::make_unique<DemoExchange>(request, [this, &connection] { ended(connection); });
    const int inFlight = m_stats.requestBegan(connection.address);
    connection.exchange->addHeader("X-In-Flight", QByteArray::number(inFlight));
    if (m_options.rejectAbove > 0 && inFlight > m_options.rejectAbove) {
        m_stats.requestRejected();
        connection.exchange->reply({.status = 429,
                                    .body = R"({"error":"Too many requests at once"})",
                                    .headers = {{"Retry-After", retryAfterSeconds}}});
        return;
    }
    if (m_options.networkUs > 0)
        connection.exchange->after(m_options.networkUs, [this, &connection] { serve(connection); });
    else
        serve(connection);
}

void Server::serve(Connection &connection)
{
    const Route &route = findRoute(*connection.exchange);
    qint64 us = 0;
    if (route.time == Route::Time::Service)
        us = m_workers.serviceUs();
    else if (route.time == Route::Time::Query)
        us = qBound(qint64(0), connection.exchange->queryNumber(u"ms"_s, 1000), qint64(600'000))
             * 1000;
    if (us == 0) {
        answer(connection, route);
        return;
    }
    connection.job =
        m_workers.submit(us, [this, &connection, &route] { answer(connection, route); });
}

void Server::answer(Connection &connection, const Route &route)
{
    connection.job = Workers::Job::None;
    route.handler(*connection.exchange, m_shop);
}

void Server::ended(Connection &connection)
{
    connection.busy = false;
    m_stats.requestEnded(connection.address);
}

/** What is asked of the server itself, beside the service that it plays; not counted. */
void Server::answerControl(evhttp_request *request)
{
    // The exchange needs no owner: it is answered before this returns.
    DemoExchange exchange(request, [] {});
    if (exchange.path() == "/__stats/reset"_L1)
        m_stats.reset();
    if (exchange.segments().size() == 2 && exchange.segments().front() == "__workers"_L1) {
        const int count = exchange.segments().back().toInt();
        if (count < 1) {
            exchange.reply({.status = 400, .body = R"({"error":"/__workers/N, N from 1 on"})"});
            return;
        }
        m_options.rejectAbove = m_options.rejectAbove * count / m_options.workers;
        m_options.workers = count;
        m_workers.setCount(count);
    }
    exchange.reply({.body = m_stats.toJson(), .headers = {{"Cache-Control", "no-store"}}});
}

} // namespace Sluice
