// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/keptsocket.h"

#include <QHostAddress>

#include <utility>

#ifdef Q_OS_LINUX
#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString canonical(QHostAddress address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // Also of ::ffff:127.0.0.1.
    if (isV4)
        return QHostAddress(v4).toString();
    address.setScopeId({});
    return address.toString();
}

} // namespace

PeerAddress PeerAddress::of(const QString &host, quint16 port)
{
    const QHostAddress address(host);
    return {address.isNull() ? QString() : canonical(address), port};
}

bool PeerAddress::mayBe(const PeerAddress &other) const
{
    return port == other.port
           && (address.isEmpty() || other.address.isEmpty() || address == other.address);
}

QString PeerAddress::toString() const
{
    return (address.contains(u':') ? u'[' + address + u']' : address) + u':'
           + QString::number(port);
}

KeptSocket::KeptSocket(KeptSocket &&other) noexcept
    : m_original(other.m_original), m_copy(std::exchange(other.m_copy, -1)),
      m_peer(std::move(other.m_peer))
{
}

KeptSocket &KeptSocket::operator=(KeptSocket &&other) noexcept
{
    std::swap(m_original, other.m_original);
    std::swap(m_copy, other.m_copy);
    std::swap(m_peer, other.m_peer);
    return *this;
}

#ifdef Q_OS_LINUX

namespace {

constexpr int DiscardChunks = 16; // For each call, so that a stream does not keep us.

/** The other end of the connected TCP or UDP socket \a descriptor. */
std::optional<sockaddr_storage> otherEnd(int descriptor)
{
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&address), &length) != 0
        || (address.ss_family != AF_INET && address.ss_family != AF_INET6))
        return {};
    return address;
}

quint16 portOf(const sockaddr_storage &address)
{
    // Both families have it at the same place.
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return ntohs(v4.sin_port);
}

std::optional<PeerAddress> peerOf(int descriptor)
{
    const auto end = otherEnd(descriptor);
    if (!end)
        return {};
    const QHostAddress address(reinterpret_cast<const sockaddr *>(&*end));
    return PeerAddress{canonical(address), portOf(*end)};
}

bool isConnecting(int descriptor)
{
    tcp_info info{};
    socklen_t length = sizeof info;
    return ::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) == 0
           && info.tcpi_state == TCP_SYN_SENT;
}

bool isWanted(int descriptor, const std::set<quint16> &ports)
{
    if (const auto end = otherEnd(descriptor))
        return ports.contains(portOf(*end));
    return errno == ENOTCONN && isConnecting(descriptor);
}

} // namespace

KeptSocket::KeptSocket(int original, int copy)
    : m_original(original), m_copy(copy), m_peer(peerOf(copy))
{
}

KeptSocket::~KeptSocket()
{
    if (m_copy >= 0)
        ::close(m_copy);
}

std::optional<PeerAddress> KeptSocket::peer() const
{
    return m_peer ? m_peer : peerOf(m_copy);
}

bool KeptSocket::isAbandoned() const
{
    struct stat ours{};
    struct stat theirs{};
    if (::fstat(m_copy, &ours) != 0)
        return false;
    // The number may be another file's by now; a socket's inode is its own as long as it lives.
    return ::fstat(m_original, &theirs) != 0 || theirs.st_ino != ours.st_ino
           || theirs.st_dev != ours.st_dev;
}

void KeptSocket::shutDown()
{
    ::shutdown(m_copy, SHUT_WR);
}

std::optional<qint64> KeptSocket::discard()
{
    std::array<char, 16 * 1024> buffer;
    qint64 bytes = 0;
    for (int i = 0; i < DiscardChunks; ++i) {
        const ssize_t length = ::recv(m_copy, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (length > 0)
            bytes += length;
        else if (length < 0 && (errno == EAGAIN || errno == EINTR))
            return bytes;
        else
            return {};
    }
    return bytes;
}

qint64 KeptSocket::reset()
{
    tcp_info info{};
    socklen_t length = sizeof info;
    ::getsockopt(m_copy, IPPROTO_TCP, TCP_INFO, &info, &length);
    const linger atOnce{1, 0};
    ::setsockopt(m_copy, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    ::close(std::exchange(m_copy, -1));
    return qint64(info.tcpi_rtt) + 4 * qint64(info.tcpi_rttvar);
}

Result<std::vector<KeptSocket>> keepSockets(const std::set<quint16> &ports,
                                            const std::function<bool(int)> &isExcepted,
                                            qint64 endOfFiles)
{
    std::error_code error;
    std::filesystem::directory_iterator entry("/proc/self/fd", error);
    std::vector<int> wanted;
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        int descriptor = -1;
        std::from_chars(name.data(), name.data() + name.size(), descriptor);
        if (descriptor >= 0 && !isExcepted(descriptor) && isWanted(descriptor, ports))
            wanted.push_back(descriptor);
    }
    if (error)
        return failure(ErrorCode::Unsupported, u"This system does not tell our descriptors"_s);
    std::vector<KeptSocket> kept;
    kept.reserve(wanted.size());
    for (const int descriptor : wanted) {
        const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (copy < 0 && errno == EBADF)
            continue; // Closed since.
        if (copy < 0 || (endOfFiles > 0 && copy >= endOfFiles)) {
            if (copy >= 0)
                ::close(copy);
            return failure(ErrorCode::Unsupported, u"Too many files are open"_s);
        }
        kept.emplace_back(descriptor, copy);
    }
    return kept;
}

#else

KeptSocket::KeptSocket(int original, int copy) : m_original(original), m_copy(copy) {}

KeptSocket::~KeptSocket() = default;

std::optional<PeerAddress> KeptSocket::peer() const
{
    return m_peer;
}

bool KeptSocket::isAbandoned() const
{
    return false;
}

void KeptSocket::shutDown() {}

std::optional<qint64> KeptSocket::discard()
{
    return {};
}

qint64 KeptSocket::reset()
{
    return 0;
}

Result<std::vector<KeptSocket>> keepSockets(const std::set<quint16> &,
                                            const std::function<bool(int)> &, qint64)
{
    return failure(ErrorCode::Unsupported, u"Connections can be kept on Linux only"_s);
}

#endif

} // namespace Sluice
