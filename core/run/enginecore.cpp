// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/enginecore.h"

#include "core/transport/socketcounter.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace Sluice {

namespace {

int openSockets()
{
    const Result<OpenSockets> open = countOpenSockets();
    return open ? open->total : -1;
}

RequestLine lineOf(const Response &response)
{
    return {response.method, response.url.toEncoded(QUrl::RemoveUserInfo)};
}

} // namespace

EngineCore::EngineCore(Live live, QObject *parent)
    : QObject(parent), m_live(live == Live::On ? std::make_unique<LiveMetrics>() : nullptr),
      m_transport(m_clock), m_dispatcher(m_clock, m_transport, this),
      m_runner(m_clock, m_dispatcher), m_sender(m_dispatcher), m_sweep(m_clock, m_dispatcher)
{
    m_runner.addObserver(this);
    m_runner.setOpenSockets(openSockets);
    m_runner.setForgetCookies([this](quint32 jar) { m_transport.cookies().clear(jar); });
    if (!m_live)
        return;
    m_runner.addObserver(&m_log);
    const AdmissionQueue &queue = m_dispatcher.admission();
    m_live->setSource({[&queue] { return queue.snapshot(); },
                       [&queue]() -> const Limits & { return queue.limits(); },
                       [&queue](EndpointId id) { return queue.endpointName(id); }, openSockets,
                       QDateTime::currentMSecsSinceEpoch});
    connect(&m_dispatcher, &Dispatcher::connecting, this, [this] { m_live->connectionBegan(); });
    const auto take = [this](const Sample &sample, const Response &response) {
        m_live->sampleFinished(sample, {}, lineOf(response));
        emit changed();
    };
    connect(
        &m_sender, &Sender::sampled, this,
        [this, take](const Sample &sample, const Response &response, const QStringList &secrets) {
            m_live->addSecrets(secrets);
            take(sample, response);
        });
    connect(&m_sweep, &SweepDriver::sampled, this, take);
}

EngineCore::~EngineCore()
{
    m_isEnding = true;
}

void EngineCore::startRun(const RunPlan &plan)
{
    if (m_runner.isRunning())
        return;
    m_log.begin();
    noteSecrets(plan.variables, plan.options);
    m_runner.start(plan);
}

void EngineCore::send(quint64 id, SendJob job)
{
    noteSecrets(job.variables, job.options);
    m_sender.send(id, std::move(job));
}

Result<> EngineCore::startSweep(const SweepJob &job)
{
    noteSecrets(job.variables, job.options);
    return m_sweeps.start(job);
}

void EngineCore::noteSecrets(const VariableInputs &variables, const SendOptions &options)
{
    if (m_live)
        m_live->addSecrets(RequestBuilder(variables, options).secretValues());
}

RunOutcome EngineCore::outcome() const
{
    RunOutcome outcome{m_runner.progress(),
                       m_runner.statistics(),
                       m_runner.checksPassed(),
                       m_runner.checksFailed(),
                       {}};
    const AdmissionQueue &queue = m_dispatcher.admission();
    for (const HostStatistics &host : outcome.statistics.hosts()) {
        outcome.endpoints.resize(
            std::max(outcome.endpoints.size(), std::size_t(host.endpoint) + 1));
        outcome.endpoints[std::size_t(host.endpoint)] = queue.endpointName(host.endpoint);
    }
    return outcome;
}

void EngineCore::setLimits(const Limits &limits, LimitsOrigin origin)
{
    if (m_live)
        m_live->setLimitsOrigin(origin);
    if (m_sweep.isRunning())
        m_sweep.setLimitsAfter(limits);
    else
        admission().setLimits(limits);
}

LiveSnapshotPtr EngineCore::liveSnapshot()
{
    return m_live ? m_live->snapshot(m_clock.nowUs()) : nullptr;
}

void EngineCore::setLiveView(const LiveView &view)
{
    if (m_live)
        m_live->setView(view);
    emit changed();
}

void EngineCore::addLiveNote(qint64 atUs, const QString &text)
{
    if (m_live)
        m_live->addNote(atUs < 0 ? m_clock.nowUs() : atUs, text);
    emit changed();
}

void EngineCore::admissionEvent(const AdmissionEvent &event)
{
    if (m_isEnding)
        return;
    m_runner.admissionEvent(event);
    if (m_live) {
        m_live->admissionEvent(event);
        emit changed();
    }
}

void EngineCore::requestFinished(const Sample &sample, const RunResult &result)
{
    if (!m_live)
        return;
    m_live->addSecrets(result.secrets);
    m_live->sampleFinished(sample, result.request.request.name, lineOf(result.response));
}

} // namespace Sluice
