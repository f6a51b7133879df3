// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runlog.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace Sluice {

void RunLog::begin()
{
    *this = {};
}

RunBatch RunLog::take()
{
    return std::exchange(m_batch, {});
}

void RunLog::requestFinished(const Sample &sample, const RunResult &result)
{
    RunRow row;
    row.seq = sample.seq;
    row.request = sample.request;
    row.iteration = quint32(result.iteration);
    row.status = quint16(sample.status);
    row.checksFailed = quint16(std::ranges::count(result.checks, false, &CheckResult::passed));
    row.checksPassed = quint16(result.checks.size() - row.checksFailed);
    row.wasCancelled = sample.error == ErrorCode::Cancelled;
    row.hasFailed = !row.wasCancelled && (result.response.failed() || row.checksFailed > 0);
    if ((row.hasFailed ? m_failed : m_succeeded)++ >= MaxRows) {
        ++m_batch.unlisted;
        return;
    }
    if (sample.admitted && sample.timings.admittedUs >= 0)
        row.onWireUs = sample.timings.onWireUs();
    row.queuedUs = sample.timings.queuedUs();
    row.bytesBody = sample.bytesBody;
    if (row.hasFailed) {
        row.message = messageOf(result);
        keepDetails(sample, result);
    }
    m_batch.rows.push_back(row);
}

quint32 RunLog::messageOf(const RunResult &result)
{
    QString text;
    if (result.response.error) {
        text = result.response.error->message;
    } else {
        const auto failed = std::ranges::find(result.checks, false, &CheckResult::passed);
        text = failed->message;
    }
    if (m_messages.size() >= MaxMessages && !m_messages.contains(text))
        text = QCoreApplication::translate("RunLog", "(one of too many different messages)");
    const auto found = m_messages.constFind(text);
    if (found != m_messages.cend())
        return *found;
    m_batch.messages << text;
    return *m_messages.insert(text, quint32(m_messages.size() + 1));
}

void RunLog::keepDetails(const Sample &sample, const RunResult &result)
{
    const qint64 bytes = result.response.body.size();
    if (m_details >= MaxDetails || m_detailBytes + bytes > MaxDetailBytes)
        return;
    ++m_details;
    m_detailBytes += bytes;
    m_batch.details.emplace_back(
        sample.seq, std::make_shared<const SendResult>(SendResult{result.response, result.checks}));
}

} // namespace Sluice
