// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

#include <optional>
#include <vector>

namespace Sluice {

/** One row of a collection's tree: a value that may cross threads. */
struct TreeItem
{
    enum class Kind { Collection, Folder, Request, Unreadable };

    Kind kind = Kind::Request;
    QString path;   ///< Absolute: the folder, or the request's file.
    QString name;   ///< From the file; else the file's base name.
    QString method; ///< Requests; empty for a kind that cannot run, see `note`.
    QString note;   ///< Why a request cannot run, e.g. "gRPC is not supported".
    double seq = 0;
    std::optional<Error> error;     ///< Kind::Unreadable.
    std::vector<TreeItem> children; ///< In the collection's own order.
};

} // namespace Sluice
