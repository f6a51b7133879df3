// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice/demoserver.h"
#include "app/sluice/docks.h"
#include "app/sluice/options.h"
#include "app/sluice/startupreport.h"
#include "app/sluice/welcome.h"
#include "core/run/engine.h"
#include "ui/live/limitsmodel.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/theme/mode.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QUndoStack>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** Opens the samples against a demo server of their own. */
void startDemo(DemoServer *server, MainWindow *window, const QString &folder)
{
    QObject::connect(server, &DemoServer::failed, window, &MainWindow::showError);
    QObject::connect(server, &DemoServer::listening, window, [window, folder](const QString &port) {
        window->setOverrides({{u"port"_s, port}});
        for (const QString &root : unpackSamples(folder))
            window->open(root);
    });
    server->start();
}

} // namespace

int main(int argc, char *argv[])
{
    const StartupClock clock;
    // Qt's own dispatcher is the faster one; only GTK's platform theme needs GLib's.
    if (qEnvironmentVariable("QT_QPA_PLATFORMTHEME") != "gtk3"_L1)
        qputenv("QT_NO_GLIB", "1");
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"sluice"_s);
    QApplication::setApplicationDisplayName(u"Sluice"_s);
    QApplication::setApplicationVersion(QStringLiteral(SLUICE_VERSION));
    QApplication::setDesktopFileName(u"sluice"_s);
    const Options options = parseOptions(QApplication::arguments());
    const auto settings = openSettings(options);
    Appearance appearance = loadAppearance(*settings);
    appearance.mode = options.theme.value_or(appearance.mode);
    applyTheme(app, appearance.mode, appearance.contrast);

    Engine engine;
    QUndoStack limitsUndo;
    LimitsModel limits(&limitsUndo);
    MainWindow window(&engine, settings.get());
    window.addUndoStack(&limitsUndo);
    LiveDock *live = addDocks(&window, &engine, &limits);
    Welcome welcome({&window, &engine, &limits, live, DemoServer::defaultProgram()});
    window.restore();
    window.showAppearance(appearance);
    window.keepSessionIn(dataFolder(options), options.paths.isEmpty() && !options.demo);
    for (const QString &path : options.paths)
        window.open(path);
    DemoServer demo(DemoServer::defaultProgram());
    if (options.demo)
        startDemo(&demo, &window, QDir(dataFolder(options)).filePath(u"samples"_s));
    if (options.startupReport)
        reportFirstPaint(&window, clock);
    window.show();
    if (options.paths.isEmpty() && !options.demo)
        welcome.offerOnce(settings.get());
    return QApplication::exec();
}
