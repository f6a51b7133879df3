// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runner.h"

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

} // namespace Sluice
