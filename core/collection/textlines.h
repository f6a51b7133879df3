// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace Sluice {

// Line geometry of a text in bytes.

/** The start of the line that holds \a position. */
qsizetype lineBegin(QByteArrayView text, qsizetype position);
/** The end of the line that holds \a position, before its line break. */
qsizetype lineEnd(QByteArrayView text, qsizetype position);
/** The start of the next line, or the end of the text. */
qsizetype nextLine(QByteArrayView text, qsizetype position);
/** True when only blanks are between the start of the line and \a position. */
bool isFirstOnLine(QByteArrayView text, qsizetype position);
/** True when only blanks are on the line that starts at \a begin. */
bool isBlankLine(QByteArrayView text, qsizetype begin);
/** The bytes from the start of the line to \a position. */
qsizetype columnOf(QByteArrayView text, qsizetype position);
/** The line break that the text uses: that of its first line. */
QByteArrayView lineBreakOf(QByteArrayView text);

} // namespace Sluice
