// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/sweepview.h"

#include "ui/theme/theme.h"
#include "ui/tuning/staircase.h"
#include "ui/tuning/sweepplot.h"
#include "ui/tuning/sweeptable.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int Margin = 16;

QLabel *noteLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

SweepView::SweepView(QWidget *parent)
    : QWidget(parent), m_throughput(new SweepPlot(SweepPlot::Kind::Throughput, this)),
      m_latency(new SweepPlot(SweepPlot::Kind::Latency, this)), m_table(new QTableView(this)),
      m_model(new SweepTableModel(this)), m_legend(noteLabel(this)), m_levelFacts(noteLabel(this)),
      m_staircase(new Staircase(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *line = new QHBoxLayout;
    line->setSpacing(Margin);
    auto *plots = new QVBoxLayout;
    makePlots(plots);
    auto *side = new QVBoxLayout;
    makeSide(side);
    line->addLayout(plots, 3);
    line->addLayout(side, 2);
    column->addLayout(line, 1);
    column->addWidget(m_staircase);
    for (SweepPlot *plot : {m_throughput, m_latency})
        connect(plot, &SweepPlot::levelChosen, this, &SweepView::choose);
    connect(m_staircase, &Staircase::stepChosen, this, &SweepView::chooseStep);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (current.isValid())
                    choose(m_model->limitAt(current.row()));
            });
    setComparison({}, {});
}

void SweepView::makePlots(QBoxLayout *layout)
{
    layout->addWidget(m_throughput, 1);
    layout->addWidget(m_latency, 1);
    layout->addWidget(m_legend);
}

void SweepView::makeSide(QBoxLayout *layout)
{
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(26);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->viewport()->setAutoFillBackground(false);
    m_table->setFont(tabularFont(font()));
    m_table->setAccessibleName(tr("Levels"));
    auto *help = noteLabel(this);
    help->setText(
        tr("In a closed loop, requests in flight = throughput × latency (Little’s law). "
           "Beyond the knee more requests only wait longer inside the server. Nothing waits "
           "in Sluice’s queue here: the live view tells latency with and without it."));
    layout->addWidget(m_table, 1);
    layout->addWidget(m_levelFacts);
    layout->addWidget(help);
}

void SweepView::setData(const std::vector<SweepLevel> &levels, const Recommendation &found,
                        qint64 targetP95Us)
{
    m_levels = levels;
    const std::vector<SweepPoint> points = poolLevels(levels);
    m_throughput->setData(points, found, targetP95Us);
    m_latency->setData(points, found, targetP95Us);
    m_model->setPoints(points, found.limit);
    m_staircase->setLevels(levels);
    m_levelFacts->clear();
}

void SweepView::setComparison(const std::vector<SweepLevel> &levels, const QString &name)
{
    m_compared = levels;
    const std::vector<SweepPoint> points = poolLevels(levels);
    m_throughput->setComparison(points);
    m_latency->setComparison(points);
    m_model->setComparison(points);
    QString legend = tr("limit (requests in flight) · dashed grey: Universal Scalability Law fit · "
                        "thin: linear scaling · shaded: good range");
    if (!points.empty())
        legend += tr(" · pale: %1").arg(name);
    m_legend->setText(legend);
}

void SweepView::setRunning(int limit)
{
    m_staircase->setRunning(limit);
}

void SweepView::setSummary(const QString &text)
{
    for (SweepPlot *plot : {m_throughput, m_latency})
        plot->setAccessibleDescription(text);
}

void SweepView::choose(int limit)
{
    for (SweepPlot *plot : {m_throughput, m_latency})
        plot->setSelected(limit);
    m_staircase->setSelected(limit);
    const int row = m_model->rowOf(limit);
    if (row >= 0 && m_table->currentIndex().row() != row)
        m_table->setCurrentIndex(m_model->index(row, 0));
    showLevel(limit);
}

void SweepView::chooseStep(std::size_t index)
{
    if (index >= m_levels.size())
        return;
    const SweepLevel &level = m_levels[index];
    choose(level.limit);
    emit levelShown(level.beganUs, level.beganUs + level.warmupUs + level.measuredUs);
}

void SweepView::showLevel(int limit)
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
                                          : tr("Limit %1: ").arg(limit) + lines.join(u'\n'));
}

} // namespace Sluice
