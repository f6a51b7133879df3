// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice/options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QSettings>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Sluice {

Options parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"HTTP request workbench with a visible admission queue."_s);
    const QCommandLineOption profile(u"profile"_s, u"Keep settings, history and drafts in DIR."_s,
                                     u"DIR"_s);
    const QCommandLineOption theme(u"theme"_s, u"Colours of this session: system, light or dark."_s,
                                   u"MODE"_s);
    const QCommandLineOption startup(
        u"startup-report"_s, u"Print the time and memory of the first paint, then leave."_s);
    const QCommandLineOption demo(u"demo"_s,
                                  u"Start the demo server and open the sample collections."_s);
    parser.addOptions({profile, theme, startup, demo});
    parser.addPositionalArgument(u"PATH"_s, u"Collections, folders or request files to open."_s,
                                 u"[PATH…]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(arguments);
    Options options;
    options.paths = parser.positionalArguments();
    options.profile = parser.value(profile);
    if (parser.isSet(theme))
        options.theme = themeModeOf(parser.value(theme));
    options.startupReport = parser.isSet(startup);
    options.demo = parser.isSet(demo);
    return options;
}

QString dataFolder(const Options &options)
{
    return options.profile.isEmpty()
               ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
               : QDir(options.profile).absolutePath();
}

std::unique_ptr<QSettings> openSettings(const Options &options)
{
    if (options.profile.isEmpty())
        return std::make_unique<QSettings>(u"sluice"_s, u"sluice"_s);
    return std::make_unique<QSettings>(QDir(options.profile).filePath(u"settings.ini"_s),
                                       QSettings::IniFormat);
}

} // namespace Sluice
