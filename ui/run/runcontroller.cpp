// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runcontroller.h"

#include "core/run/engine.h"
#include "ui/run/rundialog.h"
#include "ui/run/runtab.h"
#include "ui/widgets/worker.h"

namespace Sluice {

namespace {

/** Earlier runs that a run can be compared with. */
constexpr std::size_t MaxEarlier = 20;

} // namespace

RunController::RunController(Engine *engine, QWidget *window)
    : QObject(window), m_engine(engine), m_window(window)
{
    connect(engine, &Engine::runProgressed, this, [this](const RunProgress &progress) {
        if (m_tab && m_running)
            m_tab->showProgress(progress);
    });
    connect(engine, &Engine::runRowsAdded, this, [this](const RunBatchPtr &batch) {
        if (m_tab && m_running)
            m_tab->addRows(*batch);
    });
    connect(engine, &Engine::runFinished, this, [this](const RunOutcomePtr &outcome) {
        m_running = false;
        if (!m_tab)
            return;
        m_tab->showFinished(outcome);
        m_earlier.insert(m_earlier.begin(), m_tab->asEarlier());
        if (m_earlier.size() > MaxEarlier)
            m_earlier.pop_back();
    });
}

RunController::~RunController() = default;

void RunController::ask(const QString &path, const QString &name, const VariableInputs &variables)
{
    runInWorker(
        this, [path] { return readRequestSet(path); },
        [this, path, name, variables](Result<RequestSet> set) {
            if (!set || set->requests.empty()) {
                emit failed(set ? Error{ErrorCode::Usage, tr("There is no request to run here.")}
                                : set.error());
                return;
            }
            RunPlan plan;
            plan.name = name;
            plan.collectionPath = set->requests.front().collectionPath;
            plan.requests = std::move(set->requests);
            plan.skipped = std::move(set->skipped);
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
    if (m_engine->isSweeping()) {
        emit failed(
            Error{ErrorCode::Usage,
                  tr("A limit is being looked for, which a run would disturb; stop that, or "
                     "wait for it.")});
        return;
    }
    m_last = plan;
    m_running = true;
    m_stopping = false;
    m_tab = new RunTab(plan, m_earlier, m_window);
    connect(m_tab, &RunTab::stopRequested, this, &RunController::stop);
    connect(m_tab, &RunTab::runRequested, this, &RunController::start);
    connect(m_tab, &RunTab::failed, this, &RunController::failed);
    m_tabs.emplace_back(m_tab);
    emit started(m_tab);
    m_engine->startRun(plan);
}

void RunController::showRequest(quint32 run, quint64 seq)
{
    if (run == 0 || run > m_tabs.size() || !m_tabs[run - 1])
        return;
    RunTab *tab = m_tabs[run - 1];
    emit shown(tab);
    tab->showRequest(seq);
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
