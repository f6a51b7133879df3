// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runcontroller.h"

#include "core/run/engine.h"
#include "ui/run/rundialog.h"
#include "ui/run/runtab.h"
#include "ui/widgets/worker.h"

namespace Sluice {

RunController::RunController(Engine *engine, QWidget *window)
    : QObject(window), m_engine(engine), m_window(window)
{
    connect(engine, &Engine::runProgressed, this, [this](const RunProgress &progress) {
        if (m_tab && m_running)
            m_tab->showProgress(progress);
    });
    connect(engine, &Engine::runFinished, this, [this](const RunProgress &progress) {
        m_running = false;
        if (!m_tab)
            return;
        m_tab->showFinished(progress);
        emit changed(m_tab);
    });
}

void RunController::ask(const QString &path, const QString &name, const VariableInputs &variables)
{
    runInWorker(
        this, [path] { return readRequests(path); },
        [this, path, name, variables](Result<std::vector<RequestInContext>> requests) {
            if (!requests || requests->empty()) {
                emit failed(requests
                                ? Error{ErrorCode::Usage, tr("There is no request to run here.")}
                                : requests.error());
                return;
            }
            RunPlan plan;
            plan.name = name;
            plan.collectionPath = requests->front().collectionPath;
            plan.requests = std::move(*requests);
            plan.variables = variables;
            plan.iterations = m_last.iterations;
            plan.durationUs = m_last.durationUs;
            plan.order = m_last.order;
            plan.bail = m_last.bail;
            auto *dialog = new RunDialog(std::move(plan), m_window);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->plan()); });
            dialog->open();
        });
}

void RunController::start(const RunPlan &plan)
{
    if (m_running) {
        emit failed(Error{ErrorCode::Usage, tr("A run is going on; stop it before the next one.")});
        return;
    }
    m_last = plan;
    m_running = true;
    m_stopping = false;
    m_tab = new RunTab(plan, m_window);
    connect(m_tab, &RunTab::stopRequested, this, &RunController::stop);
    connect(m_tab, &RunTab::againRequested, this, [this, plan] { start(plan); });
    emit started(m_tab);
    m_engine->startRun(plan);
}

void RunController::stop()
{
    if (!m_running)
        return;
    if (std::exchange(m_stopping, true))
        m_engine->abortRun();
    else
        m_engine->drainRun();
}

} // namespace Sluice
