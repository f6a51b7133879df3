// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/demoserver.h"

#include "app/demo-server/server.h"

#include <cstdio>
#include <cstring>

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 parentCheckUs = 500'000;

/** What is wrong with \a options; empty when nothing is. */
QString objection(const DemoServerOptions &options)
{
    if (options.addresses.isEmpty())
        return u"needs at least one address to listen on"_s;
    for (const QString &address : options.addresses) {
        if (!address.startsWith("127."_L1) && address != "::1"_L1)
            return u"listens on loopback addresses only, not on %1"_s.arg(address);
    }
    if (options.workers < 1)
        return u"needs at least one worker"_s;
    if (options.serviceUs < 0 || options.networkUs < 0)
        return u"a time cannot be negative"_s;
    if (!(options.overload >= 0) || options.overload > 100)
        return u"overload must lie between 0 and 100"_s;
    if (!(options.jitter >= 0) || options.jitter > 2)
        return u"jitter must lie between 0 and 2"_s;
    if (options.rejectAbove < 0)
        return u"reject-above cannot be negative"_s;
    return {};
}

int fail(const QString &why)
{
    std::fprintf(stderr, "demo server: %s\n", qPrintable(why));
    return 1;
}

/** As many sockets as the system allows: each client connection is one. */
void raiseFileLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

EventPtr stopOn(event_base *base, int signal)
{
    EventPtr stop(evsignal_new(
        base, signal,
        [](evutil_socket_t, short, void *loop) {
            event_base_loopbreak(static_cast<event_base *>(loop));
        },
        base));
    evsignal_add(stop.get(), nullptr);
    return stop;
}

/** Ends the loop once another process has inherited this one. */
struct ParentWatch
{
    event_base *base;
    pid_t parent;
    EventPtr timer;

    explicit ParentWatch(event_base *loop) : base(loop), parent(::getppid())
    {
        timer.reset(event_new(
            base, -1, EV_PERSIST,
            [](evutil_socket_t, short, void *self) {
                const auto *watch = static_cast<ParentWatch *>(self);
                if (::getppid() != watch->parent)
                    event_base_loopbreak(watch->base);
            },
            this));
        const timeval time = timevalFromUs(parentCheckUs);
        event_add(timer.get(), &time);
    }
};

} // namespace

int runDemoServer(const DemoServerOptions &options)
{
    if (const QString why = objection(options); !why.isEmpty())
        return fail(why);
    raiseFileLimit();
    ::signal(SIGPIPE, SIG_IGN);

    const EventBasePtr base(event_base_new());
    Server server(base.get(), options);
    const quint16 port = server.listen();
    if (port == 0)
        return fail(u"cannot listen on %1 port %2: %3"_s.arg(options.addresses.join(u", "_s))
                        .arg(options.port)
                        .arg(QString::fromLocal8Bit(std::strerror(errno))));
    const EventPtr onTerminate = stopOn(base.get(), SIGTERM);
    const EventPtr onInterrupt = stopOn(base.get(), SIGINT);
    std::unique_ptr<ParentWatch> watch;
    if (options.exitWithParent)
        watch = std::make_unique<ParentWatch>(base.get());

    const QString &first = options.addresses.constFirst();
    const QString host = first.contains(u':') ? u'[' + first + u']' : first;
    std::printf("listening on http://%s:%d\n", qPrintable(host), int(port));
    std::fflush(stdout);
    event_base_dispatch(base.get());
    return 0;
}

} // namespace Sluice
