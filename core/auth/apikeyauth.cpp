// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/auth/apikeyauth.h"

#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace Sluice {

QString ApiKeyAuth::type() const
{
    return u"apikey"_s;
}

Result<> ApiKeyAuth::sign(PreparedRequest &request, const AuthSpec &auth) const
{
    const QString key = auth.params.value(u"key"_s);
    const QString value = auth.params.value(u"value"_s);
    if (key.isEmpty())
        return failure(ErrorCode::Usage, u"API key authentication needs the name of the key."_s);
    if (auth.params.value(u"placement"_s) == "query"_L1) {
        QUrlQuery query(request.url);
        query.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(key)),
                           QString::fromLatin1(QUrl::toPercentEncoding(value)));
        request.url.setQuery(query);
    } else {
        request.headers.set(key.toUtf8(), value.toUtf8());
        request.credentialHeaders.push_back(key.toUtf8());
    }
    return {};
}

} // namespace Sluice
