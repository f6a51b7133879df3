// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "app/sluice-cli/interrupts.h"
#include "app/sluice-cli/sendoptions.h"
#include "core/environment/redactor.h"
#include "core/interchange/curlcommand.h"
#include "core/run/enginecore.h"
#include "core/run/requestbuilder.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr OptionSpec sendTable[] = {
    {"curl", "COMMAND", "send what a curl command line says"},
    {"include", "", "print the reply's status line and headers too", 'i'},
    {"timings", "", "print the timings as JSON instead of the body"},
    {"help", "", "show this", 'h'},
};

std::vector<OptionTable> sendTables()
{
    return {sendTable, variableOptions, limitOptions, networkOptions};
}

/** What is to be sent, with the limits of its collection. */
struct Sending
{
    SendJob job;
    Limits limits;
};

bool isFile(const QString &target)
{
    return !target.contains("://"_L1)
           && (QFileInfo(target).isFile() || target.endsWith(".yml"_L1)
               || target.endsWith(".yaml"_L1));
}

Result<> readTarget(const QString &target, Sending &sending)
{
    if (!isFile(target)) {
        sending.job.request.request.url = target;
        sending.job.request.displayPath = target;
        return {};
    }
    if (!QFileInfo::exists(target)) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The file does not exist."_s, target, 0, 0});
    }
    Result<RequestInContext> request = readRequest(target);
    if (!request)
        return std::unexpected(request.error());
    sending.job.request = std::move(*request);
    if (const Result<QString> root = findCollectionRoot(target)) {
        const Result<FolderSpec> folder = readFolder(*root);
        if (!folder)
            return std::unexpected(folder.error());
        sending.limits = folder->limits.value_or(Limits());
    }
    return {};
}

/** What curl would connect with; an option of our own command line is stronger. */
void mergeConnection(SendOptions &options, const SendOptions &curl)
{
    ConnectionProfile &profile = options.profile;
    for (QString ConnectionProfile::*field :
         {&ConnectionProfile::caFile, &ConnectionProfile::certFile, &ConnectionProfile::keyFile,
          &ConnectionProfile::proxy}) {
        if ((profile.*field).isEmpty())
            profile.*field = curl.profile.*field;
    }
    if (profile.noProxy.isEmpty())
        profile.noProxy = curl.profile.noProxy;
    if (!options.httpVersion)
        options.httpVersion = curl.httpVersion;
    if (options.timeouts == Timeouts())
        options.timeouts = curl.timeouts;
    if (options.maxRetries == 0)
        options.maxRetries = curl.maxRetries;
    if (options.maxBodyBytes == SendOptions().maxBodyBytes)
        options.maxBodyBytes = curl.maxBodyBytes;
    options.resolve += curl.resolve;
}

Result<> readCurlTarget(const QString &text, Sending &sending)
{
    Result<CurlCommands> commands = readCurl(text);
    if (!commands)
        return failure(ErrorCode::Usage, u"--curl: "_s + commands.error().toString());
    for (const Error &issue : commands->issues)
        printError(u"note: "_s + issue.message);
    if (commands->requests.size() != 1) {
        return failure(ErrorCode::Usage, u"--curl: one request is needed, and there are %1."_s.arg(
                                             commands->requests.size()));
    }
    CurlRequest &curl = commands->requests.front();
    sending.job.request.displayPath = curl.request.url;
    sending.job.request.request = std::move(curl.request);
    mergeConnection(sending.job.options, curl.options);
    // Whoever names a file on the command line wants it read.
    sending.job.options.allowOutsideFiles = true;
    return {};
}

Result<Sending> readSending(const Arguments &arguments)
{
    if (arguments.positional().size() != (arguments.has("curl") ? 0 : 1)) {
        return failure(ErrorCode::Usage,
                       u"One URL, one request file or one --curl 'curl ...' is needed."_s);
    }
    Sending sending;
    Result<SendOptions> options = readSendOptions(arguments);
    if (!options)
        return std::unexpected(options.error());
    sending.job.options = std::move(*options);
    const Result<> read = arguments.has("curl")
                              ? readCurlTarget(arguments.value("curl"), sending)
                              : readTarget(arguments.positional().first(), sending);
    if (!read)
        return std::unexpected(read.error());
    Result<Limits> limits = readLimits(arguments, sending.limits);
    if (!limits)
        return std::unexpected(limits.error());
    sending.limits = std::move(*limits);
    Result<VariableInputs> variables = readVariables(arguments, sending.job.request.collectionPath);
    if (!variables)
        return std::unexpected(variables.error());
    sending.job.variables = std::move(*variables);
    return sending;
}

QByteArray headText(const Response &response)
{
    QByteArray text = response.protocol + ' ' + QByteArray::number(response.status);
    if (!response.reason.isEmpty())
        text += ' ' + response.reason;
    text += '\n';
    for (const Header &field : response.headers)
        text += field.name + ": " + field.value + '\n';
    return text + '\n';
}

QByteArray timingsJson(const Response &response)
{
    const PhaseTimings &timings = response.timings;
    const auto ms = [](qint64 us) { return double(us) / 1000; };
    QJsonArray redirects;
    for (const RedirectHop &hop : response.redirects) {
        redirects.append(QJsonObject{{u"url"_s, hop.url.toString(QUrl::FullyEncoded)},
                                     {u"status"_s, hop.status}});
    }
    const QJsonObject json{{u"url"_s, response.url.toString(QUrl::FullyEncoded)},
                           {u"status"_s, response.status},
                           {u"protocol"_s, QString::fromLatin1(response.protocol)},
                           {u"connection"_s, timings.isNewConnection() ? u"new"_s : u"reused"_s},
                           {u"queuedMs"_s, ms(timings.queuedUs())},
                           {u"stalledMs"_s, ms(timings.stalledUs())},
                           {u"connectMs"_s, ms(timings.connectingUs())},
                           {u"waitingMs"_s, ms(timings.waitingUs())},
                           {u"downloadMs"_s, ms(timings.downloadUs())},
                           {u"onWireMs"_s, ms(timings.onWireUs())},
                           {u"totalMs"_s, ms(timings.totalUs())},
                           {u"bytesWire"_s, response.bytesWire},
                           {u"bytesBody"_s, response.body.size()},
                           {u"attempts"_s, response.attempts},
                           {u"timesSent"_s, response.timesSent},
                           {u"redirects"_s, redirects}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

int printResult(const SendResult &result, const Arguments &arguments, const Redactor &redactor)
{
    const Response &response = result.response;
    if (response.error) {
        printError(redactor.redact(response.error->message));
        return response.error->code == ErrorCode::QueueFull
                       || response.error->code == ErrorCode::QueueTimeout
                   ? ExitNeverAdmitted
                   : ExitRequestFailed;
    }
    QByteArray text = arguments.has("include") ? headText(response) : QByteArray();
    text += arguments.has("timings") ? timingsJson(response) : response.body;
    std::fwrite(text.constData(), 1, std::size_t(text.size()), stdout);
    std::fflush(stdout);
    for (const CheckResult &check : result.checks) {
        if (!check.passed)
            printError(redactor.redact(check.assertion.expression + ": "_L1 + check.message));
    }
    return std::ranges::all_of(result.checks, &CheckResult::passed) ? ExitOk : ExitAssertionFailed;
}

int execute(const Sending &sending, const Arguments &arguments)
{
    EngineCore core(EngineCore::Live::Off);
    core.setLimits(sending.limits);
    std::shared_ptr<const SendResult> result;
    QObject::connect(&core.sender(), &Sender::finished, &core,
                     [&result](quint64, const std::shared_ptr<const SendResult> &finished) {
                         result = finished;
                         QCoreApplication::quit();
                     });
    Interrupts interrupts;
    bool wasInterrupted = false;
    QObject::connect(&interrupts, &Interrupts::interrupted, &core, [&](int) {
        wasInterrupted = true;
        core.sender().cancel(1);
    });
    core.sender().send(1, sending.job);
    QCoreApplication::exec();
    if (wasInterrupted || !result)
        return ExitInterrupted;
    const RequestBuilder builder(sending.job.variables, sending.job.options);
    return printResult(*result, arguments, Redactor(builder.secretValues()));
}

} // namespace

int sendCommand(const QStringList &arguments)
{
    const Result<Arguments> read = Arguments::read(arguments, sendTables());
    if (!read)
        return failUsage(read.error(), "send");
    if (read->has("help")) {
        print(u"Usage: sluice-cli send (URL | FILE.yml | --curl 'curl ...') [OPTIONS]\n\n"
              "Sends one request and prints the body of the reply.\n\n%1"_s.arg(
                  optionsHelp(sendTables())));
        return ExitOk;
    }
    const Result<Sending> sending = readSending(*read);
    return sending ? execute(*sending, *read) : failUsage(sending.error(), "send");
}

} // namespace Sluice
