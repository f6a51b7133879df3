// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace Sluice {

/**
 * The `charset` that \a contentType names (RFC 9110 8.3.2), in lower case; empty when it names
 * none, or one that this system cannot read, or one that UTF-8 covers.
 */
QByteArray foreignCharset(const QByteArray &contentType);

/** \a text of \a charset, as of foreignCharset(), in UTF-8; what it cannot be becomes U+FFFD. */
QByteArray toUtf8(const QByteArray &text, const QByteArray &charset);

} // namespace Sluice
