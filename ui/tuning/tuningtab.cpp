// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/tuningtab.h"

#include "core/run/engine.h"
#include "ui/theme/theme.h"
#include "ui/tuning/sweepsetup.h"
#include "ui/tuning/sweepview.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Margin = 16;

/** The verdict with its number in the colour of the plots' mark, and the good range smaller. */
QString headlineHtml(const SweepResult &result, const Theme &theme)
{
    QString html = result.verdict.headline.toHtmlEscaped();
    if (!result.recommendation.limit)
        return html;
    const QString number = QString::number(*result.recommendation.limit);
    html.replace(html.indexOf(number), number.size(),
                 u"<span style='color:%1'>%2</span>"_s.arg(theme.good.name(), number));
    const qsizetype range = html.indexOf(" ("_L1);
    if (range < 0)
        return html;
    const QString words = html.sliced(range + 2, html.lastIndexOf(u')') - range - 2);
    return html.first(range)
           + u" &nbsp;<span style='font-size:small; font-weight:normal; color:%1'>%2</span>"_s.arg(
               theme.secondary.name(), words);
}

QString factsText(const SweepResult &result)
{
    const std::vector<SweepPoint> points = poolLevels(result.levels);
    const SweepPoint most =
        points.empty() ? SweepPoint() : std::ranges::max(points, {}, &SweepPoint::repeats);
    return TuningTab::tr("%1 · %2 levels, up to %3 times · %4 s · %5 · %L6 requests")
        .arg(result.request)
        .arg(points.size())
        .arg(most.repeats)
        .arg(result.durationUs / 1'000'000)
        .arg(result.protocol)
        .arg(result.sent);
}

} // namespace

TuningTab::TuningTab(Engine *engine, QWidget *parent)
    : QWidget(parent), m_engine(engine), m_setup(new SweepSetup(this)), m_hosts(new QTabBar(this)),
      m_view(new SweepView(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Margin, Margin, Margin, Margin);
    column->setSpacing(8);
    column->addWidget(makeHeader());
    column->addWidget(m_setup);
    m_hosts->setDocumentMode(true);
    m_hosts->setDrawBase(false);
    m_hosts->setExpanding(false);
    m_hosts->setAccessibleName(tr("Hosts"));
    m_hosts->hide();
    column->addWidget(m_hosts);
    column->addWidget(makeButtons());
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(m_view);
    m_view->setAutoFillBackground(false);
    column->addWidget(scroll, 1);
    connect(m_hosts, &QTabBar::currentChanged, this, &TuningTab::showStage);
    connect(m_setup, &SweepSetup::startRequested, this, &TuningTab::start);
    connect(m_view, &SweepView::levelShown, this, &TuningTab::levelShown);
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
    m_details = new QLabel(header);
    QFont large = scaledFont(font(), 150);
    large.setBold(true);
    m_headline->setFont(large);
    m_details->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel *label : {m_headline, m_details}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    }
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
    m_apply->setToolTip(tr("From now on, and in the collection's file; can be undone"));
    m_retest = new QPushButton(tr("Re-test"), bar);
    const auto menuButton = [bar](const QString &text, const QString &name) {
        auto *button = new QToolButton(bar);
        button->setObjectName(name);
        button->setText(text);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setMenu(new QMenu(button));
        return button;
    };
    m_code = menuButton(tr("Copy as code…"), u"copyCode"_s);
    fillCodeMenu(m_code->menu());
    m_compare = menuButton(tr("Compare…"), u"compare"_s);
    connect(m_compare->menu(), &QMenu::aboutToShow, this, &TuningTab::fillCompareMenu);
    m_save = new QPushButton(tr("Save report…"), bar);
    m_facts = new QLabel(bar);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_apply, m_retest, m_code, m_compare, m_save})
        line->addWidget(widget);
    m_facts->setWordWrap(true);
    m_facts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line->addWidget(m_facts, 1);
    connect(m_apply, &QPushButton::clicked, this, &TuningTab::apply);
    connect(m_retest, &QPushButton::clicked, this, &TuningTab::retest);
    connect(m_save, &QPushButton::clicked, this, &TuningTab::saveReport);
    return bar;
}

void TuningTab::connectEngine()
{
    connect(m_engine, &Engine::sweepProgressed, this, [this](const SweepProgress &progress) {
        if (!m_isRunning)
            return;
        m_setup->showProgress(progress);
        m_view->setRunning(progress.limit);
    });
    connect(m_engine, &Engine::sweepLevelMeasured, this, [this](const SweepLevel &level) {
        if (!m_isRunning)
            return;
        m_levels.push_back(level);
        m_view->setData(m_levels, {}, m_targetP95Us);
    });
    connect(m_engine, &Engine::sweepRefused, this, [this](const Error &why) {
        if (!m_isRunning)
            return;
        m_isRunning = false;
        m_setup->setRunning(false);
        setHeadline(tr("The sweep did not start."), why.message);
        updateButtons();
    });
    connect(m_engine, &Engine::sweepStageBegan, this, [this](const SweepStage &stage) {
        if (m_isRunning)
            beginStage(stage);
    });
    connect(m_engine, &Engine::sweepStageFinished, this, [this](const SweepResultPtr &result) {
        if (m_isRunning)
            showResult(result);
    });
    connect(m_engine, &Engine::sweepFinished, this, [this] {
        if (!m_isRunning)
            return;
        m_isRunning = false;
        m_setup->setRunning(false);
        updateButtons();
    });
}

void TuningTab::setSubject(Subject subject)
{
    m_subject = std::move(subject);
    const bool isUnsafe =
        std::ranges::any_of(m_subject.requests, [](const RequestInContext &request) {
            return !isIdempotent(request.request.method.toLatin1());
        });
    QStringList foreign =
        m_subject.hosts.isEmpty() ? QStringList{QUrl(m_subject.url).host()} : m_subject.hosts;
    foreign.removeIf([](const QString &host) { return host.isEmpty() || isLoopbackHost(host); });
    m_setup->setSubject(foreign.join(u", "_s), isUnsafe);
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
    m_earlier.insert(m_earlier.end(), m_results.begin(), m_results.end());
    m_results.clear();
    m_hosts->hide();
    while (m_hosts->count() > 0)
        m_hosts->removeTab(0);
    m_setup->setRunning(true);
    beginStage({});
    m_engine->startSweep(std::move(job));
}

void TuningTab::beginStage(const SweepStage &stage)
{
    m_setup->setStage(stage);
    m_levels.clear();
    m_result.reset();
    m_view->setData({}, {}, m_targetP95Us);
    const QString what = stage.count == 1       ? tr("Measuring…")
                         : stage.host.isEmpty() ? tr("Measuring all hosts together…")
                                                : tr("Measuring %1…").arg(stage.host);
    setHeadline(what, tr("What was measured is kept if you stop."));
    updateButtons();
}

void TuningTab::showResult(const SweepResultPtr &result)
{
    m_results.push_back(result);
    const int index = m_hosts->addTab(result->isTotal ? tr("All together") : result->host);
    m_hosts->setVisible(m_results.size() > 1);
    if (m_hosts->currentIndex() == index)
        showStage(index);
    else
        m_hosts->setCurrentIndex(index);
}

/** The number in the verdict has a colour of its own. */
void TuningTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_result && !m_isRunning)
        setHeadline(headlineHtml(*m_result, Theme::of(palette())), m_result->verdict.details);
}

void TuningTab::showStage(int index)
{
    if (index < 0 || index >= std::ssize(m_results))
        return;
    m_result = m_results[std::size_t(index)];
    m_view->setRunning(0);
    setHeadline(headlineHtml(*m_result, Theme::of(palette())), m_result->verdict.details);
    m_facts->setText(factsText(*m_result));
    m_view->setSummary(m_result->verdict.text());
    m_view->setData(m_result->levels, m_result->recommendation, m_result->settings.targetP95Us);
    if (m_result->recommendation.limit)
        m_view->choose(*m_result->recommendation.limit);
    updateButtons();
}

void TuningTab::setHeadline(const QString &headline, const QString &details)
{
    m_headline->setText(headline);
    m_details->setText(details);
    m_view->setSummary(headline + u' ' + details);
}

void TuningTab::updateButtons()
{
    const bool isKnown = m_result && m_result->recommendation.limit;
    m_apply->setEnabled(isKnown);
    m_code->setEnabled(isKnown);
    m_retest->setEnabled(isKnown && m_engine && !m_isRunning && !m_result->isTotal
                         && !m_subject.requests.empty());
    m_retest->setText(isKnown ? tr("Re-test near %1").arg(*m_result->recommendation.limit)
                              : tr("Re-test"));
    m_compare->setEnabled(m_result != nullptr);
    m_save->setEnabled(m_result != nullptr);
}

} // namespace Sluice
