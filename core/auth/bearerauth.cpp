// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/auth/bearerauth.h"

using namespace Qt::StringLiterals;

namespace Sluice {

QString BearerAuth::type() const
{
    return u"bearer"_s;
}

Result<> BearerAuth::sign(PreparedRequest &request, const AuthSpec &auth) const
{
    const QByteArray token = auth.params.value(u"token"_s).trimmed().toUtf8();
    if (token.contains('\n') || token.contains('\r'))
        return failure(ErrorCode::Usage, u"The bearer token contains a line break."_s);
    request.headers.set("Authorization", "Bearer " + token);
    return {};
}

} // namespace Sluice
