// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"

namespace Sluice {

/**
 * \a params after a person changed the URL from \a before to \a after: parameters that stand in
 * the query or as `:name` in the path follow it, keeping their descriptions; the others (switched
 * off, or never part of the URL) stay.
 */
std::vector<Param> paramsAfterUrlEdit(const QString &before, const QString &after,
                                      const std::vector<Param> &params);

/** \a url with the enabled query parameters of \a params as its query; text is taken as typed. */
QString urlWithParams(const QString &url, const std::vector<Param> &params);

} // namespace Sluice
