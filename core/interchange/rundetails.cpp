// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/rundetails.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

RunDetails::RunDetails(const QStringList &requests)
{
    m_requests.reserve(std::size_t(requests.size()));
    for (const QString &name : requests)
        m_requests.push_back({name, 0, 0, {}, {}});
}

void RunDetails::add(const Sample &sample, const QString &error,
                     const std::vector<CheckResult> &checks)
{
    if (sample.error == ErrorCode::Cancelled)
        return;
    const auto failed = std::ranges::find(checks, false, &CheckResult::passed);
    const bool hasFailed = !error.isEmpty() || failed != checks.end();
    if (sample.request < m_requests.size()) {
        RequestFigures &figures = m_requests[sample.request];
        ++figures.count;
        if (error.isEmpty())
            figures.onWire.record(sample.timings.onWireUs());
        if (hasFailed && figures.failed++ == 0)
            figures.firstFailure =
                error.isEmpty() ? failed->assertion.expression + u": "_s + failed->message : error;
    }
    RunBin &bin = binAt(sample.timings.finishedUs);
    ++(hasFailed ? bin.errors : bin.replies);
}

RunBin &RunDetails::binAt(qint64 us)
{
    const qint64 since = std::max<qint64>(0, us - m_startUs);
    while (std::size_t(since / m_binUs) >= MaxBins) {
        for (std::size_t i = 0; i < m_bins.size(); ++i) {
            if (i % 2 == 0) {
                m_bins[i / 2] = m_bins[i];
            } else {
                m_bins[i / 2].replies += m_bins[i].replies;
                m_bins[i / 2].errors += m_bins[i].errors;
            }
        }
        m_bins.resize((m_bins.size() + 1) / 2);
        m_binUs *= 2;
    }
    const auto index = std::size_t(since / m_binUs);
    if (index >= m_bins.size())
        m_bins.resize(index + 1);
    return m_bins[index];
}

} // namespace Sluice
