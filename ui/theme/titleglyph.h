// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QStyle>

namespace Sluice {

/**
 * The glyph on a dock's title, a cross for QStyle::SP_TitleBarCloseButton, else a window that
 * floats: in the colours of the theme at the moment of painting, since a dock keeps its icons.
 */
QIcon titleGlyph(QStyle::StandardPixmap which);

} // namespace Sluice
