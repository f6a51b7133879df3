// SPDX-License-Identifier: GPL-3.0-or-later
// The chains of a run: their requests one after another, and what becomes of each.
#include "core/run/judge.h"
#include "core/run/runner.h"
#include "core/run/sampling.h"

#include <QTimer>

#include <algorithm>

namespace Sluice {

void Runner::startChain()
{
    const std::size_t index = takeSlot();
    Chain &chain = m_chains[index];
    const quint64 number = m_startedChains++;
    if (m_plan.order == RunPlan::Order::All) {
        chain.iteration = number / m_items.size();
        chain.next = quint32(number % m_items.size());
        chain.end = chain.next + 1;
    } else {
        chain.iteration = number;
        chain.next = 0;
        chain.end = quint32(m_items.size());
    }
    chain.variables = std::move(m_carried);
    m_carried = {};
    if (!m_plan.data.empty())
        chain.variables.setData(m_plan.data[std::size_t(chain.iteration % m_plan.data.size())]);
    if (hasOwnCookies()) {
        const std::size_t chains = m_plan.order == RunPlan::Order::All ? m_items.size() : 1;
        m_iterationsLeft.try_emplace(chain.iteration, chains);
    }
    chain.isAlive = true;
    ++m_liveChains;
    advance(index);
}

void Runner::advance(std::size_t index)
{
    while (m_chains[index].next < m_chains[index].end && !m_isStopping) {
        if (submitNext(index))
            return;
        if (isDelayed(m_chains[index])) {
            advanceLater(index);
            return;
        }
    }
    endChain(index);
}

/** True when the next request of \a chain, or of the one after it, has to wait. */
bool Runner::isDelayed(const Chain &chain) const
{
    const bool isFollowed =
        m_plan.order == RunPlan::Order::Sequential && m_startedChains < m_plannedChains;
    return m_plan.delayUs > 0 && !m_isStopping && (chain.next < chain.end || isFollowed);
}

void Runner::advanceLater(std::size_t index)
{
    const auto delay = std::chrono::milliseconds(m_plan.delayUs / 1000);
    const quint64 seq = m_chains[index].seq;
    QTimer::singleShot(delay, Qt::PreciseTimer, this, [this, index, run = m_runNumber, seq] {
        if (run != m_runNumber || !m_chains[index].isAlive || m_chains[index].seq != seq)
            return;
        advance(index);
        submitMore();
    });
}

bool Runner::submitNext(std::size_t index)
{
    Chain &chain = m_chains[index];
    const quint32 number = chain.next++;
    const RunItem &item = m_items[number];
    chain.seq = m_nextSeq++;
    chain.prepared = {};
    if (item.mustPrepare) {
        VariableScopes scopes = scopesOf(chain, number);
        chain.prepared = prepare(m_checker, m_plan.requests[number], scopes);
        chain.variables.setAll(chain.prepared.captured);
    }
    Result<SharedRequest> built = build(chain, number);
    if (!built) {
        chain.endpoint = EndpointId::None;
        Response response;
        response.timings.finishedUs = m_clock.nowUs();
        response.error = built.error();
        endRequest(chain, number, response);
        return false;
    }
    chain.endpoint = item.constant ? item.endpoint : m_dispatcher.endpointOf((*built)->url);
    chain.wasSubmitted = true;
    m_unbuilt = 0;
    chain.current = m_dispatcher.submit(std::move(*built), Priority::Run, *this, index);
    return true;
}

Result<SharedRequest> Runner::build(const Chain &chain, quint32 number)
{
    const std::optional<Result<SharedRequest>> &constant = m_items[number].constant;
    if (constant && (!hasOwnCookies() || !*constant))
        return *constant;
    Result<PreparedRequest> built =
        constant ? Result<PreparedRequest>(**constant.value())
                 : m_builder->build(m_plan.requests[number], scopesOf(chain, number));
    if (!built)
        return std::unexpected(std::move(built.error()));
    if (hasOwnCookies())
        built->cookieJar = jarOf(chain.iteration);
    return std::make_shared<const PreparedRequest>(std::move(*built));
}

void Runner::requestFinished(RequestId, quint64 tag, Response &&response)
{
    const auto index = std::size_t(tag);
    Chain &chain = m_chains[index];
    chain.current = RequestId::None;
    endRequest(chain, chain.next - 1, response);

    if (isDelayed(chain)) {
        advanceLater(index);
        return;
    }
    advance(index);
    submitMore();
}

void Runner::endRequest(Chain &chain, quint32 number, const Response &response)
{
    Sample sample = sampleOf(response);
    sample.seq = chain.seq;
    sample.run = quint32(m_runNumber);
    sample.request = number;
    sample.endpoint =
        response.redirects.empty() ? chain.endpoint : m_dispatcher.endpointOf(response.url);

    Judgement judgement = std::move(chain.prepared);
    if (!response.error && m_items[number].mustJudge) {
        VariableScopes scopes = scopesOf(chain, number);
        judgement.add(judge(m_checker, m_plan.requests[number], response, scopes));
        chain.variables.setAll(judgement.captured);
    }
    const std::vector<CheckResult> &checks = judgement.checks;
    const auto failed = std::ranges::count(checks, false, &CheckResult::passed);
    m_checksFailed += quint64(failed);
    m_checksPassed += checks.size() - quint64(failed);

    static const QString noMessage;
    m_statistics.addSample(sample, response.error ? response.error->message : noMessage);
    const RunResult result{m_plan.requests[number], chain.iteration, response, checks,
                           judgement.secrets};
    for (RunObserver *observer : m_observers)
        observer->requestFinished(sample, result);

    const bool wasCancelled = response.error && response.error->code == ErrorCode::Cancelled;
    const bool hasFailed = (response.error && !wasCancelled) || failed > 0;
    m_failedRequests += hasFailed;
    if (m_plan.bail && !m_isStopping && hasFailed) {
        m_isStopping = true;
        m_drainTimer.start(0, this);
    }
}

VariableScopes Runner::scopesOf(const Chain &chain, quint32 number) const
{
    VariableScopes scopes = m_items[number].scopes;
    chain.variables.addTo(scopes, m_plan.requests[number]);
    return scopes;
}

void Runner::endChain(std::size_t index)
{
    Chain &chain = m_chains[index];
    if (!chain.wasSubmitted)
        restIfAllFail();
    if (hasOwnCookies())
        forgetCookiesOf(chain.iteration);
    if (m_plan.order == RunPlan::Order::Sequential)
        m_carried = std::move(chain.variables);
    chain = {};
    m_freeSlots.push_back(index);
    --m_liveChains;
    if (m_liveChains == 0 && !m_isResting)
        m_submitTimer.start(0, this);
}

/** When the last chain of \a iteration has ended. */
void Runner::forgetCookiesOf(quint64 iteration)
{
    const auto left = m_iterationsLeft.find(iteration);
    if (left == m_iterationsLeft.end() || --left->second > 0)
        return;
    m_iterationsLeft.erase(left);
    if (m_forgetCookies)
        m_forgetCookies(jarOf(iteration));
}

std::size_t Runner::takeSlot()
{
    if (m_freeSlots.empty()) {
        m_chains.emplace_back();
        return m_chains.size() - 1;
    }
    const std::size_t index = m_freeSlots.back();
    m_freeSlots.pop_back();
    return index;
}

} // namespace Sluice
