// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runobserver.h"
#include "core/run/runrows.h"

#include <QHash>

namespace Sluice {

/**
 * Writes down how each request of a run ended, for a list that people read. Bounded: at most
 * MaxRows successes and as many failures are listed, the rest is counted; whole results are kept
 * of the first MaxDetails failures, while their bodies fit in MaxDetailBytes. Engine thread.
 */
class RunLog final : public RunObserver
{
public:
    static constexpr quint64 MaxRows = 1'000'000;
    static constexpr qsizetype MaxMessages = 10'000;
    static constexpr int MaxDetails = 500;
    static constexpr qint64 MaxDetailBytes = qint64(32) * 1024 * 1024;

    /** A new run starts: forgets the last one. */
    void begin();
    /** What came since the last call. */
    RunBatch take();

    void requestFinished(const Sample &sample, const RunResult &result) override;

private:
    quint32 messageOf(const RunResult &result);
    void keepDetails(const Sample &sample, const RunResult &result);

    RunBatch m_batch;
    QHash<QString, quint32> m_messages;
    quint64 m_succeeded = 0;
    quint64 m_failed = 0;
    int m_details = 0;
    qint64 m_detailBytes = 0;
};

} // namespace Sluice
