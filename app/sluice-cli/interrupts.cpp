// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/interrupts.h"

#include <array>
#include <csignal>

#include <sys/socket.h>
#include <unistd.h>

namespace Sluice {

namespace {

// A signal handler may do little more than write(): it wakes the event loop through this pair.
std::array<int, 2> sockets{-1, -1};

void handleSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(sockets[0], &byte, 1);
}

void install(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

} // namespace

Interrupts::Interrupts(QObject *parent) : QObject(parent)
{
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(sockets[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Interrupts::readPending);
    install(handleSignal);
}

Interrupts::~Interrupts()
{
    install(SIG_DFL);
    m_notifier.reset();
    for (int &socket : sockets) {
        if (socket >= 0)
            close(socket);
        socket = -1;
    }
}

void Interrupts::readPending()
{
    std::array<char, 16> bytes{};
    const ssize_t count = read(sockets[1], bytes.data(), bytes.size());
    for (ssize_t i = 0; i < count; ++i)
        emit interrupted(++m_count);
}

} // namespace Sluice
