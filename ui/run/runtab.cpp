// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runtab.h"

#include "core/collection/atomicfile.h"
#include "core/environment/redactor.h"
#include "core/interchange/runreport.h"
#include "core/run/requestbuilder.h"
#include "core/run/rerun.h"
#include "core/run/runroworder.h"
#include "ui/run/runfigures.h"
#include "ui/run/runresultsview.h"
#include "ui/theme/theme.h"
#include "ui/widgets/numbertext.h"
#include "ui/widgets/texttable.h"
#include "ui/widgets/underlinetabs.h"
#include "ui/widgets/worker.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int RestMs = 700;

QString planText(const RunPlan &plan)
{
    QString requests =
        counted(qint64(plan.requests.size()), RunTab::tr("request"), RunTab::tr("requests"));
    if (!plan.skipped.empty())
        requests += RunTab::tr(" (%1 skipped)").arg(plan.skipped.size());
    if (plan.durationUs > 0)
        return RunTab::tr("%1, for %2").arg(requests, durationLabel(plan.durationUs));
    return RunTab::tr("%1 × %2").arg(
        requests, counted(plan.iterations, RunTab::tr("iteration"), RunTab::tr("iterations")));
}

/** The report of \a outcome, made and written in whatever thread calls it. */
Result<> writeReport(const QString &path, const RunPlan &plan, const QDateTime &startedAt,
                     const RunOutcome &outcome)
{
    const RunReport report{plan.name,
                           plan.variables.environment.name,
                           startedAt,
                           outcome.progress.planned,
                           outcome.checksPassed,
                           outcome.checksFailed,
                           plan.skipped,
                           outcome.statistics,
                           [&outcome](EndpointId id) { return outcome.endpointName(id); }};
    const bool isPage = path.endsWith(".html"_L1) || path.endsWith(".htm"_L1);
    // Errors name URLs, and these what was expanded in them.
    const Redactor redactor(RequestBuilder(plan.variables, plan.options).secretValues());
    return writeFileAtomically(
        path, redactor.redact(isPage ? runReportHtml(report) : runReportJson(report)));
}

} // namespace

RunTab::RunTab(RunPlan plan, std::vector<EarlierRun> earlier, QWidget *parent)
    : QWidget(parent), m_plan(std::move(plan)), m_earlier(std::move(earlier)),
      m_title(m_plan.durationUs > 0
                  ? m_plan.name
                  : tr("%1 × %2").arg(m_plan.name, countLabel(m_plan.iterations))),
      m_figures(new RunFigures(this)), m_stop(new QPushButton(tr("Stop"), this)),
      m_rerun(new QPushButton(tr("Run failed again"), this)),
      m_save(new QPushButton(tr("Save report…"), this)), m_pages(new UnderlineTabs(this)),
      m_results(new RunResultsView(m_plan.requests,
                                   m_plan.iterations == 1 && m_plan.durationUs == 0, this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_pages->tabBar()->setAccessibleName(tr("Views of the run"));
    m_pages->addPage(tr("Results"), [this] { return m_results; });
    m_pages->addPage(tr("By request"), [this] { return makeTally(); });
    m_pages->addPage(tr("Compare"), [this] { return makeComparison(); });
    auto *top = new QVBoxLayout;
    top->setContentsMargins(12, 12, 12, 4);
    top->setSpacing(12);
    top->addLayout(makeHeading());
    top->addWidget(m_figures);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
    connect(m_results, &RunResultsView::refreshed, this, &RunTab::tally);
}

QLayout *RunTab::makeHeading()
{
    auto *name = new QLabel(m_title, this);
    QFont heading = scaledFont(font(), 125);
    heading.setWeight(QFont::DemiBold);
    name->setFont(heading);
    auto *what = new QLabel(planText(m_plan), this);
    QStringList skipped;
    for (const SkippedItem &item : m_plan.skipped)
        skipped << tr("Skipped: %1: %2").arg(item.displayPath, item.reason);
    what->setToolTip(skipped.join(u'\n'));
    what->setAccessibleDescription(what->toolTip());
    what->setForegroundRole(QPalette::PlaceholderText);
    m_stop->setToolTip(tr("Let what is in flight finish (Esc); again to abort it"));
    m_stop->setObjectName(u"runStop"_s);
    m_rerun->setToolTip(tr("Run the requests that failed, in the iterations that had a failure"));
    m_rerun->setObjectName(u"runFailedAgain"_s);
    m_save->setToolTip(tr("Write the figures of this run as a page or as JSON"));
    m_rerun->setEnabled(false);
    m_save->setEnabled(false);
    auto *row = new QHBoxLayout;
    row->addWidget(name);
    row->addWidget(what, 1);
    row->addWidget(m_rerun);
    row->addWidget(m_save);
    row->addWidget(m_stop);
    connect(m_rerun, &QPushButton::clicked, this, &RunTab::rerunFailed);
    connect(m_save, &QPushButton::clicked, this, &RunTab::askWhereToSave);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_running)
            emit stopRequested();
        else
            emit runRequested(m_plan);
    });
    return row;
}

QWidget *RunTab::makeTally()
{
    m_tallies = new TextTableModel(
        {tr("Request"), tr("Done"), tr("Failed"), tr("p50, ms"), tr("p95, ms"), tr("Longest, ms")},
        {1, 2, 3, 4, 5}, this);
    QTableView *view = makeTextTable(m_tallies, tr("Figures of each request"), this);
    view->setColumnWidth(0, 320);
    tally();
    return view;
}

QWidget *RunTab::makeComparison()
{
    m_comparison = new RunComparisonView(m_earlier, this);
    m_comparison->setOutcome(m_outcome);
    return m_comparison;
}

QString RunTab::title() const
{
    return tr("Run: %1").arg(m_title);
}

EarlierRun RunTab::asEarlier() const
{
    const QString time = QLocale().toString(m_startedAt.time(), QLocale::LongFormat);
    return {tr("%1, %2").arg(m_title, time), m_outcome};
}

void RunTab::addRows(const RunBatch &batch)
{
    m_results->add(batch);
}

void RunTab::showRequest(quint64 seq)
{
    m_pages->tabBar()->setCurrentIndex(0);
    m_results->showRequest(seq);
}

void RunTab::showProgress(const RunProgress &progress)
{
    if (m_running)
        m_figures->showProgress(progress);
}

void RunTab::showFinished(const RunOutcomePtr &outcome)
{
    m_running = false;
    m_outcome = outcome;
    m_figures->showFinished(outcome->progress);
    m_stop->setText(tr("Run again"));
    m_stop->setToolTip({});
    // Stop is pressed twice to abort; the second time must not start the run anew.
    m_stop->setEnabled(false);
    QTimer::singleShot(RestMs, this, [this] { m_stop->setEnabled(true); });
    m_rerun->setEnabled(m_results->rows().failed() > 0);
    m_save->setEnabled(true);
    if (m_comparison)
        m_comparison->setOutcome(outcome);
}

void RunTab::tally()
{
    if (!m_tallies || m_isTallying)
        return;
    m_isTallying = true;
    runInWorker(
        this,
        [rows = m_results->rows(), count = m_plan.requests.size()] {
            return talliedRows(rows, count);
        },
        [this](const std::vector<RequestTally> &tallies) {
            m_isTallying = false;
            std::vector<QStringList> rows;
            for (std::size_t i = 0; i < tallies.size(); ++i) {
                const RequestTally &of = tallies[i];
                rows.push_back({m_plan.requests[i].request.name, countLabel(qint64(of.count)),
                                countLabel(qint64(of.failed)), millisecondsLabel(of.p50Us),
                                millisecondsLabel(of.p95Us), millisecondsLabel(of.maxUs)});
            }
            m_tallies->setRows(std::move(rows));
        });
}

void RunTab::rerunFailed()
{
    runInWorker(
        this, [plan = m_plan, rows = m_results->rows()] { return failedPlan(plan, rows); },
        [this](const RunPlan &plan) { emit runRequested(plan); });
}

void RunTab::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save report"), QString(),
                                   tr("Page for people (*.html);;Report (*.json)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains("json"_L1) ? u"json"_s : u"html"_s);
    });
    dialog->selectFile(u"run.html"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &RunTab::saveReport);
    dialog->open();
}

void RunTab::saveReport(const QString &path)
{
    runInWorker(
        this,
        [path, plan = m_plan, startedAt = m_startedAt, outcome = m_outcome] {
            return writeReport(path, plan, startedAt, *outcome);
        },
        [this](const Result<> &written) {
            if (!written)
                emit failed(written.error());
        });
}

} // namespace Sluice
