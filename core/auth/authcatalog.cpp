// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/auth/authcatalog.h"

#include "core/auth/apikeyauth.h"
#include "core/auth/basicauth.h"
#include "core/auth/bearerauth.h"

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

bool isNone(const AuthSpec &auth)
{
    return auth.type.isEmpty() || auth.type == "none"_L1;
}

} // namespace

AuthCatalog::AuthCatalog()
{
    m_schemes.push_back(std::make_unique<BasicAuth>());
    m_schemes.push_back(std::make_unique<BearerAuth>());
    m_schemes.push_back(std::make_unique<ApiKeyAuth>());
}

AuthCatalog::~AuthCatalog() = default;

const AuthScheme *AuthCatalog::find(QStringView type) const
{
    const auto found = std::ranges::find_if(
        m_schemes, [type](const auto &scheme) { return scheme->type() == type; });
    return found == m_schemes.end() ? nullptr : found->get();
}

QStringList AuthCatalog::types() const
{
    QStringList result;
    for (const auto &scheme : m_schemes)
        result.append(scheme->type());
    return result;
}

Result<> AuthCatalog::sign(PreparedRequest &request, const AuthSpec &auth) const
{
    if (isNone(auth))
        return {};
    if (const AuthScheme *scheme = find(auth.type))
        return scheme->sign(request, auth);
    return failure(ErrorCode::Unsupported,
                   u"Authentication '%1' is not available yet; use %2."_s.arg(
                       auth.type, types().join(", "_L1)));
}

AuthSpec effectiveAuth(const AuthSpec &own, const std::vector<RequestDefaults> &defaults)
{
    if (own.type != "inherit"_L1)
        return own;
    for (const RequestDefaults &level : std::views::reverse(defaults)) {
        if (!isNone(level.auth) && level.auth.type != "inherit"_L1)
            return level.auth;
    }
    return {};
}

} // namespace Sluice
