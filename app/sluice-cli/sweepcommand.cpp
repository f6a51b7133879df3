// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "app/sluice-cli/interrupts.h"
#include "app/sluice-cli/sweepsession.h"
#include "core/interchange/sweepreport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

Result<> writeFile(const QString &path, const QByteArray &bytes)
{
    if (path.isEmpty())
        return {};
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return std::unexpected(
        Error{ErrorCode::Io, u"Cannot be written: %1."_s.arg(file.errorString()), path, 0, 0});
}

/** Of several sweeps the last is the total's; the hosts' own are inside of it. */
QByteArray jsonOf(const std::vector<SweepResultPtr> &results)
{
    QJsonObject report = sweepReportJson(*results.back());
    if (results.size() > 1) {
        QJsonArray hosts;
        for (std::size_t i = 0; i + 1 < results.size(); ++i)
            hosts.append(sweepReportJson(*results[i]));
        report[u"hosts"_s] = hosts;
    }
    return QJsonDocument(report).toJson();
}

Result<> writeReports(const SweepOptions &options, const std::vector<SweepResultPtr> &results)
{
    if (results.empty())
        return {};
    if (const Result<> json = writeFile(options.reportJson, jsonOf(results)); !json)
        return json;
    return writeFile(options.reportHtml, sweepReportHtml(*results.back()).toUtf8());
}

int statusAfter(const SweepSession &session)
{
    if (session.wasInterrupted())
        return ExitInterrupted;
    const bool failed = std::ranges::any_of(session.results(), [](const SweepResultPtr &result) {
        return result->recommendation.finding == SweepFinding::AlwaysHarmful;
    });
    return failed ? ExitRequestFailed : ExitOk;
}

int execute(const SweepOptions &options)
{
    EngineCore core(EngineCore::Live::Off);
    core.setLimits(options.limits);
    SweepSession session(options, core);
    Interrupts interrupts;
    QObject::connect(&interrupts, &Interrupts::interrupted, &session, &SweepSession::interrupt);
    QObject::connect(&session, &SweepSession::finished, qApp, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    if (const Result<> started = session.start(); !started)
        return failUsage(started.error(), "sweep");
    QCoreApplication::exec();
    const Result<> written = writeReports(options, session.results());
    const int status = statusAfter(session);
    if (written)
        return status;
    printError(written.error().toString());
    return status == ExitOk ? ExitUsage : status;
}

} // namespace

int sweepCommand(const QStringList &arguments)
{
    const Result<Arguments> read = Arguments::read(arguments, sweepTables());
    if (!read)
        return failUsage(read.error(), "sweep");
    if (read->has("help")) {
        print(sweepHelp());
        return ExitOk;
    }
    const Result<SweepOptions> options = readSweepOptions(*read);
    return options ? execute(*options) : failUsage(options.error(), "sweep");
}

} // namespace Sluice
