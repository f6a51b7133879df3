// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checkresult.h"
#include "core/metrics/loghistogram.h"
#include "core/metrics/sample.h"

#include <QString>

#include <vector>

namespace Sluice {

/** One request of a collection over all iterations. */
struct RequestFigures
{
    QString name;
    quint64 count = 0;
    quint64 failed = 0; ///< No whole reply came, or a check failed.
    QString firstFailure;
    LogHistogram onWire; ///< Admitted until finished, of those that got a reply.
};

/** What happened in one span of time. */
struct RunBin
{
    quint32 replies = 0;
    quint32 errors = 0;
};

/**
 * What a report tells beside the figures of the whole run: each request, and how it went over time.
 * Bounded: the bins of time are MaxBins at most and grow twice as long when they are used up. A
 * value; one thread.
 */
class RunDetails
{
public:
    static constexpr std::size_t MaxBins = 240;

    RunDetails() = default;
    explicit RunDetails(const QStringList &requests);

    /** The moment that the first bin begins at, in µs of the engine's clock. */
    void setStartUs(qint64 us) { m_startUs = us; }
    /** \a error is empty when a reply came. */
    void add(const Sample &sample, const QString &error, const std::vector<CheckResult> &checks);

    const std::vector<RequestFigures> &requests() const { return m_requests; }
    const std::vector<RunBin> &bins() const { return m_bins; }
    qint64 binUs() const { return m_binUs; }

private:
    RunBin &binAt(qint64 us);

    std::vector<RequestFigures> m_requests;
    std::vector<RunBin> m_bins;
    qint64 m_startUs = 0;
    qint64 m_binUs = 100'000;
};

} // namespace Sluice
