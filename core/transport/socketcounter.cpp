// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/socketcounter.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#ifdef Q_OS_LINUX
#include <QDir>
#include <QHostAddress>
#include <QScopeGuard>
#include <QSet>
#include <QtEndian>

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sluice {

#ifdef Q_OS_LINUX

namespace {

/** The inodes of the sockets that this process holds. */
QSet<quint32> socketInodes()
{
    QSet<quint32> inodes;
    const QStringList entries =
        QDir(u"/proc/self/fd"_s).entryList(QDir::System | QDir::Files | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        char target[64];
        const QByteArray path = "/proc/self/fd/" + entry.toLatin1();
        const ssize_t length = ::readlink(path.constData(), target, sizeof target);
        const QByteArrayView text(target, qMax<qsizetype>(0, length));
        if (text.startsWith("socket:[") && text.endsWith(']'))
            inodes.insert(text.sliced(8, text.size() - 9).toUInt());
    }
    return inodes;
}

enum TcpState : quint32 {
    Established = 1,
    SynSent = 2,
    SynReceived = 3,
    FinWait1 = 4,
    FinWait2 = 5,
    CloseWait = 8
};

constexpr quint32 bit(TcpState state)
{
    return quint32(1) << state;
}

QString peerText(const inet_diag_msg &message)
{
    const QString port = QString::number(qFromBigEndian(message.id.idiag_dport));
    if (message.idiag_family == AF_INET) {
        return QHostAddress(qFromBigEndian(message.id.idiag_dst[0])).toString() + u':' + port;
    }
    const QHostAddress address(reinterpret_cast<const quint8 *>(message.id.idiag_dst));
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return (isV4 ? QHostAddress(v4).toString() : u'[' + address.toString() + u']') + u':' + port;
}

/** Hands the messages of one answer on; false when it was the last. */
template<typename Handle>
bool readAnswer(const QByteArray &answer, const Handle &handle)
{
    const auto *header = reinterpret_cast<const nlmsghdr *>(answer.constData());
    qsizetype left = answer.size();
    while (left >= qsizetype(sizeof(nlmsghdr)) && header->nlmsg_len >= sizeof(nlmsghdr)
           && qsizetype(header->nlmsg_len) <= left) {
        if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
            return false;
        const char *data = reinterpret_cast<const char *>(header) + NLMSG_HDRLEN;
        handle(*reinterpret_cast<const inet_diag_msg *>(data));
        const qsizetype step = NLMSG_ALIGN(header->nlmsg_len);
        left -= step;
        header = reinterpret_cast<const nlmsghdr *>(reinterpret_cast<const char *>(header) + step);
    }
    return true;
}

/**
 * Calls \a handle for each TCP socket of this machine in one of \a states (sock_diag(7)). The
 * kernel chooses, so the thousands that rest after their end cost nothing, as they would in /proc.
 */
template<typename Handle>
bool forEachSocket(quint32 states, const Handle &handle)
{
    const int fd = ::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0)
        return false;
    const auto close = qScopeGuard([fd] { ::close(fd); });
    QByteArray buffer(64 * 1024, Qt::Uninitialized);
    for (const int family : {AF_INET, AF_INET6}) {
        struct
        {
            nlmsghdr header;
            inet_diag_req_v2 request;
        } question{};
        question.header.nlmsg_len = sizeof question;
        question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
        question.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
        question.request.sdiag_family = quint8(family);
        question.request.sdiag_protocol = IPPROTO_TCP;
        question.request.idiag_states = states;
        if (::send(fd, &question, sizeof question, 0) != ssize_t(sizeof question))
            return false;
        for (bool more = true; more;) {
            const ssize_t length = ::recv(fd, buffer.data(), std::size_t(buffer.size()), 0);
            if (length <= 0)
                return false;
            more = readAnswer(QByteArray::fromRawData(buffer.constData(), length), handle);
        }
    }
    return true;
}

Error noAnswer()
{
    return {
        ErrorCode::Unsupported, u"This system does not tell its sockets (sock_diag)"_s, {}, 0, 0};
}

} // namespace

Result<OpenSockets> countOpenSockets()
{
    const QSet<quint32> inodes = socketInodes();
    OpenSockets sockets;
    const bool told = forEachSocket(bit(Established) | bit(SynSent) | bit(SynReceived)
                                        | bit(CloseWait) | bit(FinWait1) | bit(FinWait2),
                                    [&](const inet_diag_msg &message) {
                                        if (!inodes.contains(message.idiag_inode))
                                            return;
                                        ++sockets.total;
                                        ++sockets.byPeer[peerText(message)];
                                    });
    if (!told)
        return std::unexpected(noAnswer());
    return sockets;
}

Result<std::map<QString, int>> countHalfClosedSockets()
{
    std::map<QString, int> byPeer;
    const bool told =
        forEachSocket(bit(FinWait1) | bit(FinWait2), [&](const inet_diag_msg &message) {
            if (message.idiag_inode == 0)
                ++byPeer[peerText(message)];
        });
    if (!told)
        return std::unexpected(noAnswer());
    return byPeer;
}

#else

Result<OpenSockets> countOpenSockets()
{
    return failure(ErrorCode::Unsupported, u"Open sockets can be counted on Linux only"_s);
}

Result<std::map<QString, int>> countHalfClosedSockets()
{
    return failure(ErrorCode::Unsupported, u"Closed sockets can be counted on Linux only"_s);
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
