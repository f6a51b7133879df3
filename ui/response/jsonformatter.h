// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Sluice {

/** JSON text laid out for reading. */
struct FormattedJson
{
    QByteArray text;
    bool valid = false;
    qsizetype errorAt = -1; ///< Byte of the input where it stops being JSON (RFC 8259).
};

/**
 * Lays out \a json with two spaces a level; short arrays of plain values stay on one line. Only
 * white space changes: every string and number keeps its bytes, so 9007199254740993 and 1204.10
 * stay what they are. Any depth, any size; a pool thread for large ones.
 *
 * With \a isHead the input is the beginning of a longer text: its end is no error, and the result
 * ends at a line that the whole text's layout has too.
 */
FormattedJson formatJson(QByteArrayView json, bool isHead = false);

} // namespace Sluice
