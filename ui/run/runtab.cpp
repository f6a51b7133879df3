// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runtab.h"

#include "ui/theme/theme.h"
#include "ui/widgets/numbertext.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int BarSteps = 1000;

QString planText(const RunPlan &plan)
{
    const QString requests =
        counted(qint64(plan.requests.size()), RunTab::tr("request"), RunTab::tr("requests"));
    if (plan.durationUs > 0)
        return RunTab::tr("%1, for %2").arg(requests, durationLabel(plan.durationUs));
    return RunTab::tr("%1 × %2").arg(
        requests, counted(plan.iterations, RunTab::tr("iteration"), RunTab::tr("iterations")));
}

} // namespace

RunTab::RunTab(const RunPlan &plan, QWidget *parent)
    : QWidget(parent),
      m_title(plan.durationUs > 0 ? plan.name
                                  : tr("%1 × %2").arg(plan.name, countLabel(plan.iterations))),
      m_state(new QLabel(tr("Starting…"), this)), m_bar(new QProgressBar(this)),
      m_stop(new QPushButton(tr("Stop"), this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *name = new QLabel(m_title, this);
    QFont heading = scaledFont(font(), 125);
    heading.setWeight(QFont::DemiBold);
    name->setFont(heading);
    auto *what = new QLabel(planText(plan), this);
    what->setForegroundRole(QPalette::PlaceholderText);
    m_bar->setRange(0, BarSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_state->setObjectName(u"runState"_s);
    m_stop->setToolTip(tr("Let what is in flight finish (Esc); again to abort it"));
    auto *figures = new QHBoxLayout;
    figures->setSpacing(32);
    m_done = addFigure(figures, tr("Done"));
    m_failed = addFigure(figures, tr("Failed"));
    m_elapsed = addFigure(figures, tr("Elapsed"));
    m_left = addFigure(figures, tr("Left"));
    figures->addStretch(1);
    auto *top = new QHBoxLayout;
    top->addWidget(name);
    top->addWidget(what, 1);
    top->addWidget(m_stop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    layout->addLayout(top);
    layout->addWidget(m_bar);
    layout->addLayout(figures);
    layout->addWidget(m_state);
    layout->addStretch(1);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        if (m_running)
            emit stopRequested();
        else
            emit againRequested();
    });
}

QString RunTab::title() const
{
    return tr("Run: %1").arg(m_title);
}

QLabel *RunTab::addFigure(QHBoxLayout *row, const QString &name)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    auto *label = new QLabel(name, this);
    label->setFont(scaledFont(font(), 85));
    label->setForegroundRole(QPalette::PlaceholderText);
    auto *figure = new QLabel(u"–"_s, this);
    QFont big = scaledFont(font(), 138);
    big.setWeight(QFont::DemiBold);
    figure->setFont(tabularFont(big));
    figure->setMinimumWidth(96);
    figure->setAccessibleName(name);
    column->addWidget(label);
    column->addWidget(figure);
    row->addLayout(column);
    return figure;
}

void RunTab::setFigures(const RunProgress &progress)
{
    if (progress.planned > 0) {
        m_bar->setRange(0, BarSteps);
        m_bar->setValue(int(progress.done * BarSteps / progress.planned));
        m_done->setText(
            tr("%1 of %2")
                .arg(countLabel(qint64(progress.done)), countLabel(qint64(progress.planned))));
    } else {
        m_done->setText(countLabel(qint64(progress.done)));
    }
    m_failed->setText(countLabel(qint64(progress.failed)));
    const Theme &theme = Theme::of(palette());
    tintText(m_failed, progress.failed > 0 ? theme.bad : theme.text);
    m_elapsed->setText(durationLabel(progress.elapsedUs));
    m_left->setText(progress.leftUs < 0 ? u"–"_s : durationLabel(progress.leftUs));
}

void RunTab::showProgress(const RunProgress &progress)
{
    if (!m_running)
        return;
    setFigures(progress);
    m_state->setText(tr("Running. Change a limit below and see what it does."));
}

void RunTab::showFinished(const RunProgress &progress)
{
    m_running = false;
    setFigures(progress);
    m_left->setText(u"–"_s);
    m_stop->setText(tr("Run again"));
    m_stop->setToolTip({});
    const bool stopped = progress.planned > 0 && progress.done < progress.planned;
    m_state->setText(
        stopped ? tr("Stopped after %1 of %2 requests.")
                      .arg(countLabel(qint64(progress.done)), countLabel(qint64(progress.planned)))
        : progress.failed == 0 ? tr("✓ Finished, every request succeeded.")
                               : tr("✕ Finished, %1.")
                                     .arg(counted(qint64(progress.failed), tr("request failed"),
                                                  tr("requests failed"))));
}

} // namespace Sluice
