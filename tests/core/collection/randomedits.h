// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

namespace Sluice::Test {

/** Does one edit, told by \a seed, to \a spec; the same seed always tries the same. */
void applyRandomEdit(RequestSpec &spec, quint32 seed);
void applyRandomEdit(EnvironmentSpec &spec, quint32 seed);

} // namespace Sluice::Test
