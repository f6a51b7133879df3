// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/refereeserver.h"

namespace Sluice::Test {

class NghttpdServer;

/** nginx that answers every request itself. */
class NginxServer final : public RefereeServer
{
public:
    /** \a serverLines are its server block, `listen PORT` included; the zone `all` counts
     * connections. */
    Result<> start(const QStringList &serverLines);
    /** Those of a server block that answers over TLS, with the certificate of \a owner. */
    static QStringList certificateLines(const NghttpdServer &owner);
};

} // namespace Sluice::Test
