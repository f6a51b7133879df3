// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#ifdef Q_OS_LINUX
#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QSet>
#include <QtEndian>

#include <array>
#include <cstring>

#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sluice {

#ifdef Q_OS_LINUX

namespace {

/** The inodes of the sockets that this process holds. */
QSet<QByteArray> socketInodes()
{
    QSet<QByteArray> inodes;
    const QStringList entries =
        QDir(u"/proc/self/fd"_s).entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        char target[64];
        const QByteArray path = "/proc/self/fd/" + entry.toLatin1();
        const ssize_t length = ::readlink(path.constData(), target, sizeof target);
        const QByteArrayView text(target, qMax<qsizetype>(0, length));
        if (text.startsWith("socket:[") && text.endsWith(']'))
            inodes.insert(text.sliced(8, text.size() - 9).toByteArray());
    }
    return inodes;
}

/** `ADDRESS:PORT` of /proc/net/tcp: the address as 32-bit numbers in this machine's byte order. */
QString peerText(const QByteArray &cell)
{
    const qsizetype colon = cell.indexOf(':');
    const QString port = QString::number(cell.mid(colon + 1).toUInt(nullptr, 16));
    std::array<quint8, 16> bytes{};
    for (qsizetype i = 0; i + 8 <= std::min<qsizetype>(colon, 32); i += 8) {
        const quint32 word = cell.mid(i, 8).toUInt(nullptr, 16);
        std::memcpy(bytes.data() + i / 2, &word, sizeof word);
    }
    if (colon == 8)
        return QHostAddress(qFromBigEndian<quint32>(bytes.data())).toString() + u':' + port;
    const QHostAddress address(bytes.data());
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return (isV4 ? QHostAddress(v4).toString() : u'[' + address.toString() + u']') + u':' + port;
}

bool isConnection(const QByteArray &state)
{
    // 01 established, 02 and 03 connecting, 08 closed by the peer but not yet by us.
    return state == "01" || state == "02" || state == "03" || state == "08";
}

} // namespace

Result<OpenSockets> countOpenSockets()
{
    const QSet<QByteArray> inodes = socketInodes();
    OpenSockets sockets;
    for (const QString &table : {u"/proc/self/net/tcp"_s, u"/proc/self/net/tcp6"_s}) {
        QFile file(table);
        if (!file.open(QIODevice::ReadOnly))
            continue; // no IPv6
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> cells = line.simplified().split(' ');
            if (cells.size() < 10 || !isConnection(cells[3]) || !inodes.contains(cells[9]))
                continue;
            ++sockets.total;
            ++sockets.byPeer[peerText(cells[2])];
        }
    }
    return sockets;
}

#else

Result<OpenSockets> countOpenSockets()
{
    return failure(ErrorCode::Unsupported, u"Open sockets can be counted on Linux only"_s);
}

#endif

Result<qint64> raiseOpenFileLimit()
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return failure(ErrorCode::Unsupported, u"This system does not tell its limit of files"_s);
    if (limit.rlim_cur < limit.rlim_max) {
        rlimit raised = limit;
        raised.rlim_cur = limit.rlim_max;
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0)
            limit = raised;
    }
    return qint64(limit.rlim_cur);
#else
    return failure(ErrorCode::Unsupported, u"This system has no limit of files to raise"_s);
#endif
}

} // namespace Sluice
