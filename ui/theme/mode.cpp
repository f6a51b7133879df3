// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/mode.h"

#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QStyleHints>

namespace Sluice {

namespace {

const Theme &systemTheme(const QPalette &systemPalette)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    switch (QGuiApplication::styleHints()->colorScheme()) {
    case Qt::ColorScheme::Dark:
        return Theme::darkMode();
    case Qt::ColorScheme::Light:
        return Theme::lightMode();
    case Qt::ColorScheme::Unknown:
        break;
    }
#endif
    return Theme::of(systemPalette);
}

} // namespace

void applyTheme(QApplication &app, ThemeMode mode)
{
    const QPalette systemPalette = QApplication::palette();
    QApplication::setStyle(std::make_unique<Style>().release());
    QApplication::setFont(interfaceFont());
    const Theme &theme = mode == ThemeMode::Light  ? Theme::lightMode()
                         : mode == ThemeMode::Dark ? Theme::darkMode()
                                                   : systemTheme(systemPalette);
    QApplication::setPalette(theme.palette());
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (mode == ThemeMode::System) {
        QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, &app,
                         [](Qt::ColorScheme scheme) {
                             const bool dark = scheme == Qt::ColorScheme::Dark;
                             QApplication::setPalette(
                                 (dark ? Theme::darkMode() : Theme::lightMode()).palette());
                         });
    }
#else
    Q_UNUSED(app)
#endif
}

} // namespace Sluice
