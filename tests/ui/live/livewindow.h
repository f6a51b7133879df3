// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/livesimulation.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/livedock.h"

#include <QMainWindow>
#include <QUndoStack>

namespace Sluice::Test {

/** The limits of the shop that simulateShop() plays, with \a total for all of it. */
inline Limits shopLimits(int total)
{
    Limits limits;
    limits.total = total;
    limits.perHost = 8;
    limits.hosts = {{QStringLiteral("cdn.shop.example"), 12},
                    {QStringLiteral("auth.shop.example"), 6}};
    return limits;
}

inline Limits totalLimit(int total)
{
    Limits limits;
    limits.total = total;
    return limits;
}

/**
 * A window with the live view, shown and fed by a simulation: limits that are edited act on it, and
 * the time that is asked for is what its snapshots show.
 */
struct LiveWindow
{
    QUndoStack undoStack;
    LimitsModel limits{&undoStack};
    QMainWindow window;
    LiveDock *dock = nullptr;
    LiveSimulation simulation;

    explicit LiveWindow(QSize size = {1600, 340}, const Limits &first = shopLimits(16))
        : simulation(first)
    {
        dock = new LiveDock(&limits, &window);
        window.addDockWidget(Qt::BottomDockWidgetArea, dock);
        window.resize(size);
        window.show();
        limits.load(first);
        QObject::connect(&limits, &LimitsModel::changed, &limits, [this](const Limits &changed) {
            simulation.metrics().setLimitsOrigin(limits.origin());
            simulation.setLimits(changed);
        });
        QObject::connect(dock, &LiveDock::viewRequested, dock,
                         [this](const LiveView &view) { simulation.metrics().setView(view); });
    }
    /** A minute of the shop. */
    void play()
    {
        simulateShop(simulation);
        show();
    }
    /** Lets \a us pass and shows what there is then. */
    void run(qint64 us)
    {
        simulation.run(us);
        show();
    }
    /** What the simulation has come to. */
    void show()
    {
        limits.load(simulation.queue().limits());
        dock->showSnapshot(simulation.snapshot());
    }
    ConcurrencyChart *chart() const { return find<ConcurrencyChart>(); }
    template<typename T>
    T *find(const QString &name = {}) const
    {
        return dock->findChild<T *>(name);
    }
};

} // namespace Sluice::Test
