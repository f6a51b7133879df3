// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <expected>

namespace Sluice {

/** A value, or the Error that says why there is none. */
template<typename T = void>
using Result = std::expected<T, Error>;

/** For `return failure(ErrorCode::Io, message);` in a function that returns a Result. \a file is
 * the one that it is about, as a whole.
 */
inline std::unexpected<Error> failure(ErrorCode code, const QString &message,
                                      const QString &file = {})
{
    return std::unexpected(Error{code, message, file, 0, 0});
}

} // namespace Sluice
