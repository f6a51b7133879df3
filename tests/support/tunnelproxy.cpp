// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tunnelproxy.h"

#include <QTcpSocket>

namespace Sluice::Test {

TunnelProxy::TunnelProxy(quint16 backendPort, QObject *parent)
    : QObject(parent), m_backendPort(backendPort)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            accept(client);
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("No free port");
}

void TunnelProxy::accept(QTcpSocket *client)
{
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(client, &QTcpSocket::readyRead, this, [this, client] {
        if (client->peek(64 * 1024).contains("\r\n\r\n"))
            open(client);
    });
}

void TunnelProxy::open(QTcpSocket *client)
{
    m_targets.append(QString::fromLatin1(client->readLine().split(' ').value(1)));
    client->readAll(); // The rest of the head; the client speaks again when it is answered.
    client->disconnect(this);
    auto *backend = std::make_unique<QTcpSocket>(client).release();
    connect(backend, &QTcpSocket::connected, client,
            [client] { client->write("HTTP/1.1 200 Connection established\r\n\r\n"); });
    connect(client, &QTcpSocket::readyRead, backend,
            [client, backend] { backend->write(client->readAll()); });
    connect(backend, &QTcpSocket::readyRead, client,
            [client, backend] { client->write(backend->readAll()); });
    connect(backend, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    backend->connectToHost(QHostAddress(QHostAddress::LocalHost), m_backendPort);
}

} // namespace Sluice::Test
