// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runner.h"

#include "core/run/judge.h"
#include "core/run/sampling.h"

#include <QTimer>
#include <QTimerEvent>

#include <algorithm>
#include <limits>
#include <utility>

namespace Sluice {

namespace {

/** Submitted in one turn of the event loop, so that the first replies are not kept waiting. */
constexpr int BatchSize = 256;
/** More sockets can only be open soon after some have begun to connect. */
constexpr int CountSocketsAfterMs = 20;
/** Between two tries of what could not be built. */
constexpr int RestMs = 100;
constexpr quint64 Unbounded = std::numeric_limits<quint64>::max();

} // namespace

Runner::Runner(const Clock &clock, Dispatcher &dispatcher, QObject *parent)
    : QObject(parent), m_clock(clock), m_dispatcher(dispatcher)
{
    connect(&dispatcher, &Dispatcher::connecting, this, &Runner::connectionBegan);
}

Runner::~Runner() = default;

void Runner::start(RunPlan plan)
{
    if (m_isRunning)
        return;
    m_plan = std::move(plan);
    m_plan.order = resolvedOrder(m_plan);
    m_builder.emplace(m_plan.variables, m_plan.options);
    m_chains.clear();
    m_freeSlots.clear();
    m_carried = {};
    m_startedChains = m_nextSeq = m_checksPassed = m_checksFailed = m_failedRequests = 0;
    m_liveChains = m_unbuilt = 0;
    m_isStopping = m_wasStopped = m_isResting = false;
    m_isRunning = true;
    ++m_runNumber;
    m_items = runItems(m_plan, *m_builder, m_dispatcher);

    const quint64 iterations = quint64(std::max(0, m_plan.iterations));
    const quint64 perIteration = m_plan.order == RunPlan::Order::All ? m_items.size() : 1;
    m_plannedChains = m_plan.durationUs > 0 ? Unbounded : iterations * perIteration;
    if (m_items.empty())
        m_plannedChains = 0;
    m_maxChains = m_plan.order == RunPlan::Order::Sequential ? 1
                  : m_plan.outstanding > 0                   ? std::size_t(m_plan.outstanding)
                                                             : MaxOutstanding;
    m_statistics = {};
    m_statistics.begin(m_clock.nowUs(), m_dispatcher.admission().limits());
    if (m_plan.durationUs > 0)
        armDrainTimer();
    m_submitTimer.start(0, this);
}

/** Its timer knows no more than 24 days, so the clock says whether the time is over. */
void Runner::armDrainTimer()
{
    const qint64 leftMs = (leftUs() + 999) / 1000;
    m_drainTimer.start(int(std::clamp<qint64>(leftMs, 0, std::numeric_limits<int>::max())),
                       Qt::PreciseTimer, this);
}

qint64 Runner::leftUs() const
{
    return m_statistics.beganUs() + m_plan.durationUs - m_clock.nowUs();
}

void Runner::drain()
{
    if (!m_isRunning)
        return;
    m_wasStopped = true;
    cancelTheQueued();
}

void Runner::cancelTheQueued()
{
    m_isStopping = true;
    m_drainTimer.stop();
    for (std::size_t index = 0; index < m_chains.size(); ++index) {
        if (!m_chains[index].isAlive)
            continue;
        if (m_chains[index].current == RequestId::None)
            endChain(index);
        else
            m_dispatcher.cancelQueued(m_chains[index].current);
    }
    m_submitTimer.start(0, this);
}

void Runner::abort()
{
    drain();
    for (std::size_t index = 0; index < m_chains.size(); ++index) {
        if (m_chains[index].isAlive && m_chains[index].current != RequestId::None)
            m_dispatcher.cancel(m_chains[index].current);
    }
}

RunProgress Runner::progress() const
{
    RunProgress progress;
    progress.name = m_plan.name;
    progress.running = m_isRunning;
    if (m_plan.durationUs == 0)
        progress.planned = quint64(std::max(0, m_plan.iterations)) * m_items.size();
    progress.done = m_statistics.finished() - m_statistics.cancelled();
    progress.failed = m_failedRequests;
    progress.stopped = m_wasStopped;
    progress.elapsedUs =
        m_isRunning ? m_clock.nowUs() - m_statistics.beganUs() : m_statistics.durationUs();
    if (m_plan.durationUs > 0)
        progress.leftUs = std::max<qint64>(0, m_plan.durationUs - progress.elapsedUs);
    else if (progress.done > 0)
        progress.leftUs = qint64(double(progress.elapsedUs) / double(progress.done)
                                 * double(progress.planned - progress.done));
    return progress;
}

void Runner::admissionEvent(const AdmissionEvent &event)
{
    if (!m_isRunning)
        return;
    m_statistics.addEvent(event);
    if (m_liveChains == 0) // The queue may have been full of others' requests.
        m_submitTimer.start(0, this);
    if (event.kind == AdmissionEvent::Kind::LimitsChanged && event.endpoint == EndpointId::None)
        m_statistics.addLimits(event.atUs, m_dispatcher.admission().limits());
}

void Runner::connectionBegan(EndpointId endpoint)
{
    if (!m_isRunning)
        return;
    m_statistics.addConnection(endpoint);
    if (m_countSockets && !m_socketTimer.isActive())
        m_socketTimer.start(CountSocketsAfterMs, this);
}

void Runner::countSockets()
{
    m_socketTimer.stop();
    if (m_countSockets)
        m_statistics.addOpenSockets(m_countSockets());
}

void Runner::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_socketTimer.timerId()) {
        countSockets();
    } else if (event->timerId() == m_drainTimer.timerId()) {
        if (m_isStopping) // A request failed, and the run was to end with the first one.
            drain();
        else if (leftUs() <= 0)
            cancelTheQueued();
        else
            armDrainTimer();
    } else if (event->timerId() == m_submitTimer.timerId()) {
        m_submitTimer.stop();
        m_isResting = false;
        submitMore();
        if (isThrough())
            endRun();
    } else {
        QObject::timerEvent(event);
    }
}

bool Runner::isThrough() const
{
    return m_liveChains == 0 && (m_isStopping || m_startedChains >= m_plannedChains);
}

bool Runner::mayStartChain() const
{
    if (m_isStopping || m_startedChains >= m_plannedChains || m_liveChains >= m_maxChains)
        return false;
    if (m_plannedChains != Unbounded)
        return true;
    // Without an end to reach, a short queue keeps the limits busy; a longer one only ages, and one
    // that is full would refuse requests as fast as they can be made.
    const Limits &limits = m_dispatcher.admission().limits();
    const int room =
        limits.queueMax > 0 ? std::min(limits.queueMax, MaxQueuedOverTime) : MaxQueuedOverTime;
    return m_dispatcher.admission().queued() < room
           && m_liveChains < std::size_t(limits.total) + std::size_t(room);
}

void Runner::submitMore()
{
    if (m_isResting)
        return;
    for (int i = 0; i < BatchSize && mayStartChain() && !m_isResting; ++i)
        startChain();
    if (m_isResting)
        m_submitTimer.start(RestMs, this);
    else if (mayStartChain() || isThrough())
        m_submitTimer.start(0, this);
}

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

/** A run over time whose requests cannot be built would do nothing but say so, without a pause. */
void Runner::restIfAllFail()
{
    const std::size_t round = m_plan.order == RunPlan::Order::All ? m_items.size() : 1;
    if (++m_unbuilt < round || m_plannedChains != Unbounded)
        return;
    m_unbuilt = 0;
    m_isResting = true;
}

void Runner::endRun()
{
    m_isRunning = false;
    m_submitTimer.stop();
    m_drainTimer.stop();
    countSockets();
    for (auto &[iteration, chains] : std::exchange(m_iterationsLeft, {})) {
        if (m_forgetCookies) // Of those that were stopped on the way.
            m_forgetCookies(jarOf(iteration));
    }
    const quint64 planned = progress().planned;
    if (planned > m_statistics.finished())
        m_statistics.addCancelled(planned - m_statistics.finished());
    m_statistics.end(m_clock.nowUs());
    emit finished();
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
