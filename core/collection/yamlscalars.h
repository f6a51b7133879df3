// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace Sluice {

/** \a bytes as they are; a byte order mark stays. */
QString utf8Text(QByteArrayView bytes);

/**
 * What single quotes hold, their lines folded (YAML 1.2.2, 7.3.2). Not asked of libfyaml: 0.7.12
 * miscounts where a doubled quote follows another, and loses the end of the text.
 */
QString singleQuotedText(QByteArrayView inside);

/**
 * Where the block scalar ends whose header, a | or a >, stands at \a header of \a text (YAML 1.2.2,
 * 8.1), without a line break at its end. It ends before \a limit; \a parentColumn, from 1, is where
 * the collection around it begins. libfyaml's own mark runs up to the next token.
 */
qsizetype blockScalarEnd(QByteArrayView text, qsizetype header, qsizetype limit, int parentColumn);

} // namespace Sluice
