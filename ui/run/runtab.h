// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runrows.h"
#include "ui/run/runcomparisonview.h"

#include <QDateTime>
#include <QWidget>

class QPushButton;

namespace Sluice {

class RunFigures;
class RunResultsView;
class TextTableModel;
class UnderlineTabs;

/** One run: what it does, how far it is, how each request ended. */
class RunTab final : public QWidget
{
    Q_OBJECT

public:
    /** \a earlier: what it can be compared with, the newest first. */
    RunTab(RunPlan plan, std::vector<EarlierRun> earlier, QWidget *parent = nullptr);

    QString title() const;
    bool isRunning() const { return m_running; }
    void addRows(const RunBatch &batch);
    /** Shows how the request with this RunRow::seq ended. */
    void showRequest(quint64 seq);
    void showProgress(const RunProgress &progress);
    void showFinished(const RunOutcomePtr &outcome);
    /** The run under a name that tells it from others: its plan and when it started. */
    EarlierRun asEarlier() const;

signals:
    void stopRequested();
    void runRequested(const Sluice::RunPlan &plan);
    void failed(const Sluice::Error &error);

private:
    QLayout *makeHeading();
    QWidget *makeTally();
    QWidget *makeComparison();
    void tally();
    void rerunFailed();
    void askWhereToSave();
    void saveReport(const QString &path);

    RunPlan m_plan;
    std::vector<EarlierRun> m_earlier;
    QDateTime m_startedAt = QDateTime::currentDateTime();
    RunOutcomePtr m_outcome; ///< Once it has ended.
    QString m_title;
    bool m_running = true;
    RunFigures *m_figures = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_rerun = nullptr;
    QPushButton *m_save = nullptr;
    UnderlineTabs *m_pages = nullptr;
    RunResultsView *m_results = nullptr;
    TextTableModel *m_tallies = nullptr;
    bool m_isTallying = false;
    RunComparisonView *m_comparison = nullptr; ///< Once it was looked at.
};

} // namespace Sluice
