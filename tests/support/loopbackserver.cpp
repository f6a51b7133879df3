// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/loopbackserver.h"

#include <QHostAddress>
#include <QMutexLocker>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

struct LoopbackServer::Connection
{
    QTcpSocket *socket = nullptr;
    int number = 0;
    QByteArray input;
};

ScriptedReply ScriptedReply::of(const QByteArray &status, const QByteArray &body,
                                const QByteArray &headerLines)
{
    ScriptedReply reply;
    reply.bytes = "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size())
                  + "\r\n" + headerLines + "\r\n" + body;
    return reply;
}

LoopbackServer::LoopbackServer(Script script, const QString &address)
    : m_script(std::move(script)), m_address(address)
{
    auto server = std::make_unique<QTcpServer>();
    server->setListenBacklogSize(1024);
    if (!server->listen(QHostAddress(address)))
        qFatal("No free port on %s", qPrintable(address));
    m_port = server->serverPort();
    m_server = server.release();
    m_server->moveToThread(&m_thread);
    QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] { accept(); });
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_thread.start();
}

LoopbackServer::~LoopbackServer()
{
    m_thread.quit();
    m_thread.wait();
}

QUrl LoopbackServer::url(const QString &path) const
{
    return QUrl(u"http://%1:%2%3"_s.arg(m_address, QString::number(m_port), path));
}

std::vector<ReceivedRequest> LoopbackServer::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

int LoopbackServer::connectionCount() const
{
    const QMutexLocker lock(&m_mutex);
    return m_connections;
}

int LoopbackServer::peakConnections() const
{
    const QMutexLocker lock(&m_mutex);
    return m_peak;
}

void LoopbackServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        const auto connection = std::make_shared<Connection>();
        connection->socket = socket;
        {
            const QMutexLocker lock(&m_mutex);
            connection->number = m_connections++;
            m_peak = std::max(m_peak, ++m_open);
        }
        QObject::connect(socket, &QTcpSocket::readyRead, socket,
                         [this, connection] { read(connection); });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, [this, connection] {
            connection->socket->deleteLater();
            connection->socket = nullptr;
            const QMutexLocker lock(&m_mutex);
            --m_open;
        });
        read(connection);
    }
}

void LoopbackServer::read(const std::shared_ptr<Connection> &connection)
{
    connection->input += connection->socket->readAll();
    const qsizetype headEnd = connection->input.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    ReceivedRequest request;
    request.connection = connection->number;
    const QList<QByteArray> lines = connection->input.left(headEnd).split('\n');
    const QList<QByteArray> start = lines.first().trimmed().split(' ');
    request.method = start.value(0);
    request.target = start.value(1);
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.append(line.left(colon), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (connection->input.size() < headEnd + 4 + length)
        return;
    request.body = connection->input.mid(headEnd + 4, length);
    connection->input.remove(0, headEnd + 4 + length);
    {
        const QMutexLocker lock(&m_mutex);
        m_requests.push_back(request);
    }
    const ScriptedReply reply = m_script(request);
    if (reply.never)
        return;
    if (reply.delayMs == 0) {
        answer(connection, reply);
        return;
    }
    QTimer::singleShot(reply.delayMs, Qt::PreciseTimer, connection->socket,
                       [this, connection, reply] { answer(connection, reply); });
}

void LoopbackServer::answer(const std::shared_ptr<Connection> &connection,
                            const ScriptedReply &reply)
{
    if (!connection->socket)
        return;
    connection->socket->write(reply.bytes);
    if (reply.closeAfter)
        connection->socket->disconnectFromHost();
    else if (connection->socket->bytesAvailable() > 0 || !connection->input.isEmpty())
        read(connection);
}

} // namespace Sluice::Test
