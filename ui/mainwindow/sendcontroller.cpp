// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/sendcontroller.h"

#include "core/run/engine.h"
#include "ui/mainwindow/requesttab.h"

namespace Sluice {

SendController::SendController(Engine *engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    connect(engine, &Engine::sendFinished, this, &SendController::finish);
}

void SendController::send(RequestTab *tab, const VariableInputs &variables)
{
    if (tab->isSending())
        return;
    tab->setSending(true);
    const quint64 id = m_engine->send({tab->context(), variables, {}});
    m_pending.insert(id, {tab, tab->collectionPath()});
}

void SendController::cancel(RequestTab *tab)
{
    for (auto it = m_pending.cbegin(); it != m_pending.cend(); ++it) {
        if (it->tab == tab)
            m_engine->cancelSend(it.key());
    }
}

void SendController::finish(quint64 id, std::shared_ptr<const SendResult> result)
{
    const Pending pending = m_pending.take(id);
    if (!result->captured.empty())
        emit captured(pending.collection, result->captured);
    if (pending.tab)
        pending.tab->showResult(std::move(result));
}

} // namespace Sluice
