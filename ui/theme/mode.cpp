// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/mode.h"

#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSettings>
#include <QStyleHints>

#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
#include <QtGui/QAccessibilityHints>
#endif

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr auto ModeKey = "view/theme"_L1;
constexpr auto ContrastKey = "view/highContrast"_L1;
/** Black on white has 21; Qt's own grey has 18. */
constexpr double HighestContrast = 20;

bool desktopWantsContrast(const QPalette &desktop)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    if (QGuiApplication::styleHints()->accessibility()->contrastPreference()
        == Qt::ContrastPreference::HighContrast)
        return true;
#endif
    // Where no platform theme tells Qt, GTK's name of the theme does.
    return isHighContrast(desktop)
           || qEnvironmentVariable("GTK_THEME").contains(u"HighContrast"_s, Qt::CaseInsensitive);
}

bool isDark(ThemeMode mode, const QPalette &desktop)
{
    if (mode != ThemeMode::System)
        return mode == ThemeMode::Dark;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (const auto scheme = QGuiApplication::styleHints()->colorScheme();
        scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return Theme::of(desktop).dark;
}

/** The colours that the desktop would have without ours. */
QPalette desktopPalette()
{
    QApplication::setPalette(QPalette());
    return QApplication::palette();
}

void applyPalette(const Appearance &appearance)
{
    const QPalette desktop = desktopPalette();
    const bool dark = isDark(appearance.mode, desktop);
    const bool high = appearance.contrast == Contrast::High || desktopWantsContrast(desktop);
    const Theme &theme = high ? (dark ? Theme::darkContrast() : Theme::lightContrast())
                              : (dark ? Theme::darkMode() : Theme::lightMode());
    QApplication::setPalette(theme.palette());
}

} // namespace

/** Follows the desktop while it lives. */
class DesktopFollower final : public QObject
{
    Q_OBJECT

public:
    DesktopFollower(const Appearance &appearance, QObject *parent) : QObject(parent)
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this,
                [appearance] { applyPalette(appearance); });
#else
        Q_UNUSED(appearance)
#endif
    }
};

bool isHighContrast(const QPalette &desktop)
{
    return contrastRatio(desktop.color(QPalette::Window), desktop.color(QPalette::WindowText))
           >= HighestContrast;
}

void applyTheme(QApplication &app, ThemeMode mode, Contrast contrast)
{
    if (!qobject_cast<Style *>(QApplication::style())) {
        QApplication::setStyle(std::make_unique<Style>().release());
        QApplication::setFont(interfaceFont());
    }
    const Appearance appearance{mode, contrast};
    delete app.findChild<DesktopFollower *>();
    if (mode == ThemeMode::System)
        std::make_unique<DesktopFollower>(appearance, &app).release(); // The application's.
    applyPalette(appearance);
}

ThemeMode themeModeOf(const QString &name)
{
    return name == "dark"_L1    ? ThemeMode::Dark
           : name == "light"_L1 ? ThemeMode::Light
                                : ThemeMode::System;
}

Appearance loadAppearance(const QSettings &settings)
{
    return {themeModeOf(settings.value(ModeKey).toString()),
            settings.value(ContrastKey, false).toBool() ? Contrast::High : Contrast::System};
}

void saveAppearance(QSettings &settings, const Appearance &appearance)
{
    const QString name = appearance.mode == ThemeMode::Dark    ? u"dark"_s
                         : appearance.mode == ThemeMode::Light ? u"light"_s
                                                               : u"system"_s;
    settings.setValue(ModeKey, name);
    settings.setValue(ContrastKey, appearance.contrast == Contrast::High);
}

} // namespace Sluice

#include "mode.moc"
