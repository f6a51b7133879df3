// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/localserver.h"

#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

namespace {

/** The bytes of the first complete request in \a buffer; 0 while it is not complete. */
qsizetype requestLength(const QByteArray &buffer)
{
    const qsizetype head = buffer.indexOf("\r\n\r\n");
    if (head < 0)
        return 0;
    const QByteArray field = "content-length:";
    const QByteArray lower = buffer.left(head).toLower();
    const qsizetype at = lower.indexOf(field);
    const qsizetype body =
        at < 0 ? 0 : lower.mid(at + field.size()).split('\r').first().trimmed().toLongLong();
    return buffer.size() >= head + 4 + body ? head + 4 + body : 0;
}

} // namespace

LocalServer::LocalServer(QObject *parent) : QObject(parent)
{
    setReply("HTTP/1.1 200 OK", "application/json", "{}");
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    m_server.listen(QHostAddress::LocalHost);
}

void LocalServer::setReply(const QByteArray &statusLine, const QByteArray &contentType,
                           const QByteArray &body)
{
    m_reply.clear();
    if (statusLine.isEmpty())
        return;
    m_reply = statusLine + "\r\nContent-Type: " + contentType
              + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void LocalServer::serve(QTcpSocket *socket)
{
    QByteArray buffer = socket->property("buffer").toByteArray() + socket->readAll();
    while (const qsizetype length = requestLength(buffer)) {
        m_requests.push_back(buffer.left(length));
        buffer.remove(0, length);
        socket->write(m_reply);
    }
    socket->setProperty("buffer", buffer);
}

} // namespace Sluice::Test
