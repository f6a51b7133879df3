// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <expected>

namespace Sluice {

/** A value, or the Error that says why there is none. */
template<typename T = void>
using Result = std::expected<T, Error>;

/** Shorthand for `return failure(ErrorCode::Io, message);` in a function that returns a Result. */
inline std::unexpected<Error> failure(ErrorCode code, const QString &message)
{
    return std::unexpected(Error{code, message, {}, 0, 0});
}

} // namespace Sluice
