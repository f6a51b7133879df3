// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/header.h"

#include <memory>
#include <unordered_map>

class QNetworkCookieJar;
class QUrl;

namespace Sluice {

/**
 * The cookies of a transport, shared by all of its lanes: one jar for each number that requests
 * carry. Follows RFC 6265; a cookie for a public suffix such as `co.uk` is refused. Kept in memory.
 */
class CookieStore
{
public:
    CookieStore();
    ~CookieStore();

    /**
     * The `Cookie` value for \a url: the jar's cookies after those that the request \a wrote
     * itself, which win over the jar's of the same name. Empty when there is none.
     */
    QByteArray cookieHeader(quint32 jar, const QUrl &url, const QByteArray &wrote) const;
    /** Takes in the `Set-Cookie` fields of a reply from \a url. */
    void store(quint32 jar, const QUrl &url, const HeaderList &replyHeaders);
    void clear(quint32 jar);

private:
    std::unordered_map<quint32, std::unique_ptr<QNetworkCookieJar>> m_jars;
};

} // namespace Sluice
