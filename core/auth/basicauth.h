// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/auth/authscheme.h"

namespace Sluice {

/** `Authorization: Basic`, RFC 7617, sent without being asked for; UTF-8. */
class BasicAuth final : public AuthScheme
{
public:
    QString type() const override;
    Result<> sign(PreparedRequest &request, const AuthSpec &auth) const override;
};

} // namespace Sluice
