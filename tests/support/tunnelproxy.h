// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTcpServer>

namespace Sluice::Test {

/**
 * A proxy that opens tunnels (CONNECT, RFC 9110 9.3.6) in the test's own thread. Whatever host they
 * ask for, they all lead to one port of 127.0.0.1.
 */
class TunnelProxy final : public QObject
{
    Q_OBJECT

public:
    explicit TunnelProxy(quint16 backendPort, QObject *parent = nullptr);

    quint16 port() const { return m_server.serverPort(); }
    /** The `host:port` of each tunnel, in order of opening. */
    const QStringList &targets() const { return m_targets; }

private:
    void accept(QTcpSocket *client);
    void open(QTcpSocket *client);

    QTcpServer m_server;
    quint16 m_backendPort;
    QStringList m_targets;
};

} // namespace Sluice::Test
