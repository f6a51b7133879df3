// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/preparedrequest.h"

#include <algorithm>
#include <array>

namespace Sluice {

bool isIdempotent(QByteArrayView method)
{
    static constexpr std::array Methods{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
    return std::ranges::any_of(Methods, [method](const char *name) { return method == name; });
}

} // namespace Sluice
