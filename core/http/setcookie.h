// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/header.h"

#include <QByteArray>

#include <vector>

namespace Sluice {

/** A `Set-Cookie` header as the server wrote it, for people to read. */
struct SetCookie
{
    QByteArray name;
    QByteArray value;
    QByteArray domain;
    QByteArray path;
    QByteArray expires; ///< The `Max-Age` in seconds, else the `Expires` date; empty = session.
    QByteArray sameSite;
    bool isSecure = false;
    bool isHttpOnly = false;
};

/** The cookies that \a headers set, taken apart as RFC 6265, section 5.2; those without a name are
 * left out, as a browser ignores them. */
std::vector<SetCookie> setCookies(const HeaderList &headers);

} // namespace Sluice
