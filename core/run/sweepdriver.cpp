// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sweepdriver.h"

#include "core/dispatch/retrypolicy.h"
#include "core/run/sampling.h"

#include <QRandomGenerator>
#include <QTimerEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int TickMs = 20;
constexpr int TicksPerReport = 5;

SweepOutcome outcomeOfSweep(const Response &response)
{
    if (response.error) {
        switch (response.error->code) {
        case ErrorCode::ConnectTimeout:
        case ErrorCode::FirstByteTimeout:
        case ErrorCode::IdleTimeout:
        case ErrorCode::TotalTimeout:
            return SweepOutcome::TimedOut;
        default:
            return SweepOutcome::Failed;
        }
    }
    if (response.status == 429 || response.status == 503)
        return SweepOutcome::Rejected;
    return response.status >= 400 ? SweepOutcome::Failed : SweepOutcome::Success;
}

SweepEvent eventOf(const Response &response, qint64 nowUs)
{
    SweepEvent event;
    event.outcome = outcomeOfSweep(response);
    event.admittedUs = response.timings.admittedUs >= 0 ? response.timings.admittedUs : nowUs;
    event.finishedUs = response.timings.finishedUs >= 0 ? response.timings.finishedUs : nowUs;
    if (event.outcome == SweepOutcome::Rejected) {
        event.retryAfterUs =
            retryAfterUs(response.headers, QDateTime::currentDateTimeUtc()).value_or(0);
    }
    return event;
}

} // namespace

SweepDriver::SweepDriver(const Clock &clock, Dispatcher &dispatcher, QObject *parent)
    : QObject(parent), m_clock(clock), m_dispatcher(dispatcher)
{
}

SweepDriver::~SweepDriver() = default;

Result<> SweepDriver::start(SweepJob job)
{
    if (isRunning())
        return failure(ErrorCode::Usage, u"A sweep is running already."_s);
    // A redirect's second hop waits in the queue, which would count as the server's time; a retry
    // would hide the very refusal that the sweep looks for.
    job.options.maxRedirects = 0;
    job.options.maxRetries = 0;
    m_builder.emplace(job.variables, job.options);
    Result<std::vector<SweepTarget>> targets = findSweepTargets(job, *m_builder);
    if (!targets)
        return std::unexpected(targets.error());
    if (const Result<> allowed = checkSweep(job, *targets); !allowed)
        return allowed;
    const SweepSettings settings = effectiveSettings(job, *targets);
    m_job = std::move(job);
    m_lanes.clear();
    for (SweepTarget &target : *targets) {
        const Limits fixed{.hosts = m_job.fixedHosts};
        const int limit = limitForEndpoint(fixed, target.endpoint.key());
        m_lanes.push_back({std::move(target), 0, 0, limit});
    }
    m_savedLimits = m_dispatcher.admission().limits();
    m_startedAt = QDateTime::currentDateTimeUtc();
    m_beganUs = m_clock.nowUs();
    m_dueUs = m_beganUs + TickMs * 1000;
    m_lastTag = 0;
    m_limit = m_ticks = 0;
    m_reported = 0;
    m_protocol.clear();
    m_timer.start(TickMs, Qt::PreciseTimer, this);
    m_plan.emplace(settings, std::mt19937(QRandomGenerator::global()->generate()));
    follow(m_plan->start(m_beganUs));
    return {};
}

void SweepDriver::stop()
{
    if (!m_plan)
        return;
    follow(m_plan->stop(SweepStop::User, m_clock.nowUs()));
    for (const RequestId request : running())
        m_dispatcher.cancelQueued(request);
}

std::vector<RequestId> SweepDriver::running() const
{
    std::vector<RequestId> running;
    for (const auto &[tag, flight] : m_flights)
        running.push_back(flight.request);
    return running;
}

void SweepDriver::abort()
{
    stop();
    for (const RequestId request : running())
        m_dispatcher.cancel(request);
}

SweepProgress SweepDriver::progress() const
{
    return m_plan ? m_plan->progress(m_clock.nowUs()) : SweepProgress();
}

void SweepDriver::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        advance();
    else
        QObject::timerEvent(event);
}

void SweepDriver::advance()
{
    if (!m_plan)
        return;
    const qint64 nowUs = m_clock.nowUs();
    m_load.ticked(m_dueUs, nowUs);
    m_dueUs = nowUs + TickMs * 1000;
    follow(m_plan->advance(nowUs, m_load.load(nowUs)));
    if (m_plan && ++m_ticks % TicksPerReport == 0)
        emit progressed(progress());
}

void SweepDriver::requestFinished(RequestId, quint64 tag, Response &&response)
{
    const auto node = m_flights.extract(tag);
    if (node.empty())
        return;
    --m_lanes[node.mapped().target].inFlight;
    m_load.requestEnded(response.timings);
    if (!response.protocol.isEmpty())
        m_protocol = response.protocol;
    Sample sample = sampleOf(response);
    sample.seq = tag;
    if (const Endpoint endpoint = Endpoint::of(response.url); endpoint.isValid())
        sample.endpoint = m_dispatcher.admission().endpoint(endpoint.key());
    emit sampled(sample, response);
    if (!m_plan)
        return;
    const bool wasCancelled = response.error && response.error->code == ErrorCode::Cancelled;
    follow(wasCancelled ? m_plan->action() : m_plan->ended(eventOf(response, m_clock.nowUs())));
}

void SweepDriver::follow(SweepAction action)
{
    reportLevels();
    if (action.kind == SweepAction::Kind::Drain && m_flights.empty())
        action = m_plan->drained(m_clock.nowUs());
    switch (action.kind) {
    case SweepAction::Kind::Run:
        fill(action.limit);
        break;
    case SweepAction::Kind::Drain:
    case SweepAction::Kind::Hold:
        m_limit = 0;
        break;
    case SweepAction::Kind::Done:
        finish();
        break;
    }
}

void SweepDriver::applyLimit(int limit)
{
    m_limit = limit;
    m_load.begin(m_clock.nowUs());
    Limits limits = m_savedLimits;
    limits.rate = limits.ratePerHost = {};
    limits.queueMax = 0;
    limits.queueTimeoutUs = 0;
    if (m_job.fixedHosts.empty()) {
        limits.total = limits.total == 0 ? 0 : std::max(limits.total, limit);
        limits.hosts.insert(limits.hosts.begin(), {m_lanes.front().target.endpoint.key(), limit});
    } else {
        limits.total = limit;
        limits.hosts.insert(limits.hosts.begin(), m_job.fixedHosts.begin(), m_job.fixedHosts.end());
    }
    m_dispatcher.admission().setLimits(limits);
}

void SweepDriver::fill(int limit)
{
    if (limit != m_limit)
        applyLimit(limit);
    const int budget = m_plan->settings().maxRequests;
    while (std::ssize(m_flights) < limit && (budget == 0 || m_lastTag < quint64(budget))) {
        if (!submit(nextTarget())) {
            stop();
            return;
        }
    }
}

/** The host that uses least of its share. */
std::size_t SweepDriver::nextTarget() const
{
    const auto used = [](const Lane &lane) {
        return lane.limit > 0 ? double(lane.inFlight) / lane.limit : double(lane.inFlight);
    };
    const auto least = std::ranges::min_element(m_lanes, {}, used);
    return std::size_t(least - m_lanes.begin());
}

bool SweepDriver::submit(std::size_t target)
{
    Lane &lane = m_lanes[target];
    const std::size_t index = lane.target.requests[lane.next];
    lane.next = (lane.next + 1) % lane.target.requests.size();
    const RequestInContext &request = m_job.requests[index];
    Result<PreparedRequest> built = m_builder->build(request, m_builder->scopesOf(request));
    if (!built)
        return false;
    const quint64 tag = ++m_lastTag;
    ++lane.inFlight;
    m_flights[tag] = {target, RequestId::None};
    m_flights[tag].request =
        m_dispatcher.submit(std::move(*built), Priority::Interactive, *this, tag);
    return true;
}

void SweepDriver::reportLevels()
{
    if (!m_plan)
        return;
    while (m_reported < m_plan->levels().size())
        emit levelMeasured(m_plan->levels()[m_reported++]);
}

void SweepDriver::finish()
{
    m_timer.stop();
    m_dispatcher.admission().setLimits(m_savedLimits);
    auto result = std::make_shared<SweepResult>();
    QStringList hosts;
    for (const Lane &lane : m_lanes)
        hosts += lane.target.endpoint.display();
    result->host = hosts.join(u", "_s);
    const std::vector<std::size_t> &requests = m_lanes.front().target.requests;
    const RequestInContext &first = m_job.requests[requests.front()];
    result->request = requests.size() == 1 && m_lanes.size() == 1
                          ? first.request.method + u' ' + first.displayPath
                          : u"%1 requests in turns"_s.arg(m_job.requests.size());
    result->protocol = QString::fromLatin1(m_protocol);
    result->isTotal = !m_job.fixedHosts.empty();
    result->startedAt = m_startedAt;
    result->durationUs = m_clock.nowUs() - m_beganUs;
    result->sent = int(m_lastTag);
    result->settings = m_plan->settings();
    result->levels = m_plan->levels();
    result->stoppedBecause = m_plan->stoppedBecause();
    result->recommendation = recommend(result->levels, result->settings);
    result->verdict = sweepVerdict(result->recommendation, result->levels, result->host);
    m_plan.reset();
    emit finished(result);
}

} // namespace Sluice
