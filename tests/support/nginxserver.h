// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/refereeserver.h"

namespace Sluice::Test {

/** nginx that answers every request itself. */
class NginxServer final : public RefereeServer
{
public:
    /** \a serverLines are its server block, `listen PORT` included; the zone `all` counts
     * connections. */
    Result<> start(const QStringList &serverLines);
};

} // namespace Sluice::Test
