// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

class QApplication;
class QSettings;

namespace Sluice {

/** Whether the window is light or dark; System follows the desktop. */
enum class ThemeMode { System, Light, Dark };

/** Whether colours are at the ends of the scale and nothing shines through; System: if the desktop
 * asks for it. */
enum class Contrast { System, High };

/** How the window looks, as a person chose it. */
struct Appearance
{
    ThemeMode mode = ThemeMode::System;
    Contrast contrast = Contrast::System;

    bool operator==(const Appearance &) const = default;
};

/**
 * Gives \a app the style, the fonts and the palette of \a mode: before the first widget, and again
 * whenever another one is chosen; windows that are open follow at once. With System a later change
 * of the desktop's colours is followed where Qt tells of it.
 */
void applyTheme(QApplication &app, ThemeMode mode, Contrast contrast = Contrast::System);

/** "system", "light" or "dark"; anything else is System. */
ThemeMode themeModeOf(const QString &name);

/** What saveAppearance() wrote, else what the desktop says. */
Appearance loadAppearance(const QSettings &settings);
void saveAppearance(QSettings &settings, const Appearance &appearance);

/** A desktop with these colours shows everything in black and white, as nearly as can be. */
bool isHighContrast(const QPalette &desktop);

} // namespace Sluice
