// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/freezingrelay.h"

#include <QTcpSocket>

namespace Sluice::Test {

FreezingRelay::FreezingRelay(quint16 backendPort, int dead, QObject *parent)
    : QObject(parent), m_backendPort(backendPort), m_dead(dead)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            accept(client);
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qFatal("No free port");
}

void FreezingRelay::accept(QTcpSocket *client)
{
    const int number = ++m_connections;
    auto *backend = std::make_unique<QTcpSocket>(client).release();
    const auto carry = [this, number](QTcpSocket *from, QTcpSocket *to) {
        connect(from, &QTcpSocket::readyRead, to, [this, number, from, to] {
            const QByteArray bytes = from->readAll();
            if (!isDead(number))
                to->write(bytes);
        });
    };
    carry(client, backend);
    carry(backend, client);
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(backend, &QTcpSocket::disconnected, client, [this, number, client] {
        if (!isDead(number))
            client->disconnectFromHost();
    });
    backend->connectToHost(QHostAddress(QHostAddress::LocalHost), m_backendPort);
}

} // namespace Sluice::Test
