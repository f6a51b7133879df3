// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/auth/authscheme.h"

namespace Sluice {

/** A key and its value as a header, or with `placement: query` as a query parameter. */
class ApiKeyAuth final : public AuthScheme
{
public:
    QString type() const override;
    Result<> sign(PreparedRequest &request, const AuthSpec &auth) const override;
};

} // namespace Sluice
