// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/sweepsetup.h"

#include "ui/widgets/elidedlabel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

namespace Sluice {

namespace {

constexpr int DefaultMax = 32;
constexpr int HighestMax = 1024;

QSpinBox *spinBox(QWidget *parent, const QString &name, int low, int high, int value)
{
    auto *box = new QSpinBox(parent);
    box->setRange(low, high);
    box->setValue(value);
    box->setAccessibleName(name);
    box->setToolTip(name);
    return box;
}

} // namespace

SweepSetup::SweepSetup(QWidget *parent)
    : QWidget(parent), m_max(spinBox(this, tr("Highest limit to try"), 2, HighestMax, DefaultMax)),
      m_target(spinBox(this, tr("95th percentile of latency that is still good"), 0, 600'000, 0)),
      m_errors(spinBox(this, tr("Errors that are still good"), 0, 100, 1)),
      m_budget(spinBox(this, tr("Requests in all, over all levels"), 0, 10'000'000, 0)),
      m_consent(new QCheckBox(this)), m_unsafe(new QCheckBox(tr("Send unsafe methods"), this)),
      m_start(new QPushButton(tr("Find the limit"), this)), m_state(new ElidedLabel(this)),
      m_progress(new QProgressBar(this))
{
    m_target->setSuffix(tr(" ms"));
    m_target->setSpecialValueText(tr("any"));
    m_errors->setSuffix(tr(" %"));
    m_budget->setSpecialValueText(tr("any"));
    m_budget->setGroupSeparatorShown(true);
    m_unsafe->setToolTip(tr("A method that is not idempotent may change something each time."));
    m_progress->setTextVisible(false);
    m_progress->setMaximumWidth(160);
    m_progress->setVisible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    const auto add = [this, line](const QString &label, QWidget *box) {
        line->addWidget(new QLabel(label, this));
        line->addWidget(box);
        line->addSpacing(8);
    };
    add(tr("Up to"), m_max);
    add(tr("p95 ≤"), m_target);
    add(tr("Errors ≤"), m_errors);
    add(tr("Requests ≤"), m_budget);
    line->addWidget(m_unsafe);
    line->addWidget(m_start);
    line->addWidget(m_progress);
    line->addWidget(m_state, 1);
    column->addLayout(line);
    column->addWidget(m_consent);
    connect(m_budget, &QSpinBox::valueChanged, this, &SweepSetup::updateConsent);
    connect(m_consent, &QCheckBox::toggled, this, &SweepSetup::updateStart);
    connect(m_start, &QPushButton::clicked, this, [this] {
        if (!m_isRunning) {
            emit startRequested();
            return;
        }
        m_isStopping = true;
        updateStart();
        emit stopRequested();
    });
    setSubject({}, false);
}

void SweepSetup::setSubject(const QString &foreign, bool isUnsafe)
{
    const bool isForeign = !foreign.isEmpty();
    m_consent->setChecked(false);
    m_consent->setVisible(isForeign);
    m_foreign = foreign;
    m_budget->setMinimum(isForeign ? 1 : 0);
    m_budget->setValue(isForeign ? ForeignHostBudget : 0);
    updateConsent();
    m_unsafe->setChecked(false);
    m_unsafe->setVisible(isUnsafe);
    m_max->setMaximum(isForeign ? ForeignHostCap : HighestMax);
    updateStart();
}

void SweepSetup::setStage(const SweepStage &stage)
{
    m_stage.clear();
    if (stage.count > 1)
        m_stage = tr("%1 of %2 · ").arg(stage.number).arg(stage.count);
}

void SweepSetup::apply(SweepJob &job) const
{
    job.settings.ladder = sweepLadder(m_max->value());
    job.settings.targetP95Us = qint64(m_target->value()) * 1000;
    job.settings.errorBudget = m_errors->value() / 100.0;
    job.settings.maxRequests = m_budget->value();
    job.allowForeignHosts = m_consent->isChecked();
    job.allowUnsafeMethods = m_unsafe->isChecked();
}

void SweepSetup::showProgress(const SweepProgress &progress)
{
    m_progress->setMaximum(progress.levelsPlanned);
    m_progress->setValue(progress.levelsDone);
    const qint64 seconds = progress.leftUs / 1'000'000;
    m_state->setText(
        m_stage
        + (progress.limit > 0
               ? tr("Limit %1 · %L2 requests · about %3 s left")
                     .arg(progress.limit)
                     .arg(progress.sent)
                     .arg(seconds)
               : tr("Draining · %L1 requests · about %2 s left").arg(progress.sent).arg(seconds)));
}

void SweepSetup::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    m_isStopping = false;
    m_progress->setVisible(isRunning);
    m_progress->setValue(0);
    m_stage.clear();
    if (!isRunning)
        m_state->clear();
    for (QWidget *box :
         std::initializer_list<QWidget *>{m_max, m_target, m_errors, m_budget, m_unsafe, m_consent})
        box->setEnabled(!isRunning);
    updateStart();
}

/** What is agreed to is the number of requests: another number asks again. */
void SweepSetup::updateConsent()
{
    m_consent->setChecked(false);
    m_consent->setText(tr("Up to %L1 requests to %2: I am allowed to test it")
                           .arg(m_budget->value())
                           .arg(m_foreign));
}

void SweepSetup::updateStart()
{
    m_start->setText(m_isStopping  ? tr("Stopping…")
                     : m_isRunning ? tr("Stop")
                                   : tr("Find the limit"));
    const bool mayStart = m_consent->isHidden() || m_consent->isChecked();
    m_start->setEnabled(m_isRunning ? !m_isStopping : mayStart);
}

} // namespace Sluice
