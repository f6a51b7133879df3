// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/environment/redactor.h"
#include "core/metrics/runstatistics.h"
#include "core/run/runobserver.h"
#include "core/run/runplan.h"

#include <deque>
#include <functional>
#include <memory>

namespace Sluice {

/**
 * Writes a run into one SQLite file (`*.sluicerun`): `run` (one row: what was run), `sample` (one
 * row a request, times in µs since the start), `transition` (limits and since when), `body` (of
 * replies that failed and of the last ones, compressed by zlib, capped). Rows are committed every
 * second in WAL mode: after a kill the file holds all but the last second, and opens. Secrets are
 * redacted. Engine thread.
 */
class RunRecord final : public RunObserver
{
public:
    static constexpr qint64 MaxBodyBytes = qint64(1024) * 1024;        ///< Of one body.
    static constexpr qint64 MaxBodiesBytes = qint64(64) * 1024 * 1024; ///< Of the failed ones.
    static constexpr std::size_t LastBodies = 20;

    using EndpointName = std::function<QString(EndpointId)>;

    /** Replaces the file at \a path by an empty record once it is opened. */
    RunRecord(QString path, Redactor redactor, EndpointName endpointName);
    ~RunRecord() override;

    /** Creates the tables and the row of the run. Usage when the file cannot be written. */
    Result<> open(const RunPlan &plan, const Limits &limits);
    /** The moment that times count from, in µs of the engine's clock. */
    void setStartUs(qint64 us) { m_startUs = us; }
    void requestFinished(const Sample &sample, const RunResult &result) override;
    /** Writes what is left; Io with the first error since open(). */
    Result<> close(const RunStatistics &statistics);

private:
    /** A reply's body that may be among the last ones. */
    struct Body
    {
        qint64 seq = 0;
        QByteArray bytes; ///< Compressed when they are written.
    };

    struct Database;

    bool createTables();
    bool addRun(const RunPlan &plan, const Limits &limits);
    void addBody(const Sample &sample, const RunResult &result);
    void insertBody(const Body &body);
    void commitNowAndThen(qint64 nowUs);

    QString m_path;
    Redactor m_redactor;
    EndpointName m_endpointName;
    std::unique_ptr<Database> m_database; ///< Empty until it is opened.
    std::deque<Body> m_lastBodies;
    qint64 m_bodyBytes = 0;
    qint64 m_startUs = 0;
    qint64 m_committedUs = 0;
};

} // namespace Sluice
