// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/mode.h"

#include <QStringList>

#include <memory>
#include <optional>

class QSettings;

namespace Sluice {

/** The command line of the desktop program. */
struct Options
{
    QStringList paths; ///< Collections, folders or requests to open.
    QString profile;   ///< Folder for settings, history and drafts; empty = the platform's.
    std::optional<ThemeMode> theme; ///< Instead of the one that was chosen in the window.
    bool startupReport = false;
    bool demo = false;
};

/** Reads \a arguments; prints the usage and exits on a mistake or on --help. */
Options parseOptions(const QStringList &arguments);

/** Where drafts, history and the demo's samples are kept. */
QString dataFolder(const Options &options);

/** The settings of the profile. */
std::unique_ptr<QSettings> openSettings(const Options &options);

} // namespace Sluice
