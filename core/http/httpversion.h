// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Sluice {

enum class HttpVersion { Auto, Http1, Http2 };

/** As files and the command line write it: `auto`, `1.1` or `2`. */
QString httpVersionName(HttpVersion version);

/** The version that \a name stands for; nothing for any other text. */
std::optional<HttpVersion> httpVersionOf(QStringView name);

} // namespace Sluice
