// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/auth/authscheme.h"

#include <memory>
#include <vector>

namespace Sluice {

/** Every authentication scheme; a new one is one file pair and one line in the constructor. */
class AuthCatalog
{
public:
    AuthCatalog();
    ~AuthCatalog();
    AuthCatalog(AuthCatalog &&) noexcept = default;
    AuthCatalog &operator=(AuthCatalog &&) noexcept = default;

    /** The scheme that files call \a type, or null. */
    const AuthScheme *find(QStringView type) const;
    /** The types that can be signed, in the order of the catalog. */
    QStringList types() const;

    /** Signs by \a auth, already expanded; nothing for `none`. Unsupported for an unknown type. */
    Result<> sign(PreparedRequest &request, const AuthSpec &auth) const;

private:
    std::vector<std::unique_ptr<AuthScheme>> m_schemes;
};

/**
 * The authentication that a request with \a own uses: its own, or for `inherit` that of the
 * innermost of \a defaults (outermost first) that sets one. Not written means none, as in Bruno.
 */
AuthSpec effectiveAuth(const AuthSpec &own, const std::vector<RequestDefaults> &defaults);

} // namespace Sluice
