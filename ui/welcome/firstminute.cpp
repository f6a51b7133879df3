// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/firstminute.h"

#include "ui/live/limitsediting.h"
#include "ui/live/limitsmodel.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qint64 FeedUs = qint64(15) * 60 * 1'000'000;
/** Fewer replies than this are not yet a figure. */
constexpr quint64 EnoughReplies = 20;

} // namespace

FirstMinute::FirstMinute(LimitsModel *limits, QObject *parent) : QObject(parent), m_limits(limits)
{
}

QStringList FirstMinute::serverArguments()
{
    return {u"--workers"_s,  u"8"_s,     u"--service"_s, u"40ms"_s,
            u"--overload"_s, u"0.012"_s, u"--jitter"_s,  u"0.2"_s};
}

void FirstMinute::offer()
{
    end();
    enter(Step::Offer);
}

void FirstMinute::goOn()
{
    if (!m_page.canGoOn)
        return;
    switch (m_step) {
    case Step::Offer:
        enter(Step::Starting);
        emit serverWanted();
        break;
    case Step::Queue:
        enter(Step::Throughput);
        break;
    case Step::Throughput:
        if (m_right)
            enter(Step::Latency);
        else
            setLimit(Right);
        break;
    case Step::Latency:
        if (m_wide)
            enter(Step::Search);
        else
            setLimit(Wide);
        break;
    case Step::Search:
        // A run beside the sweep would be in its figures: that ends first.
        m_isSweeping = true;
        updatePage();
        emit stopRunWanted();
        break;
    case Step::Verdict:
        end();
        emit collectionWanted();
        break;
    case Step::Off:
    case Step::Starting:
        break;
    }
}

void FirstMinute::chooseExtra()
{
    if (m_step == Step::Verdict && m_result && m_result->recommendation.limit)
        emit codeWanted(*m_result->recommendation.limit, url());
}

void FirstMinute::end()
{
    if (m_step == Step::Off)
        return;
    const bool wasStarted = m_step != Step::Offer;
    enter(Step::Off);
    if (std::exchange(m_isFeeding, false))
        emit stopRunWanted();
    if (std::exchange(m_isSweeping, false))
        emit stopSweepWanted();
    if (m_before)
        m_limits->load(*std::exchange(m_before, {}), LimitsOrigin::Person);
    m_narrow = m_right = m_wide = {};
    m_result.reset();
    m_snapshot.reset();
    if (wasStarted)
        emit ended();
}

void FirstMinute::serverListens(const QString &port)
{
    if (m_step != Step::Starting)
        return;
    m_port = port;
    m_before = m_limits->limits();
    Limits limits;
    limits.total = Narrow;
    m_limits->load(limits, LimitsOrigin::Person);
    startRun();
    enter(Step::Queue);
}

QString FirstMinute::url() const
{
    return u"http://127.0.0.1:%1/json"_s.arg(m_port);
}

RequestInContext FirstMinute::request() const
{
    RequestInContext request;
    request.displayPath = tr("Demo");
    request.request.name = tr("Demo");
    request.request.url = url();
    return request;
}

void FirstMinute::startRun()
{
    RunPlan plan;
    plan.name = tr("Demo");
    plan.requests = {request()};
    plan.durationUs = FeedUs;
    plan.outstanding = Population;
    m_isFeeding = true;
    emit runWanted(plan);
}

void FirstMinute::showSnapshot(const LiveSnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    updatePage();
}

void FirstMinute::runEnded()
{
    if (!std::exchange(m_isFeeding, false))
        return;
    if (m_step != Step::Search || !m_isSweeping) {
        end(); // Somebody stopped it: the tour has nothing left to show.
        return;
    }
    SweepJob job;
    job.requests = {request()};
    job.settings.ladder = {1, 2, 4, Right, 16, Wide};
    job.settings.levelCapUs = m_pace.levelUs;
    job.settings.minWarmupUs = m_pace.levelUs / 6;
    job.settings.repeats = m_pace.repeats;
    emit sweepWanted(job);
}

void FirstMinute::sweepEnded(const SweepResultPtr &result)
{
    if (m_step != Step::Search || !std::exchange(m_isSweeping, false))
        return;
    m_result = result;
    enter(Step::Verdict);
}

void FirstMinute::setLimit(int total)
{
    m_limits->edit(withTotal(m_limits->limits(), total));
}

void FirstMinute::enter(Step step)
{
    m_step = step;
    updatePage();
    emit changed();
}

/** The figures since the total limit is in \a lowest … \a highest, once they have settled. */
std::optional<FirstMinute::Figures> FirstMinute::measured(int lowest, int highest) const
{
    if (!m_snapshot || m_snapshot->epochs.empty())
        return {};
    const LiveEpoch &epoch = m_snapshot->epochs.back();
    const qint64 lastedUs = m_snapshot->atUs - epoch.beginUs;
    const int limit = epoch.limits.total;
    if (limit != m_limits->limits().total || limit < lowest || limit > highest
        || lastedUs < m_pace.settleUs || epoch.done < EnoughReplies)
        return {};
    return Figures{limit, m_snapshot->admission.queued, double(epoch.done) * 1e6 / double(lastedUs),
                   epoch.p50Us};
}

} // namespace Sluice
