// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/loadplan.h"

#include "core/auth/authcatalog.h"
#include "core/http/endpoint.h"
#include "core/interchange/loadcall.h"
#include "core/interchange/loadnotes.h"
#include "core/run/judge.h"
#include "core/run/requestbuilder.h"

#include <QUrl>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Shares \a total out in proportion to \a wishes by largest remainders, at least one each. */
std::vector<int> shared(const std::vector<int> &wishes, int total)
{
    const int sum = std::accumulate(wishes.begin(), wishes.end(), 0);
    if (sum <= total)
        return wishes;
    std::vector<int> shares;
    std::vector<std::pair<double, std::size_t>> remainders;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const double exact = double(wishes[i]) * total / sum;
        shares.push_back(std::max(1, int(exact)));
        remainders.emplace_back(exact - std::floor(exact), i);
    }
    std::ranges::stable_sort(remainders, std::greater(), &std::pair<double, std::size_t>::first);
    int left = total - std::accumulate(shares.begin(), shares.end(), 0);
    for (const auto &[remainder, index] : remainders) {
        if (left <= 0)
            break;
        ++shares[index];
        --left;
    }
    return shares;
}

/** The endpoint that \a url names at the time of the export; empty when only a run can tell. */
QString endpointOf(const ScriptText &url, const QMap<QString, QString> &constants)
{
    QString text = plainText(url, constants);
    if (!text.contains("://"_L1))
        text.prepend("http://"_L1);
    const QString authority = text.section(u'/', 2, 2);
    if (authority.contains("{{"_L1))
        return {};
    const Endpoint endpoint = Endpoint::of(QUrl(text));
    return endpoint.isValid() ? endpoint.key() : QString();
}

QSet<QString> changingVariables(const RunPlan &plan)
{
    QSet<QString> names;
    for (const RequestInContext &request : plan.requests) {
        for (const CaptureSpec &capture : effectiveCaptures(request))
            names.insert(capture.variable);
    }
    for (const DataRow &row : plan.data)
        names.unite(QSet<QString>(row.keyBegin(), row.keyEnd()));
    return names;
}

struct Host
{
    QString key;
    std::vector<std::size_t> calls;
};

std::vector<Host> hostsOf(const LoadPlan &plan)
{
    std::vector<Host> hosts;
    for (std::size_t i = 0; i < plan.calls.size(); ++i) {
        const QString key = endpointOf(plan.calls[i].url, plan.constants);
        auto host = std::ranges::find(hosts, key, &Host::key);
        if (host == hosts.end())
            host = hosts.insert(hosts.end(), {key, {}});
        host->calls.push_back(i);
    }
    return hosts;
}

QString displayOf(const QString &key)
{
    return key.isEmpty() ? QString() : Endpoint::of(QUrl(key)).display();
}

/** Each host its own users: requests are independent of each other. */
void groupByHost(LoadPlan &plan, const std::vector<Host> &hosts, const Limits &limits)
{
    const int total = limits.total > 0 ? limits.total : DefaultTotalLimit;
    std::vector<int> wishes;
    for (const Host &host : hosts) {
        const int limit = host.key.isEmpty() ? 0 : limitForEndpoint(limits, host.key);
        wishes.push_back(limit > 0 ? std::min(limit, total) : total);
    }
    const std::vector<int> users = shared(wishes, total);
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        LoadGroup group;
        group.host = displayOf(hosts[i].key);
        group.name =
            u"host "_s + (group.host.isEmpty() ? u"any"_s : group.host.section(u"//"_s, 1));
        group.users = users[i];
        group.perSecond = limits.ratePerHost.perSecond;
        if (limits.rate.perSecond > 0) {
            const double share =
                limits.rate.perSecond * double(hosts[i].calls.size()) / double(plan.calls.size());
            group.perSecond = group.perSecond > 0 ? std::min(group.perSecond, share) : share;
        }
        group.calls = hosts[i].calls;
        plan.groups.push_back(std::move(group));
    }
    if (users != wishes) {
        plan.notes += u"No load generator has one limit over several hosts: the total of %1 is "
                      "shared out among the %2 hosts, so a host never gets what another leaves "
                      "free."_s.arg(total)
                          .arg(hosts.size());
    }
}

/** One group: a user may be at any of the hosts, so the smallest limit holds for all of them. */
void groupAsChain(LoadPlan &plan, const std::vector<Host> &hosts, const Limits &limits,
                  bool isSequential)
{
    const int total = limits.total > 0 ? limits.total : DefaultTotalLimit;
    LoadGroup group{plan.name, {}, total, limits.rate.perSecond, {}};
    for (const Host &host : hosts) {
        const int limit = host.key.isEmpty() ? 0 : limitForEndpoint(limits, host.key);
        if (limit > 0)
            group.users = std::min(group.users, limit);
        std::ranges::copy(host.calls, std::back_inserter(group.calls));
    }
    std::ranges::sort(group.calls);
    if (hosts.size() == 1)
        group.host = displayOf(hosts.front().key);
    if (isSequential)
        group.users = 1;
    else if (group.users < total && hosts.size() > 1) {
        plan.notes +=
            u"An iteration visits %1 hosts, and all users may be at the same one: there "
            "are %2 users, as many as the smallest limit of a host allows."_s.arg(hosts.size())
                .arg(group.users);
    }
    if (limits.ratePerHost.perSecond > 0) {
        const double rate = limits.ratePerHost.perSecond;
        group.perSecond = group.perSecond > 0 ? std::min(group.perSecond, rate) : rate;
    }
    plan.groups.push_back(std::move(group));
}

} // namespace

int LoadPlan::users() const
{
    return std::accumulate(groups.begin(), groups.end(), 0,
                           [](int sum, const LoadGroup &group) { return sum + group.users; });
}

Result<LoadPlan> requestPlan(const ExportJob &job)
{
    if (job.plan.requests.empty())
        return failure(ErrorCode::Usage, u"There is no request to export."_s);
    LoadPlan plan;
    plan.name = job.plan.name;
    plan.verifyTls = job.plan.options.profile.verifyTls;
    ScriptTexts texts(changingVariables(job.plan));
    const RequestBuilder builder(job.plan.variables, job.plan.options);
    for (const RequestInContext &request : job.plan.requests) {
        plan.calls.push_back(
            loadCall(request, builder.scopesOf(request), job.plan.options, texts, plan.notes));
        plan.verifyTls = plan.verifyTls && plan.calls.back().verifyTls;
    }
    plan.constants = texts.constants();
    plan.environment = texts.fromEnvironment();
    plan.notes += lostVariables(texts);
    return plan;
}

Result<LoadPlan> loadPlan(const ExportJob &job)
{
    Result<LoadPlan> plan = requestPlan(job);
    if (!plan)
        return plan;
    const RunPlan::Order order = resolvedOrder(job.plan);
    plan->isChained = order != RunPlan::Order::All;
    plan->carriesVariables = order == RunPlan::Order::Sequential;
    plan->iterations = job.plan.iterations;
    plan->durationUs = job.plan.durationUs;
    plan->delayUs = job.plan.delayUs;
    plan->bail = job.plan.bail;
    plan->perSecond = job.limits.rate.perSecond;
    plan->data = job.plan.data;
    const std::vector<Host> hosts = hostsOf(*plan);
    plan->isTwoHosts = hosts.size() > 1;
    if (plan->isChained)
        groupAsChain(*plan, hosts, job.limits, plan->carriesVariables);
    else
        groupByHost(*plan, hosts, job.limits);
    plan->notes += lostLimits(job.limits);
    plan->notes += lostOptions(job.plan);
    plan->notes.removeDuplicates();
    return plan;
}

} // namespace Sluice
