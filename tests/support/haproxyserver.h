// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/refereeserver.h"

#include <QMap>

namespace Sluice::Test {

/** HAProxy in front of a backend, for its own counters of connections. */
class HaproxyServer final : public RefereeServer
{
public:
    struct Options
    {
        /** \a count hosts, each of them a loopback address, in front of \a backendPort. */
        static Options hosts(int count, quint16 backendPort);

        /** Each is a frontend of its own, on the same port. */
        QStringList addresses{QStringLiteral("127.0.0.1")};
        /** Where requests go; 0 = HAProxy answers `ok` itself. */
        quint16 backendPort = 0;
        /** Further lines of every frontend. */
        QStringList frontendLines;
        /** PEM files of a certificate and its key; it then speaks TLS. */
        QString certificate;
        QString key;
        /** What it offers over TLS (RFC 7301). */
        QString protocols = QStringLiteral("h2,http/1.1");
    };
    struct Counters
    {
        int peak = 0;  ///< `smax`: most connections open at once.
        int total = 0; ///< `stot`: connections accepted.
        int now = 0;   ///< `scur`
        int requests = 0;
    };

    Result<> start(const Options &options);
    /** The counters of each address's frontend, and of all under the empty name. */
    Result<QMap<QString, Counters>> counters() const;

private:
    QStringList m_addresses;
};

} // namespace Sluice::Test
