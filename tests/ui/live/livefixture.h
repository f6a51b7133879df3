// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/livesimulation.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/livedock.h"

#include <QMainWindow>
#include <QUndoStack>

namespace Sluice {

/** A window with the live view, shown, before a simulated queue that follows its limits and view.
 */
struct LiveFixture
{
    QUndoStack undoStack;
    LimitsModel limits{&undoStack};
    QMainWindow window;
    LiveDock *dock = nullptr;
    LiveSimulation simulation;

    explicit LiveFixture(const Limits &inForce, QSize size = {1600, 700}) : simulation(inForce)
    {
        dock = new LiveDock(&limits, &window);
        window.addDockWidget(Qt::BottomDockWidgetArea, dock);
        window.resize(size);
        window.show();
        limits.load(inForce);
        QObject::connect(&limits, &LimitsModel::changed, &limits, [this](const Limits &changed) {
            simulation.metrics().setLimitsOrigin(limits.origin());
            simulation.setLimits(changed);
        });
        QObject::connect(dock, &LiveDock::viewRequested, dock,
                         [this](const LiveView &view) { simulation.metrics().setView(view); });
    }
    /** Lets \a us pass and shows what there is then. */
    void run(qint64 us)
    {
        simulation.run(us);
        show();
    }
    void show() { dock->showSnapshot(simulation.snapshot()); }

    template<typename T>
    T *find(const QString &name = {}) const
    {
        return dock->findChild<T *>(name);
    }
};

} // namespace Sluice
