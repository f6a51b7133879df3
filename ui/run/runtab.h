// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runoutcome.h"
#include "core/run/runrows.h"

#include <QDateTime>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace Sluice {

class RunResultsView;
class TextTableModel;
class UnderlineTabs;

/** A run that has ended, as a later one is compared with it. */
struct EarlierRun
{
    QString title;
    RunOutcomePtr outcome;
};

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

protected:
    void changeEvent(QEvent *event) override;

private:
    QLayout *makeHeading();
    QLayout *makeFigures();
    QLabel *addFigure(QHBoxLayout *row, const QString &name);
    QWidget *makeTally();
    QWidget *makeComparison();
    void setFigures(const RunProgress &progress);
    void colourFailed();
    void tally();
    void compare();
    void rerunFailed();
    void askWhereToSave();
    void saveReport(const QString &path);

    RunPlan m_plan;
    std::vector<EarlierRun> m_earlier;
    QDateTime m_startedAt = QDateTime::currentDateTime();
    RunOutcomePtr m_outcome; ///< Once it has ended.
    QString m_title;
    bool m_running = true;
    QLabel *m_state = nullptr;
    QProgressBar *m_bar = nullptr;
    QLabel *m_done = nullptr;
    QLabel *m_failed = nullptr;
    QLabel *m_elapsed = nullptr;
    QLabel *m_left = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_rerun = nullptr;
    QPushButton *m_save = nullptr;
    UnderlineTabs *m_pages = nullptr;
    RunResultsView *m_results = nullptr;
    TextTableModel *m_tallies = nullptr;
    bool m_isTallying = false;
    QComboBox *m_with = nullptr;
    TextTableModel *m_figures = nullptr;
};

} // namespace Sluice
