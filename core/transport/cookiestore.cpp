// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/cookiestore.h"

#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QSet>
#include <QUrl>

namespace Sluice {

CookieStore::CookieStore() = default;
CookieStore::~CookieStore() = default;

QByteArray CookieStore::cookieHeader(quint32 jar, const QUrl &url, const QByteArray &wrote) const
{
    const auto found = m_jars.find(jar);
    if (found == m_jars.end())
        return wrote;
    const QList<QNetworkCookie> kept = found->second->cookiesForUrl(url);
    if (kept.isEmpty())
        return wrote;
    QSet<QByteArray> names;
    for (const QByteArray &pair : wrote.split(';'))
        names.insert(pair.left(pair.indexOf('=')).trimmed());
    QByteArray result = wrote;
    for (const QNetworkCookie &cookie : kept) {
        if (names.contains(cookie.name()))
            continue;
        if (!result.isEmpty())
            result += "; ";
        result += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    }
    return result;
}

void CookieStore::store(quint32 jar, const QUrl &url, const HeaderList &replyHeaders)
{
    QList<QNetworkCookie> cookies;
    for (const QByteArray &value : replyHeaders.values("set-cookie"))
        cookies += QNetworkCookie::parseCookies(value);
    if (cookies.isEmpty())
        return;
    std::unique_ptr<QNetworkCookieJar> &kept = m_jars[jar];
    if (!kept)
        kept = std::make_unique<QNetworkCookieJar>();
    kept->setCookiesFromUrl(cookies, url);
}

void CookieStore::clear(quint32 jar)
{
    m_jars.erase(jar);
}

} // namespace Sluice
