// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demo-server/demoexchange.h"
#include "app/demo-server/serverstats.h"
#include "app/demo-server/shop.h"
#include "app/demo-server/workers.h"

#include <memory>
#include <unordered_map>

namespace Sluice {

struct Route;

/**
 * Takes requests from its addresses, lets the workers spend their time on them and has the routes
 * answer. Everything runs in the thread of the event loop it is given.
 */
class Server
{
public:
    Server(event_base *base, const DemoServerOptions &options);
    ~Server();

    /** Listens on every address of the options. The port, or 0 with errno set. */
    quint16 listen();

private:
    struct Connection;

    bool listenOn(const QString &address, quint16 &port);
    void received(evhttp_request *request);
    Connection &connectionOf(evhttp_request *request);
    void closed(Connection &connection);
    void serve(Connection &connection);
    void answer(Connection &connection, const Route &route);
    void ended(Connection &connection);
    void answerControl(evhttp_request *request);

    event_base *m_base;
    DemoServerOptions m_options;
    Workers m_workers;
    ServerStats m_stats;
    Shop m_shop;
    std::unordered_map<evhttp_connection *, std::unique_ptr<Connection>> m_connections;
    HttpPtr m_http;
};

} // namespace Sluice
