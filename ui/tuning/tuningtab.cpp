// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuningtab.h"

#include "core/interchange/codetargets.h"
#include "core/interchange/sweepreport.h"
#include "core/run/engine.h"
#include "ui/theme/theme.h"
#include "ui/tuning/staircase.h"
#include "ui/tuning/sweepplot.h"
#include "ui/tuning/sweepsetup.h"
#include "ui/tuning/sweeptable.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QTableView>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Margin = 16;

QLabel *wrappingLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

TuningTab::TuningTab(Engine *engine, QWidget *parent) : QWidget(parent), m_engine(engine)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Margin, Margin, Margin, Margin);
    column->setSpacing(8);
    column->addWidget(makeHeader());
    m_setup = new SweepSetup(this);
    column->addWidget(m_setup);
    column->addWidget(makeButtons());
    column->addWidget(makeBody(), 1);
    m_staircase = new Staircase(this);
    column->addWidget(m_staircase);
    connect(m_setup, &SweepSetup::startRequested, this, &TuningTab::start);
    connect(m_staircase, &Staircase::levelChosen, this, &TuningTab::choose);
    if (m_engine) {
        connect(m_setup, &SweepSetup::stopRequested, m_engine, &Engine::stopSweep);
        connectEngine();
    }
    setHeadline(tr("How many requests at a time?"),
                tr("A sweep measures throughput and latency at one limit after another, and says "
                   "where more stops to help."));
    updateButtons();
}

QWidget *TuningTab::makeHeader()
{
    auto *header = new QWidget(this);
    auto *column = new QVBoxLayout(header);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_headline = new QLabel(header);
    QFont large = scaledFont(font(), 150);
    large.setBold(true);
    m_headline->setFont(large);
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details = wrappingLabel(header);
    column->addWidget(m_headline);
    column->addWidget(m_details);
    return header;
}

QWidget *TuningTab::makeButtons()
{
    auto *bar = new QWidget(this);
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    m_apply = new QPushButton(tr("Apply as limit"), bar);
    m_apply->setDefault(true);
    m_retest = new QPushButton(tr("Re-test"), bar);
    m_code = new QToolButton(bar);
    m_code->setText(tr("Copy as code…"));
    m_code->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_code);
    fillCodeMenu(menu);
    m_code->setMenu(menu);
    m_save = new QPushButton(tr("Save report…"), bar);
    m_facts = new QLabel(bar);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_apply, m_retest, m_code, m_save})
        line->addWidget(widget);
    line->addStretch(1);
    line->addWidget(m_facts);
    connect(m_apply, &QPushButton::clicked, this,
            [this] { emit applyRequested(m_result->host, *m_result->recommendation.limit); });
    connect(m_retest, &QPushButton::clicked, this, &TuningTab::retest);
    connect(m_save, &QPushButton::clicked, this, &TuningTab::saveReport);
    return bar;
}

QWidget *TuningTab::makeBody()
{
    auto *body = new QWidget(this);
    auto *line = new QHBoxLayout(body);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Margin);
    auto *plots = new QVBoxLayout;
    m_throughput = new SweepPlot(SweepPlot::Kind::Throughput, body);
    m_latency = new SweepPlot(SweepPlot::Kind::Latency, body);
    auto *legend = wrappingLabel(body);
    legend->setText(tr("limit (requests in flight) · dashed grey: Universal Scalability Law fit · "
                       "thin: linear scaling · shaded: good range"));
    plots->addWidget(m_throughput, 1);
    plots->addWidget(m_latency, 1);
    plots->addWidget(legend);
    auto *side = new QVBoxLayout;
    m_table = new QTableView(body);
    m_model = new SweepTableModel(this);
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setFont(tabularFont(font()));
    m_table->setAccessibleName(tr("Levels"));
    m_levelFacts = wrappingLabel(body);
    auto *help = wrappingLabel(body);
    help->setText(tr("In a closed loop, requests in flight = throughput × latency (Little’s law). "
                     "Beyond the knee more requests only wait longer inside the server."));
    side->addWidget(m_table, 1);
    side->addWidget(m_levelFacts);
    side->addWidget(help);
    line->addLayout(plots, 5);
    line->addLayout(side, 3);
    for (SweepPlot *plot : {m_throughput, m_latency})
        connect(plot, &SweepPlot::levelChosen, this, &TuningTab::choose);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    choose(m_model->limitAt(current.row()));
            });
    return body;
}

void TuningTab::connectEngine()
{
    connect(m_engine, &Engine::sweepProgressed, this, [this](const SweepProgress &progress) {
        if (!m_isRunning)
            return;
        m_setup->showProgress(progress);
        m_staircase->setRunning(progress.limit);
    });
    connect(m_engine, &Engine::sweepLevelMeasured, this, [this](const SweepLevel &level) {
        if (!m_isRunning)
            return;
        m_levels.push_back(level);
        showData(m_levels, {}, m_targetP95Us);
    });
    connect(m_engine, &Engine::sweepRefused, this, [this](const Error &why) {
        if (!m_isRunning)
            return;
        m_isRunning = false;
        m_setup->setRunning(false);
        setHeadline(tr("The sweep did not start."), why.message);
        updateButtons();
    });
    connect(m_engine, &Engine::sweepFinished, this, [this](const SweepResultPtr &result) {
        if (m_isRunning)
            showResult(result);
    });
}

void TuningTab::setSubject(Subject subject)
{
    m_subject = std::move(subject);
    const QUrl url(m_subject.url);
    const bool isUnsafe =
        std::ranges::any_of(m_subject.requests, [](const RequestInContext &request) {
            return !isIdempotent(request.request.method.toLatin1());
        });
    m_setup->setSubject(url.host(), !url.host().isEmpty() && !isLoopbackHost(url.host()), isUnsafe);
    m_facts->setText(m_subject.name);
}

QString TuningTab::title() const
{
    return tr("Tune: %1").arg(m_subject.name);
}

void TuningTab::start()
{
    SweepJob job;
    m_setup->apply(job);
    run(std::move(job));
}

void TuningTab::startWith(const SweepSettings &settings)
{
    SweepJob job;
    job.settings = settings;
    run(std::move(job));
}

void TuningTab::run(SweepJob job)
{
    if (!m_engine || m_isRunning)
        return;
    job.requests = m_subject.requests;
    job.variables = m_subject.variables;
    job.options = m_subject.options;
    m_isRunning = true;
    m_targetP95Us = job.settings.targetP95Us;
    m_result.reset();
    m_levels.clear();
    m_setup->setRunning(true);
    setHeadline(tr("Measuring…"), tr("What was measured is kept if you stop."));
    showData({}, {}, m_targetP95Us);
    updateButtons();
    m_engine->startSweep(std::move(job));
}

/** The lowest level, the recommended one and its neighbours once more, with more repeats. */
void TuningTab::retest()
{
    const int near = *m_result->recommendation.limit;
    SweepJob job;
    m_setup->apply(job);
    job.settings.ladder = {1, near};
    for (const SweepPoint &point : poolLevels(m_result->levels)) {
        if (point.limit >= near / 2 && point.limit <= near * 2)
            job.settings.ladder.push_back(point.limit);
    }
    job.settings.repeats = 5;
    run(std::move(job));
}

void TuningTab::showResult(SweepResultPtr result)
{
    m_isRunning = false;
    m_result = std::move(result);
    m_levels = m_result->levels;
    m_setup->setRunning(false);
    m_staircase->setRunning(0);
    setHeadline(m_result->verdict.headline, m_result->verdict.details);
    m_facts->setText(tr("%1 · %2 levels · %3 s · %4 · %L5 requests")
                         .arg(m_result->request)
                         .arg(poolLevels(m_levels).size())
                         .arg(m_result->durationUs / 1'000'000)
                         .arg(m_result->protocol)
                         .arg(m_result->sent));
    showData(m_levels, m_result->recommendation, m_result->settings.targetP95Us);
    if (m_result->recommendation.limit)
        choose(*m_result->recommendation.limit);
    updateButtons();
}

void TuningTab::showLevels(const std::vector<SweepLevel> &levels)
{
    m_levels = levels;
    showData(levels, {}, m_targetP95Us);
}

void TuningTab::showData(const std::vector<SweepLevel> &levels, const Recommendation &found,
                         qint64 targetP95Us)
{
    const std::vector<SweepPoint> points = poolLevels(levels);
    m_throughput->setData(points, found, targetP95Us);
    m_latency->setData(points, found, targetP95Us);
    m_model->setPoints(points, found.limit);
    m_staircase->setLevels(levels);
    m_levelFacts->clear();
}

void TuningTab::choose(int limit)
{
    for (SweepPlot *plot : {m_throughput, m_latency})
        plot->setSelected(limit);
    m_staircase->setSelected(limit);
    const int row = m_model->rowOf(limit);
    if (row >= 0 && m_table->currentIndex().row() != row)
        m_table->setCurrentIndex(m_model->index(row, 0));
    showLevel(limit);
}

void TuningTab::showLevel(int limit)
{
    QStringList lines;
    for (const SweepLevel &level : m_levels) {
        if (level.limit != limit)
            continue;
        lines += tr("%1 ± %2 requests/s over %3 s, %L4 requests%5")
                     .arg(level.throughput, 0, 'f', 1)
                     .arg(level.ciHalfWidth, 0, 'f', 1)
                     .arg(double(level.measuredUs) / 1e6, 0, 'f', 1)
                     .arg(level.completed)
                     .arg(level.stop == SweepStop::None
                              ? QString()
                              : tr("; ended: %1").arg(sweepStopText(level.stop)));
    }
    m_levelFacts->setText(lines.isEmpty() ? QString()
                                          : tr("Limit %1: ").arg(limit) + lines.join(u"\n"_s));
}

void TuningTab::setHeadline(const QString &headline, const QString &details)
{
    m_headline->setText(headline);
    m_details->setText(details);
    for (SweepPlot *plot : {m_throughput, m_latency})
        plot->setAccessibleDescription(headline + u' ' + details);
}

void TuningTab::updateButtons()
{
    const bool isKnown = m_result && m_result->recommendation.limit;
    m_apply->setEnabled(isKnown && !m_result->isTotal);
    m_code->setEnabled(isKnown);
    m_retest->setEnabled(isKnown && m_engine && !m_subject.requests.empty());
    m_retest->setText(isKnown ? tr("Re-test near %1").arg(*m_result->recommendation.limit)
                              : tr("Re-test"));
    m_save->setEnabled(m_result != nullptr);
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
    request.limits.perHost = *found.limit;
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
    connect(
        dialog, &QFileDialog::fileSelected, this, [this, result = m_result](const QString &path) {
            const QByteArray bytes = path.endsWith(".json"_L1)
                                         ? QJsonDocument(sweepReportJson(*result)).toJson()
                                         : sweepReportHtml(*result).toUtf8();
            QSaveFile file(path);
            const bool isSaved = file.open(QIODevice::WriteOnly)
                                 && file.write(bytes) == bytes.size() && file.commit();
            m_facts->setText(isSaved
                                 ? tr("Saved to %1.").arg(path)
                                 : tr("%1 cannot be written: %2.").arg(path, file.errorString()));
        });
    dialog->open();
}

} // namespace Sluice
