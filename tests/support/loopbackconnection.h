// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace Sluice::Test {

/** Both ends of a TCP connection over loopback, each a blocking socket. */
struct LoopbackConnection
{
    LoopbackConnection()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        ::bind(listener, generic, length);
        ::getsockname(listener, generic, &length);
        ::listen(listener, 1);
        ours = ::socket(AF_INET, SOCK_STREAM, 0);
        ::connect(ours, generic, length);
        theirs = ::accept(listener, nullptr, nullptr);
        ::close(listener);
        port = ntohs(address.sin_port);
        peer = QStringLiteral("127.0.0.1:%1").arg(port);
    }
    ~LoopbackConnection()
    {
        closeOurs();
        closeTheirs();
    }
    LoopbackConnection(const LoopbackConnection &) = delete;
    LoopbackConnection &operator=(const LoopbackConnection &) = delete;

    void closeOurs() { close(ours); }
    void closeTheirs() { close(theirs); }

    int ours = -1;
    int theirs = -1;
    quint16 port = 0; ///< Where `theirs` listened.
    QString peer;     ///< `127.0.0.1:port`

private:
    static void close(int &descriptor)
    {
        if (descriptor >= 0)
            ::close(std::exchange(descriptor, -1));
    }
};

} // namespace Sluice::Test
