// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace Sluice {

/** Whether the window is light or dark; System follows the desktop. */
enum class ThemeMode { System, Light, Dark };

/**
 * Gives \a app the style, the fonts and the palette of \a mode. Call it once, before the first
 * widget; with System a later change of the desktop's colours is followed where Qt tells of it.
 */
void applyTheme(QApplication &app, ThemeMode mode);

} // namespace Sluice
