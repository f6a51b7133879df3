// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpSocket>

/**
 * One HTTP request over a plain socket, written as bytes, and what comes back until the server
 * closes. For tests of servers: nothing of the product is between.
 */
class RawClient
{
public:
    /** `GET /path` with `Connection: close`; \a headers are whole lines that end in CRLF. */
    RawClient(quint16 port, const QByteArray &method, const QByteArray &path,
              const QByteArray &headers = {}, const QByteArray &body = {},
              const QString &address = QStringLiteral("127.0.0.1"));

    /** Waits until the server has closed. */
    bool finish();
    bool isClosed() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    void abort() { m_socket.abort(); }

    /** 0 when the answer is not HTTP. */
    int status() const;
    QByteArray header(const QByteArray &name) const;
    QByteArray body() const;
    const QByteArray &received() const { return m_received; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};
