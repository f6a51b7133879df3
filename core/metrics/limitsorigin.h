// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Sluice {

/** Where limits come from, for the note on the time axis. */
enum class LimitsOrigin : quint8 {
    Person,     ///< A handle, a spin box, a flag, or the undo of one of them.
    Collection, ///< The collection's file or its history.
};

} // namespace Sluice
