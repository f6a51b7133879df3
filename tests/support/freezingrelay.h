// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>

namespace Sluice::Test {

/**
 * Carries bytes between its own port and one of 127.0.0.1, in the test's own thread, and lets
 * connections go dead: they stay open, and nothing comes or goes.
 */
class FreezingRelay final : public QObject
{
    Q_OBJECT

public:
    /** The first \a dead connections never carry anything. */
    explicit FreezingRelay(quint16 backendPort, int dead = 0, QObject *parent = nullptr);

    quint16 port() const { return m_server.serverPort(); }
    int connectionCount() const { return m_connections; }
    /** Those that are open now carry nothing any more; later ones do. */
    void freeze() { m_dead = m_connections; }

private:
    void accept(QTcpSocket *client);
    bool isDead(int number) const { return number <= m_dead; }

    QTcpServer m_server;
    quint16 m_backendPort;
    int m_connections = 0;
    int m_dead;
};

} // namespace Sluice::Test
