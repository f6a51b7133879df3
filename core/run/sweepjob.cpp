// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sweepjob.h"

#include "core/run/requestbuilder.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString hostList(const std::vector<SweepTarget> &targets)
{
    QStringList names;
    for (const SweepTarget &target : targets)
        names += target.endpoint.display();
    return names.join(u", "_s);
}

bool isForeign(const SweepTarget &target)
{
    return !isLoopbackHost(target.endpoint.host);
}

Result<> checkMethods(const SweepJob &job, const std::vector<SweepTarget> &targets)
{
    for (const SweepTarget &target : targets) {
        for (std::size_t index : target.requests) {
            const RequestInContext &request = job.requests[index];
            if (!isIdempotent(request.request.method.toLatin1())) {
                return failure(ErrorCode::Usage,
                               u"%1 %2 may change something each time it is sent (%1 is not "
                               "idempotent). Leave it out, or allow unsafe methods."_s.arg(
                                   request.request.method, request.displayPath));
            }
        }
    }
    return {};
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    if (host == "localhost"_L1 || host.endsWith(".localhost"_L1) || host == "::1"_L1
        || host == "[::1]"_L1)
        return true;
    const QStringList parts = host.split(u'.');
    return parts.size() == 4 && parts.first() == "127"_L1
           && std::ranges::all_of(parts, [](const QString &part) {
                  bool isNumber = false;
                  part.toUInt(&isNumber);
                  return isNumber;
              });
}

Result<std::vector<SweepTarget>> findSweepTargets(const SweepJob &job, RequestBuilder &builder)
{
    std::vector<SweepTarget> targets;
    std::vector<SweepTarget> others;
    for (std::size_t index = 0; index < job.requests.size(); ++index) {
        const RequestInContext &request = job.requests[index];
        const Result<PreparedRequest> built = builder.build(request, builder.scopesOf(request));
        if (!built)
            return std::unexpected(built.error());
        const Endpoint endpoint = Endpoint::of(built->url);
        const bool wanted =
            job.host.isEmpty() || hostPatternMatches(job.host.toLower(), endpoint.key());
        std::vector<SweepTarget> &list = wanted ? targets : others;
        const auto known = std::ranges::find(list, endpoint, &SweepTarget::endpoint);
        if (known != list.end())
            known->requests.push_back(index);
        else
            list.push_back({endpoint, {index}});
    }
    if (!targets.empty())
        return targets;
    return failure(ErrorCode::Usage,
                   others.empty() ? u"There is no request to sweep with."_s
                                  : u"No request goes to %1; there are requests to %2."_s.arg(
                                        job.host, hostList(others)));
}

Result<> checkSweep(const SweepJob &job, const std::vector<SweepTarget> &targets)
{
    if (job.settings.ladder.empty())
        return failure(ErrorCode::Usage, u"A sweep needs at least one level."_s);
    if (targets.size() > 1 && job.fixedHosts.empty()) {
        return failure(
            ErrorCode::Usage,
            u"The requests go to several hosts (%1). Choose one."_s.arg(hostList(targets)));
    }
    if (!job.allowUnsafeMethods) {
        if (const Result<> methods = checkMethods(job, targets); !methods)
            return methods;
    }
    const auto foreign = std::ranges::find_if(targets, isForeign);
    if (foreign == targets.end())
        return {};
    const QString name = foreign->endpoint.display();
    if (!job.allowForeignHosts) {
        return failure(ErrorCode::Usage,
                       u"%1 is not this machine: a sweep sends it up to %2 requests, as fast as it "
                       "answers. Confirm that you are allowed to test it."_s.arg(name)
                           .arg(effectiveSettings(job, targets).maxRequests));
    }
    if (std::ranges::max(job.settings.ladder) > ForeignHostCap) {
        return failure(
            ErrorCode::Usage,
            u"%1 is not this machine: no more than %2 at once are tried there."_s.arg(name).arg(
                ForeignHostCap));
    }
    return {};
}

SweepSettings effectiveSettings(const SweepJob &job, const std::vector<SweepTarget> &targets)
{
    SweepSettings settings = job.settings;
    if (settings.maxRequests == 0 && std::ranges::any_of(targets, isForeign))
        settings.maxRequests = ForeignHostBudget;
    return settings;
}

} // namespace Sluice
