// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuningcontroller.h"

#include "core/run/requestbuilder.h"
#include "ui/tuning/tuningtab.h"
#include "ui/widgets/worker.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

const QStringList SafeMethods{u"GET"_s, u"HEAD"_s, u"OPTIONS"_s};

/** Where requests really go. */
struct Where
{
    QString url; ///< Of the first.
    QStringList hosts;
};

} // namespace

TuningController::TuningController(Engine *engine, QWidget *window)
    : QObject(window), m_engine(engine), m_window(window)
{
}

void TuningController::open(const RequestInContext &request, const VariableInputs &variables)
{
    openTab(request.request.method + u' ' + request.request.name, {request}, variables);
}

void TuningController::openAll(const QString &path, const QString &name,
                               const VariableInputs &variables)
{
    const auto read = [path]() -> Result<std::vector<RequestInContext>> {
        Result<std::vector<RequestInContext>> requests = readRequests(path);
        const auto isUnsafe = [](const RequestInContext &request) {
            return !SafeMethods.contains(request.request.method.toUpper());
        };
        if (requests && !std::ranges::all_of(*requests, isUnsafe))
            std::erase_if(*requests, isUnsafe);
        if (requests && requests->empty())
            return failure(ErrorCode::Usage, tr("There is no request to measure with here."));
        return requests;
    };
    runInWorker(this, read,
                [this, name, variables](const Result<std::vector<RequestInContext>> &requests) {
                    if (requests)
                        openTab(name, *requests, variables);
                    else
                        emit failed(requests.error());
                });
}

void TuningController::openTab(const QString &name, const std::vector<RequestInContext> &requests,
                               const VariableInputs &variables)
{
    const auto build = [requests, variables]() -> Result<Where> {
        RequestBuilder builder(variables, {});
        Where where;
        for (const RequestInContext &request : requests) {
            const Result<PreparedRequest> built = builder.build(request, builder.scopesOf(request));
            if (!built)
                return std::unexpected(built.error());
            if (where.url.isEmpty())
                where.url = built->url.toString(QUrl::RemoveUserInfo);
            if (!where.hosts.contains(built->url.host()))
                where.hosts.append(built->url.host());
        }
        return where;
    };
    runInWorker(this, build, [this, name, requests, variables](const Result<Where> &where) {
        if (!where) {
            emit failed(where.error());
            return;
        }
        auto *tab = new TuningTab(m_engine, m_window);
        tab->setSubject({name, where->url, requests, variables, {}, where->hosts});
        emit opened(tab);
    });
}

} // namespace Sluice
