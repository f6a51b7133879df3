// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"
#include "core/run/bodybuilder.h"

#include <QUrl>

namespace Sluice {

/**
 * The URL of \a spec with its variables and parameters. A path parameter replaces `:name`; a query
 * parameter is added unless the text already has one of that name, which is how Bruno writes them.
 * A missing scheme is http. \a encode: percent-encode what the parameters' values need.
 * Fails with ErrorCode::InvalidUrl, naming the expanded text.
 */
Result<QUrl> buildUrl(const RequestSpec &spec, bool encode, const Expand &expand);

} // namespace Sluice
