// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpversion.h"

using namespace Qt::StringLiterals;

namespace Sluice {

QString httpVersionName(HttpVersion version)
{
    switch (version) {
    case HttpVersion::Http1:
        return u"1.1"_s;
    case HttpVersion::Http2:
        return u"2"_s;
    case HttpVersion::Auto:
        break;
    }
    return u"auto"_s;
}

std::optional<HttpVersion> httpVersionOf(QStringView name)
{
    for (const HttpVersion version : {HttpVersion::Auto, HttpVersion::Http1, HttpVersion::Http2}) {
        if (name == httpVersionName(version))
            return version;
    }
    return {};
}

} // namespace Sluice
