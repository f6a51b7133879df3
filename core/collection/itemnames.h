// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Sluice {

/**
 * The slug of \a name: lower case, letters and digits of any script, dashes between them, at most
 * 100 characters, never a name that Windows or the format reserves. `fallback` for nothing left.
 */
QString slug(const QString &name, const QString &fallback);

/**
 * A file name in \a folder for an item called \a name: its slug with \a suffix, with a number when
 * it is taken (ignoring case). \a current, the item's present file name, counts as free.
 */
QString freeFileName(const QString &folder, const QString &name, const QString &suffix,
                     const QString &current = {});

/**
 * A number for `info.seq` between two others, as short as can be: 2 for 1 and 3, 1.5 for 1 and 2.
 * 0 = when there is no room left.
 */
double seqBetween(double before, double after);

} // namespace Sluice
