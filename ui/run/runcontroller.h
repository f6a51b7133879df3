// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace Sluice {

class Engine;
class RunTab;
struct EarlierRun;

/** Runs folders: reads the requests, asks how often, starts the engine and feeds the run's tab. */
class RunController final : public QObject
{
    Q_OBJECT

public:
    /** \a engine outlives the controller; \a window is the dialogs' parent. */
    RunController(Engine *engine, QWidget *window);
    ~RunController() override;

    /** Asks how to run \a path, then starts. */
    void ask(const QString &path, const QString &name, const VariableInputs &variables);
    /** Starts \a plan at once; refused with a message while a run is going on. */
    void start(const RunPlan &plan);
    /** The first time lets what is in flight finish, the second time aborts it. */
    void stop();
    bool isRunning() const { return m_running; }
    /** Shows how a request ended; \a run counts from 1, as Sample::run. No-op when its tab is gone.
     */
    void showRequest(quint32 run, quint64 seq);

signals:
    /** A run began; the tab has no parent yet. */
    void started(Sluice::RunTab *tab);
    void failed(const Sluice::Error &error);
    /** The tab is to come to the front. */
    void shown(Sluice::RunTab *tab);

private:
    Engine *m_engine = nullptr;
    QWidget *m_window = nullptr;
    QPointer<RunTab> m_tab;
    std::vector<QPointer<RunTab>> m_tabs; ///< Of every run, in order.
    RunPlan m_last;
    std::vector<EarlierRun> m_earlier; ///< The newest first.
    bool m_running = false;
    bool m_stopping = false;
};

} // namespace Sluice
