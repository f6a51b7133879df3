// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runitem.h"

#include "core/run/judge.h"

#include <QSet>

namespace Sluice {

namespace {

/** What a run of \a plan may set between two of its requests. */
QSet<QString> changingVariables(const RunPlan &plan)
{
    QSet<QString> names;
    for (const RequestInContext &request : plan.requests) {
        for (const EffectiveCapture &action : effectiveActions(request))
            names.insert(action.spec.variable);
    }
    for (const DataRow &row : plan.data)
        names.unite(QSet<QString>(row.keyBegin(), row.keyEnd()));
    return names;
}

} // namespace

std::vector<RunItem> runItems(const RunPlan &plan, RequestBuilder &builder, Dispatcher &dispatcher)
{
    const QSet<QString> changing = changingVariables(plan);
    std::vector<RunItem> items;
    items.reserve(plan.requests.size());
    for (const RequestInContext &request : plan.requests) {
        RunItem item;
        item.mustPrepare = !effectiveActions(request, CaptureSpec::Phase::BeforeRequest).empty();
        item.mustJudge = !request.request.assertions.empty() || !effectiveCaptures(request).empty();
        item.scopes = builder.scopesOf(request);
        if (!builder.varies(request, item.scopes, changing)) {
            Result<PreparedRequest> built = builder.build(request, item.scopes);
            if (built) {
                item.endpoint = dispatcher.endpointOf(built->url);
                item.constant = std::make_shared<const PreparedRequest>(std::move(*built));
            } else {
                item.constant = std::unexpected(std::move(built.error()));
            }
        }
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace Sluice
