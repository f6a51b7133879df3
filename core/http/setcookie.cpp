// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/setcookie.h"

#include <tuple>
#include <utility>

namespace Sluice {

namespace {

std::pair<QByteArray, QByteArray> nameAndValue(const QByteArray &part)
{
    const qsizetype equals = part.indexOf('=');
    if (equals < 0)
        return {part.trimmed(), {}};
    return {part.first(equals).trimmed(), part.sliced(equals + 1).trimmed()};
}

SetCookie parsed(const QByteArray &line)
{
    SetCookie cookie;
    bool hasMaxAge = false;
    const QList<QByteArray> parts = line.split(';');
    std::tie(cookie.name, cookie.value) = nameAndValue(parts.first());
    if (!parts.first().contains('='))
        cookie.name.clear();
    for (const QByteArray &part : parts.sliced(1)) {
        const auto [name, value] = nameAndValue(part);
        const QByteArray attribute = name.toLower();
        if (attribute == "domain") {
            cookie.domain = value;
        } else if (attribute == "path") {
            cookie.path = value;
        } else if (attribute == "samesite") {
            cookie.sameSite = value;
        } else if (attribute == "secure") {
            cookie.isSecure = true;
        } else if (attribute == "httponly") {
            cookie.isHttpOnly = true;
        } else if (attribute == "max-age") {
            cookie.expires = value + " s";
            hasMaxAge = true;
        } else if (attribute == "expires" && !hasMaxAge) {
            cookie.expires = value;
        }
    }
    return cookie;
}

} // namespace

std::vector<SetCookie> setCookies(const HeaderList &headers)
{
    std::vector<SetCookie> cookies;
    for (const QByteArray &line : headers.values("Set-Cookie")) {
        SetCookie cookie = parsed(line);
        if (!cookie.name.isEmpty())
            cookies.push_back(std::move(cookie));
    }
    return cookies;
}

} // namespace Sluice
