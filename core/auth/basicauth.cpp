// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/auth/basicauth.h"

using namespace Qt::StringLiterals;

namespace Sluice {

QString BasicAuth::type() const
{
    return u"basic"_s;
}

Result<> BasicAuth::sign(PreparedRequest &request, const AuthSpec &auth) const
{
    const QString user = auth.params.value(u"username"_s);
    // RFC 7617 2: the first colon ends the user name.
    if (user.contains(u':'))
        return failure(ErrorCode::Usage,
                       u"A user name for basic authentication cannot contain ':'."_s);
    const QByteArray credentials = (user + u':' + auth.params.value(u"password"_s)).toUtf8();
    request.headers.set("Authorization", "Basic " + credentials.toBase64());
    return {};
}

} // namespace Sluice
