// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/runoutput.h"

#include "app/sluice-cli/command.h"
#include "app/sluice-cli/outputfile.h"
#include "core/run/requestbuilder.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** After so many different failures the report is the place to look. */
constexpr qsizetype MaxTold = 50;

QString milliseconds(qint64 us)
{
    return QString::number(double(us) / 1000, 'f', us < 10'000 ? 2 : 1) + " ms"_L1;
}

QString percentilesText(const LogHistogram &histogram)
{
    return u"p50 %1, p95 %2, p99 %3, max %4"_s.arg(
        milliseconds(histogram.percentileUs(50)), milliseconds(histogram.percentileUs(95)),
        milliseconds(histogram.percentileUs(99)), milliseconds(histogram.maxUs()));
}

QString statusText(const StatusCounts &status)
{
    QStringList parts;
    for (const auto &[code, count] : status)
        parts.append(u"%1: %2"_s.arg(code).arg(count));
    return parts.isEmpty() ? u"none"_s : parts.join(", "_L1);
}

} // namespace

RunOutput::RunOutput(const RunOptions &options, EngineCore &core, ProgressLine &progress)
    : m_options(options), m_core(core), m_progress(progress),
      m_redactor(RequestBuilder(options.plan.variables, options.plan.options).secretValues())
{
}

RunOutput::~RunOutput() = default;

Result<> RunOutput::open()
{
    const std::pair<std::unique_ptr<QSaveFile> &, const QString &> files[] = {
        {m_report, m_options.reportJson},
        {m_junitFile, m_options.reportJunit},
        {m_html, m_options.reportHtml},
        {m_harFile, m_options.har}};
    for (const auto &[file, path] : files) {
        if (const Result<> opened = openReport(file, path); !opened)
            return opened;
    }
    QStringList names;
    for (const RequestInContext &request : m_options.plan.requests)
        names.append(request.displayPath);
    if (m_html)
        m_details = RunDetails(names);
    if (m_harFile)
        m_harFile->write(HarFile::head());
    if (m_junitFile)
        m_junit = std::make_unique<JunitReport>(m_options.plan.name, names, m_options.plan.skipped);
    if (!m_options.record.isEmpty()) {
        m_record = std::make_unique<RunRecord>(m_options.record, m_redactor, [this](EndpointId id) {
            return m_core.admission().endpointName(id);
        });
        if (const Result<> opened = m_record->open(m_options.plan, m_options.limits); !opened)
            return opened;
    }
    if (m_options.samples.isEmpty())
        return {};
    m_samples = std::make_unique<SamplesFile>(m_options.samples, names);
    const Result<> opened = m_samples->open();
    return opened ? opened : failure(ErrorCode::Usage, opened.error().message);
}

Result<> RunOutput::openReport(std::unique_ptr<QSaveFile> &file, const QString &path)
{
    if (path.isEmpty())
        return {};
    Result<std::unique_ptr<QSaveFile>> opened = openOutputFile(path);
    if (!opened)
        return std::unexpected(opened.error());
    file = std::move(*opened);
    return {};
}

Result<> RunOutput::writeReport(QSaveFile &file, const QByteArray &text)
{
    file.write(m_redactor.redact(text));
    return commitOutputFile(file);
}

void RunOutput::begin()
{
    m_startedAt = QDateTime::currentDateTimeUtc();
    const qint64 startUs = m_core.runner().statistics().beganUs();
    m_details.setStartUs(startUs);
    for (const SkippedItem &item : m_options.plan.skipped)
        tellOnce(skippedText(item));
    if (m_record)
        m_record->setStartUs(startUs);
    if (m_samples)
        m_samples->setStartUs(startUs);
}

void RunOutput::requestFinished(const Sample &sample, const RunResult &result)
{
    for (const QString &secret : result.secrets)
        m_redactor.add(secret);
    if (m_samples) {
        m_samples->write(sample, [this](EndpointId id) {
            return m_redactor.redact(m_core.admission().endpointName(id));
        });
    }
    const QString error = result.response.error ? result.response.error->message : QString();
    if (m_junit)
        m_junit->add(sample.request, error, result.checks, sample.timings.totalUs());
    if (m_html)
        m_details.add(sample, error, result.checks);
    if (m_record)
        m_record->requestFinished(sample, result);
    if (m_harFile && sample.admitted)
        writeEntry(sample, result);
    if (sample.error && *sample.error != ErrorCode::Cancelled)
        tellOnce(result.request.displayPath + ": "_L1 + result.response.error->message);
    for (const CheckResult &check : result.checks) {
        if (!check.passed) {
            tellOnce(u"%1: %2: %3"_s.arg(result.request.displayPath, check.assertion.expression,
                                         check.message));
        }
    }
}

void RunOutput::writeEntry(const Sample &sample, const RunResult &result)
{
    const qint64 sinceUs = sample.timings.enqueuedUs - m_core.runner().statistics().beganUs();
    m_harFile->write(
        m_redactor.redact(m_har.entry(sample, result.response, result.request.displayPath,
                                      m_startedAt.addMSecs(sinceUs / 1000))));
}

void RunOutput::tellOnce(const QString &message)
{
    const QString text = m_redactor.redact(message);
    if (m_told.size() >= MaxTold || m_told.contains(text))
        return;
    m_told.insert(text);
    m_progress.clear();
    printError(text);
    if (m_told.size() == MaxTold)
        printError(u"More failures follow; the report counts them."_s);
}

Result<> RunOutput::finish()
{
    Result<> result;
    const auto note = [&result](const Result<> &written) {
        if (result && !written)
            result = written;
    };
    if (m_samples)
        note(m_samples->close());
    if (m_record)
        note(m_record->close(m_core.runner().statistics()));
    if (m_report)
        note(writeReport(*m_report, runReportJson(report())));
    if (m_html)
        note(writeReport(*m_html, runReportHtml(report())));
    if (m_harFile)
        note(writeReport(*m_harFile, HarFile::tail()));
    if (m_junit)
        note(writeReport(*m_junitFile, m_junit->xml()));
    printSummary();
    return result;
}

RunReport RunOutput::report() const
{
    const Runner &runner = m_core.runner();
    const quint64 planned = runner.progress().planned;
    return {m_options.plan.name,
            m_options.plan.variables.environment.name,
            m_startedAt,
            planned > 0 ? planned : runner.statistics().finished(),
            runner.checksPassed(),
            runner.checksFailed(),
            m_options.plan.skipped,
            runner.statistics(),
            [this](EndpointId id) { return m_core.admission().endpointName(id); },
            m_html ? &m_details : nullptr};
}

void RunOutput::printSummary() const
{
    const Runner &runner = m_core.runner();
    const RunStatistics &run = runner.statistics();
    const LatencyStatistics latency = run.latency();
    QString text =
        u"%1 requests in %2 s: %3 answered, %4 failed, %5 never admitted, %6 cancelled; %7/s\n"_s
            .arg(run.finished())
            .arg(double(run.durationUs()) / 1e6, 0, 'f', 2)
            .arg(run.succeeded())
            .arg(run.failed())
            .arg(run.neverAdmitted())
            .arg(run.cancelled())
            .arg(run.throughputPerSecond(), 0, 'f', 1);
    text += u"status      %1\n"_s.arg(statusText(run.status()));
    text += u"in flight   peak %1, mean %2; queued peak %3; connections opened %4\n"_s
                .arg(run.peakInFlight())
                .arg(run.meanInFlight(), 0, 'f', 1)
                .arg(run.peakQueued())
                .arg(run.connectionsOpened());
    if (run.resent() > 0) {
        text +=
            u"sent again  %1 times by Qt, because a connection broke; the server may have acted "
            "on those requests more than once\n"_s.arg(run.resent());
    }
    text += u"on the wire %1\nwith queue  %2\nqueued      %3\n"_s.arg(
        percentilesText(latency.onWire), percentilesText(latency.withQueue),
        percentilesText(latency.queued));
    if (runner.checksPassed() + runner.checksFailed() > 0)
        text += u"assertions  %1 passed, %2 failed\n"_s.arg(runner.checksPassed())
                    .arg(runner.checksFailed());
    print(text);
}

} // namespace Sluice
