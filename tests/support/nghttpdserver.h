// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/refereeserver.h"

namespace Sluice::Test {

/** nghttpd, the HTTP/2 server of nghttp2, over TLS with a certificate of its own. */
class NghttpdServer final : public RefereeServer
{
public:
    struct Options
    {
        int maxStreams = 100; ///< SETTINGS_MAX_CONCURRENT_STREAMS
        bool tls = true;
    };
    Result<> start(const Options &options);
    /** The certificate that the server shows, PEM. */
    QString certificate() const { return path(QStringLiteral("cert.pem")); }
    QString key() const { return path(QStringLiteral("key.pem")); }
};

} // namespace Sluice::Test
