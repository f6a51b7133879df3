// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuningcontroller.h"

#include "core/run/requestbuilder.h"
#include "ui/tuning/tuningtab.h"
#include "ui/widgets/worker.h"

using namespace Qt::StringLiterals;

namespace Sluice {

TuningController::TuningController(Engine *engine, QWidget *window)
    : QObject(window), m_engine(engine), m_window(window)
{
}

void TuningController::open(const RequestInContext &request, const VariableInputs &variables)
{
    const auto build = [request, variables]() -> Result<PreparedRequest> {
        RequestBuilder builder(variables, {});
        return builder.build(request, builder.scopesOf(request));
    };
    runInWorker(this, build, [this, request, variables](const Result<PreparedRequest> &prepared) {
        if (!prepared) {
            emit failed(prepared.error());
            return;
        }
        auto *tab = new TuningTab(m_engine, m_window);
        tab->setSubject({request.request.method + u' ' + request.request.name,
                         prepared->url.toString(QUrl::RemoveUserInfo),
                         {request},
                         variables,
                         {}});
        emit opened(tab);
    });
}

} // namespace Sluice
