// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/preparedrequest.h"
#include "core/http/requestspec.h"

namespace Sluice {

/** One way to authenticate. Signs a prepared request; never sends anything. Stateless. */
class AuthScheme
{
public:
    virtual ~AuthScheme() = default;
    /** The `type` that files write, e.g. `basic`. */
    virtual QString type() const = 0;
    /** Adds the credentials of \a auth, whose parameters are already expanded, to \a request. */
    virtual Result<> sign(PreparedRequest &request, const AuthSpec &auth) const = 0;
};

} // namespace Sluice
