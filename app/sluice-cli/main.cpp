// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/commandline.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    // Qt's own dispatcher is faster than GLib's, for this thread and for every lane's.
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1StringView("demo-server"))
        return Sluice::demoServerCommand(arguments.mid(2));
    return 0;
}
