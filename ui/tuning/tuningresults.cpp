// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the result of a sweep.
#include "ui/tuning/tuningtab.h"

#include "core/interchange/codetargets.h"
#include "core/interchange/sweepreport.h"
#include "ui/tuning/sweepsetup.h"
#include "ui/tuning/sweepview.h"
#include "ui/widgets/worker.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qint64 LargestReport = qint64(16) * 1024 * 1024;

QString nameOf(const SweepResult &sweep)
{
    const QString what = sweep.recommendation.limit
                             ? TuningTab::tr("use %1").arg(*sweep.recommendation.limit)
                             : TuningTab::tr("no limit found");
    return TuningTab::tr("%1, %2: %3")
        .arg(QLocale().toString(sweep.startedAt.toLocalTime(), QLocale::ShortFormat),
             sweep.isTotal ? TuningTab::tr("all together") : sweep.host, what);
}

Result<SweepResultPtr> readReport(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{ErrorCode::Io, file.errorString(), path, 0, 0});
    Result<SweepResult> sweep = readSweepReport(file.read(LargestReport));
    if (!sweep)
        return std::unexpected(sweep.error());
    return std::make_shared<const SweepResult>(std::move(*sweep));
}

Result<> writeReport(const QString &path, const SweepResult &sweep)
{
    const QByteArray bytes = path.endsWith(".json"_L1)
                                 ? QJsonDocument(sweepReportJson(sweep)).toJson()
                                 : sweepReportHtml(sweep).toUtf8();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return std::unexpected(Error{ErrorCode::Io, file.errorString(), path, 0, 0});
}

} // namespace

/** Of the total: with the hosts that it was measured with. */
void TuningTab::apply()
{
    FoundLimits found;
    if (!m_subject.requests.empty())
        found.collection = m_subject.requests.front().collectionPath;
    for (const SweepResultPtr &result : m_results) {
        const std::optional<int> limit = result->recommendation.limit;
        if (!limit || (result != m_result && !m_result->isTotal))
            continue;
        if (result->isTotal)
            found.total = *limit;
        else
            found.hosts.push_back({result->host, *limit});
    }
    emit applyRequested(found);
}

/** The lowest level, the recommended one and its neighbours once more, with more repeats. */
void TuningTab::retest()
{
    const int near = *m_result->recommendation.limit;
    SweepJob job;
    m_setup->apply(job);
    job.host = m_results.size() > 1 ? m_result->host : QString();
    job.settings.ladder = {1, near};
    for (const SweepPoint &point : poolLevels(m_result->levels)) {
        if (point.limit >= near / 2 && point.limit <= near * 2)
            job.settings.ladder.push_back(point.limit);
    }
    job.settings.repeats = 5;
    run(std::move(job));
}

void TuningTab::fillCodeMenu(QMenu *menu)
{
    for (const CodeTarget &target : codeTargets()) {
        const QString id = target.id;
        menu->addAction(target.title, this, [this, id] { copyCode(id); });
    }
}

void TuningTab::copyCode(const QString &target)
{
    const Recommendation &found = m_result->recommendation;
    CodeRequest request;
    request.limits.total = *found.limit;
    request.limits.perHost = m_result->isTotal ? 0 : *found.limit;
    for (const SweepResultPtr &result : m_results) {
        if (m_result->isTotal && !result->isTotal && result->recommendation.limit)
            request.limits.hosts.push_back({result->host, *result->recommendation.limit});
    }
    request.url = m_subject.url.isEmpty() ? m_result->host : m_subject.url;
    request.measured =
        tr("knee %1, good range %2–%3, %4, %5")
            .arg(*found.limit)
            .arg(found.goodFrom)
            .arg(found.goodTo)
            .arg(m_result->protocol, m_result->startedAt.date().toString(Qt::ISODate));
    if (const Result<QString> code = generateCode(target, request)) {
        QGuiApplication::clipboard()->setText(*code);
        m_facts->setText(tr("Copied code for %1.").arg(target));
    } else {
        m_facts->setText(code.error().message);
    }
}

void TuningTab::saveReport()
{
    auto *dialog = new QFileDialog(this, tr("Save report"), u"sweep.html"_s,
                                   tr("Page with charts (*.html);;JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const auto write = [this, result = m_result](const QString &path) {
        runInWorker(
            this, [path, result] { return writeReport(path, *result); },
            [this, path](const Result<> &written) {
                m_facts->setText(
                    written ? tr("Saved to %1.").arg(path)
                            : tr("%1 cannot be written: %2.").arg(path, written.error().message));
            });
    };
    connect(dialog, &QFileDialog::fileSelected, this, write);
    dialog->open();
}

void TuningTab::fillCompareMenu()
{
    QMenu *menu = m_compare->menu();
    menu->clear();
    menu->addAction(tr("Open a report…"), this, &TuningTab::openReport);
    menu->addAction(tr("Compare with nothing"), this, [this] { m_view->setComparison({}, {}); });
    menu->addSeparator();
    for (const std::vector<SweepResultPtr> &group : {m_results, m_earlier}) {
        for (const SweepResultPtr &other : group) {
            if (other != m_result)
                menu->addAction(nameOf(*other), this, [this, other] { compareWith(other); });
        }
    }
}

void TuningTab::openReport()
{
    auto *dialog =
        new QFileDialog(this, tr("Compare with a report"), {}, tr("Reports of sweeps (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const auto read = [this](const QString &path) {
        runInWorker(
            this, [path] { return readReport(path); },
            [this, path](const Result<SweepResultPtr> &sweep) {
                if (!sweep) {
                    m_facts->setText(tr("%1: %2").arg(path, sweep.error().message));
                    return;
                }
                m_earlier.push_back(*sweep);
                compareWith(*sweep);
            });
    };
    connect(dialog, &QFileDialog::fileSelected, this, read);
    dialog->open();
}

void TuningTab::compareWith(const SweepResultPtr &other)
{
    m_view->setComparison(other->levels, nameOf(*other));
}

} // namespace Sluice
