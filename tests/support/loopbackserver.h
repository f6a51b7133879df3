// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/header.h"

#include <QMutex>
#include <QThread>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

class QTcpServer;
class QTcpSocket;

namespace Sluice::Test {

/** A request as it arrived. */
struct ReceivedRequest
{
    QByteArray method;
    QByteArray target;
    HeaderList headers;
    QByteArray body;
    int connection = 0; ///< Counts from 0 in order of acceptance.
};

/** What to do about a request. */
struct ScriptedReply
{
    QByteArray bytes; ///< Written as they are.
    int delayMs = 0;
    bool closeAfter = false;
    bool never = false; ///< No answer; the connection stays open.

    /** A whole reply with Content-Length. */
    static ScriptedReply of(const QByteArray &status, const QByteArray &body,
                            const QByteArray &headerLines = {});
};

/**
 * An HTTP/1.1 server on a free port of a loopback address, in a thread of its own, that answers as
 * its script says and counts what it sees.
 */
class LoopbackServer final
{
public:
    using Script = std::function<ScriptedReply(const ReceivedRequest &request)>;

    /** \a script is called in the server's thread. */
    explicit LoopbackServer(Script script, const QString &address = QStringLiteral("127.0.0.1"));
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer &) = delete;
    LoopbackServer &operator=(const LoopbackServer &) = delete;

    quint16 port() const { return m_port; }
    /** `http://ADDRESS:PORT` and \a path. */
    QUrl url(const QString &path = QStringLiteral("/")) const;
    std::vector<ReceivedRequest> requests() const;
    int connectionCount() const;
    int peakConnections() const;

private:
    struct Connection;

    void accept();
    void read(const std::shared_ptr<Connection> &connection);
    void answer(const std::shared_ptr<Connection> &connection, const ScriptedReply &reply);

    Script m_script;
    QString m_address;
    quint16 m_port = 0;
    QThread m_thread;
    QTcpServer *m_server = nullptr; ///< Lives in m_thread.
    mutable QMutex m_mutex;         ///< Guards the records below.
    std::vector<ReceivedRequest> m_requests;
    int m_connections = 0;
    int m_open = 0;
    int m_peak = 0;
};

} // namespace Sluice::Test
