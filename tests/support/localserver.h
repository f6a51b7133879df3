// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpServer>

#include <vector>

namespace Sluice::Test {

/**
 * An HTTP/1.1 server on a free port of 127.0.0.1, in the test's own thread: answers every request
 * with one reply and remembers what it was asked.
 */
class LocalServer final : public QObject
{
    Q_OBJECT

public:
    explicit LocalServer(QObject *parent = nullptr);

    quint16 port() const { return m_server.serverPort(); }
    /** What the next requests get. An empty status line means that they get no answer. */
    void setReply(const QByteArray &statusLine, const QByteArray &contentType,
                  const QByteArray &body);
    /** Head and body of each request, in order of arrival. */
    const std::vector<QByteArray> &requests() const { return m_requests; }

private:
    void serve(QTcpSocket *socket);

    QTcpServer m_server;
    QByteArray m_reply;
    std::vector<QByteArray> m_requests;
};

} // namespace Sluice::Test
