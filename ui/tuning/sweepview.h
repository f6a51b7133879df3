// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweepresult.h"

#include <QWidget>

class QBoxLayout;
class QLabel;
class QTableView;

namespace Sluice {

class Staircase;
class SweepPlot;
class SweepTableModel;

/**
 * What a sweep measured: the two plots over the limit, the table, and the staircase of its levels
 * in the order in which they were measured. One level can be chosen in any of them.
 */
class SweepView final : public QWidget
{
    Q_OBJECT

public:
    explicit SweepView(QWidget *parent = nullptr);

    /** \a found without a limit draws no marks; \a targetP95Us 0 = any. */
    void setData(const std::vector<SweepLevel> &levels, const Recommendation &found,
                 qint64 targetP95Us);
    /** Another sweep to draw behind, in dashes; empty = none. */
    void setComparison(const std::vector<SweepLevel> &levels, const QString &name);
    /** The limit that is measured now; 0 = none. */
    void setRunning(int limit);
    /** What a screen reader says of the plots. */
    void setSummary(const QString &text);
    void choose(int limit);

signals:
    /** One measurement was clicked; times of the engine's clock. */
    void levelShown(qint64 beginUs, qint64 endUs);

private:
    void makePlots(QBoxLayout *layout);
    void makeSide(QBoxLayout *layout);
    void chooseStep(std::size_t index);
    void showLevel(int limit);

    std::vector<SweepLevel> m_levels;
    std::vector<SweepLevel> m_compared;
    SweepPlot *m_throughput;
    SweepPlot *m_latency;
    QTableView *m_table;
    SweepTableModel *m_model;
    QLabel *m_legend;
    QLabel *m_levelFacts;
    Staircase *m_staircase;
};

} // namespace Sluice
