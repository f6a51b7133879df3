// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sender.h"

#include "core/http/endpoint.h"
#include "core/run/requestbuilder.h"
#include "core/run/sampling.h"

namespace Sluice {

Sender::Sender(Dispatcher &dispatcher, QObject *parent) : QObject(parent), m_dispatcher(dispatcher)
{
}

Sender::~Sender() = default;

void Sender::send(quint64 id, SendJob job)
{
    RequestBuilder builder(job.variables, job.options);
    VariableScopes scopes = builder.scopesOf(job.request);
    Judgement prepared = prepare(m_checker, job.request, scopes);
    Result<PreparedRequest> built = builder.build(job.request, scopes);
    if (!built) {
        auto result = std::make_shared<SendResult>();
        result->response.error = built.error();
        result->checks = std::move(prepared.checks);
        QMetaObject::invokeMethod(
            this, [this, id, result] { emit finished(id, result); }, Qt::QueuedConnection);
        return;
    }
    Job &entry = m_jobs[id];
    entry.job = std::move(job);
    entry.scopes = std::move(scopes);
    entry.prepared = std::move(prepared);
    entry.request = m_dispatcher.submit(std::move(*built), Priority::Interactive, *this, id);
}

void Sender::cancel(quint64 id)
{
    if (const auto found = m_jobs.find(id); found != m_jobs.end())
        m_dispatcher.cancel(found->second.request);
}

void Sender::requestFinished(RequestId, quint64 tag, Response &&response)
{
    auto node = m_jobs.extract(tag);
    if (node.empty())
        return;
    Sample sample = sampleOf(response);
    if (const Endpoint endpoint = Endpoint::of(response.url); endpoint.isValid())
        sample.endpoint = m_dispatcher.admission().endpoint(endpoint.key());
    Job &job = node.mapped();
    Judgement judgement = std::move(job.prepared);
    if (!response.error)
        judgement.add(judge(m_checker, job.job.request, response, job.scopes));
    auto result = std::make_shared<SendResult>();
    result->checks = std::move(judgement.checks);
    result->captured = std::move(judgement.captured);
    result->response = std::move(response);
    emit sampled(sample, result->response, judgement.secrets);
    emit finished(tag, result);
}

} // namespace Sluice
