// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <vector>

namespace Sluice {

/** A file that was not there before. */
struct WrittenFile
{
    QString path;
    QByteArray text; ///< Null for one that was copied.
};

/** What a conversion wrote, and what it could not take along. */
struct BruConversion
{
    QString root; ///< The new collection.
    int requests = 0;
    int folders = 0;
    int environments = 0;
    std::vector<Error> problems; ///< Each with its file: left out, or only in part.
    std::vector<WrittenFile> files;
};

/**
 * Writes the collection \a from, in Bruno's older `.bru` format, as an OpenCollection folder to
 * \a to, which is made if need be. Names, order and all that a request says are kept; files of
 * other kinds are copied along, links are not followed. What the new format or Sluice has no place
 * for is among the problems. The original is never changed; \a to may be the same folder, which
 * then holds both. Fails when \a from is no such collection, \a to is a collection already, or a
 * file cannot be written: then those that were written are removed again. Any thread.
 */
Result<BruConversion> convertBruCollection(const QString &from, const QString &to);

} // namespace Sluice
