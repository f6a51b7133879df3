// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QtGlobal>

namespace Sluice {

/**
 * How the demo server behaves. It plays a service with a fixed number of workers: a request takes
 * one for the service time, later ones wait inside the server in the order they came.
 */
struct DemoServerOptions
{
    /** Loopback only, all on one port; two, so that limits per host have something to limit. */
    QStringList addresses = {QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.2")};
    quint16 port = 8107; ///< 0 = any free port.
    int workers = 8;
    qint64 serviceUs = 40'000; ///< Mean.
    /** A request's service takes longer by this part of itself for each other one that waits. */
    double overload = 0;
    int rejectAbove = 0;  ///< With more than this in flight a request gets 429; 0 = never.
    double jitter = 0;    ///< Coefficient of variation of the service time (log-normal), 0 … 2.
    qint64 networkUs = 0; ///< Delay beside the service time that takes no worker.
    quint32 seed = 1;     ///< Of the jitter: the same seed gives the same times.
    bool exitWithParent = false; ///< Leave when the process that started this one is gone.
};

/**
 * Serves until SIGTERM or SIGINT. Prints `listening on http://127.0.0.1:PORT` as the first line on
 * standard output, and errors on standard error. Needs no Qt event loop; takes over the calling
 * thread and the process's signals. Returns the exit status: 0, or 1 when the options make no
 * sense or an address could not be bound.
 */
int runDemoServer(const DemoServerOptions &options);

} // namespace Sluice
