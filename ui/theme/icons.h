// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace Sluice {

/**
 * The bundled icon \a name (a file of resources/icons without its suffix), drawn in the text colour
 * that the application's palette has at that moment.
 */
QIcon themedIcon(const QString &name);

} // namespace Sluice
