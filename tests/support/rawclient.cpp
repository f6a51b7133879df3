// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"

#include <QTest>

namespace {

const QByteArray headerEnd = "\r\n\r\n";

} // namespace

RawClient::RawClient(quint16 port, const QByteArray &method, const QByteArray &path,
                     const QByteArray &headers, const QByteArray &body, const QString &address)
{
    QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket,
                     [this] { m_received += m_socket.readAll(); });
    m_socket.connectToHost(address, port);
    QByteArray request = method + ' ' + path + " HTTP/1.1\r\nHost: " + address.toLatin1()
                         + "\r\nConnection: close\r\n" + headers;
    if (!body.isEmpty())
        request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    m_socket.write(request + "\r\n" + body);
}

bool RawClient::finish()
{
    return QTest::qWaitFor([this] { return isClosed(); }, 30'000);
}

int RawClient::status() const
{
    if (!m_received.startsWith("HTTP/1.1 "))
        return 0;
    return m_received.mid(9, 3).toInt();
}

QByteArray RawClient::header(const QByteArray &name) const
{
    const QByteArray head = m_received.left(m_received.indexOf(headerEnd));
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

QByteArray RawClient::body() const
{
    const qsizetype end = m_received.indexOf(headerEnd);
    return end < 0 ? QByteArray() : m_received.mid(end + headerEnd.size());
}
