// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/interchange/interchangecontroller.h"

#include "core/collection/itemnames.h"
#include "core/collection/yamlfile.h"
#include "core/interchange/curlcommand.h"
#include "core/interchange/importformats.h"
#include "ui/interchange/exportdialog.h"
#include "ui/widgets/numbertext.h"
#include "ui/widgets/worker.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qsizetype MaxPasted = 1024 * 1024;
constexpr qsizetype MaxToldIssues = 5;

/** A sentence each. */
QStringList issueLines(const std::vector<Error> &issues)
{
    QStringList lines;
    for (const Error &issue : issues) {
        const QString place = issue.line > 0 ? QObject::tr("line %1: ").arg(issue.line) : QString();
        lines += place + issue.message;
    }
    return lines;
}

/** The first of \a lines, and how many more there are. */
QString shortened(const QStringList &lines)
{
    QStringList told = lines.first(std::min(lines.size(), MaxToldIssues));
    if (lines.size() > told.size())
        told += QObject::tr("and %1 more").arg(lines.size() - told.size());
    return told.join(u"; "_s);
}

/** What there is no room for in shortened(). */
QStringList untold(const QStringList &lines)
{
    return lines.size() > MaxToldIssues ? lines : QStringList();
}

/** What a file became, or why it did not. */
struct Import
{
    QString folder;
    qsizetype requests = 0;
    std::vector<Error> issues;
};

Result<Import> runImport(const QString &file, const QString &parent)
{
    const Result<QByteArray> text = readFileBytes(file);
    if (!text)
        return std::unexpected(text.error());
    const Result<ImportedCollection> collection = importText(*text, file);
    if (!collection)
        return std::unexpected(collection.error());
    const QString folder = parent + u'/' + freeFileName(parent, collection->root.name, {});
    if (const Result<> written = writeCollection(*collection, folder); !written)
        return std::unexpected(written.error());
    return Import{folder, requestCount(collection->items), collection->issues};
}

bool looksLikeUrl(const QString &text)
{
    const bool isOneWord = !text.isEmpty() && !text.contains(u' ') && !text.contains(u'\n');
    return isOneWord && (text.startsWith("http://"_L1) || text.startsWith("https://"_L1))
           && QUrl(text).isValid();
}

} // namespace

InterchangeController::InterchangeController(QWidget *window) : QObject(window), m_window(window) {}

void InterchangeController::askExport(const QString &path, const QString &name,
                                      const VariableInputs &variables, const Limits &limits)
{
    runInWorker(
        this, [path] { return readRequests(path); },
        [this, name, variables, limits](Result<std::vector<RequestInContext>> requests) {
            if (!requests || requests->empty()) {
                emit failed(requests
                                ? Error{ErrorCode::Usage, tr("There is no request to export here.")}
                                : requests.error());
                return;
            }
            ExportJob job;
            job.plan.name = name;
            job.plan.collectionPath = requests->front().collectionPath;
            job.plan.requests = std::move(*requests);
            job.plan.variables = variables;
            job.limits = limits;
            auto *dialog = new ExportDialog(std::move(job), m_window);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->open();
        });
}

void InterchangeController::askImport()
{
    auto *dialog = new QFileDialog(
        m_window, tr("Import"), QString(),
        tr("Postman, OpenAPI, HAR, Insomnia, Bruno, curl (*.json *.yaml *.yml *.har *.sh *.txt);;"
           "All files (*)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &InterchangeController::importFile);
    dialog->open();
}

void InterchangeController::importFile(const QString &file)
{
    auto *dialog = new QFileDialog(m_window, tr("Put the new collection into"),
                                   QFileInfo(file).absolutePath());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, file](const QString &parent) { importInto(file, parent); });
    dialog->open();
}

void InterchangeController::importInto(const QString &file, const QString &parent)
{
    runInWorker(
        this, [file, parent] { return runImport(file, parent); },
        [this](const Result<Import> &import) {
            if (!import) {
                emit failed(import.error());
                return;
            }
            const QString what =
                tr("%1 imported.").arg(counted(import->requests, tr("request"), tr("requests")));
            const QStringList issues = issueLines(import->issues);
            emit noted(issues.isEmpty()
                           ? what
                           : what + u' ' + tr("Not taken over: %1.").arg(shortened(issues)),
                       untold(issues));
            emit imported(import->folder);
        });
}

bool InterchangeController::paste(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (looksLikeUrl(trimmed)) {
        RequestSpec request;
        request.url = trimmed;
        emit pasted(request);
        return true;
    }
    if (text.size() > MaxPasted || !looksLikeCurl(text))
        return false;
    runInWorker(
        this, [text] { return readCurl(text); },
        [this](const Result<CurlCommands> &commands) {
            if (!commands) {
                emit failed(commands.error());
                return;
            }
            std::vector<Error> issues = commands->issues;
            for (const CurlRequest &each : commands->requests) {
                std::ranges::copy(each.connection, std::back_inserter(issues));
                emit pasted(each.request);
            }
            if (const QStringList lines = issueLines(issues); !lines.isEmpty())
                emit noted(tr("Not taken over from curl: %1.").arg(shortened(lines)),
                           untold(lines));
        });
    return true;
}

} // namespace Sluice
