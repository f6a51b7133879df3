// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/auth/authscheme.h"

namespace Sluice {

/** `Authorization: Bearer`, RFC 6750 2.1. */
class BearerAuth final : public AuthScheme
{
public:
    QString type() const override;
    Result<> sign(PreparedRequest &request, const AuthSpec &auth) const override;
};

} // namespace Sluice
