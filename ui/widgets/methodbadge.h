// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

namespace Sluice {

/** The short form of an HTTP method for a badge: `DEL` for DELETE. */
QString methodBadge(const QString &method);
/** The font of such a badge: bold, smaller, slightly spaced. */
QFont badgeFont(const QFont &font);
/** Room in pixels for any badge in a row of \a font. */
int badgeWidth(const QFont &font);

} // namespace Sluice
