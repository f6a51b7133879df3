// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sluice/docks.h"
#include "app/sluice/welcome.h"
#include "core/run/engine.h"
#include "ui/actions/actiontable.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/livedock.h"
#include "ui/mainwindow/mainwindow.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QUndoStack>

namespace Sluice::Test {

/** The window with all its parts, as main() puts them together. */
struct Desktop
{
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    Engine engine;
    QUndoStack limitsUndo;
    LimitsModel limits{&limitsUndo};
    MainWindow window{&engine, &settings};
    LiveDock *live = nullptr;
    std::unique_ptr<Welcome> welcome;

    explicit Desktop(QSize size = {1600, 1000})
    {
        window.addUndoStack(&limitsUndo);
        live = addDocks(&window, &engine, &limits);
        const QString program =
            qEnvironmentVariable("SLUICE_BIN_DIR") + QStringLiteral("/sluice-cli");
        welcome =
            std::make_unique<Welcome>(Welcome::Stage{&window, &engine, &limits, live, program});
        window.restore();
        window.resize(size);
        window.show();
    }

    template<typename T>
    T *find(const QString &name) const
    {
        return window.findChild<T *>(name);
    }
};

} // namespace Sluice::Test
