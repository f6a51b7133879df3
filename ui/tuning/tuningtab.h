// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/sweepjob.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QTableView;
class QToolButton;

namespace Sluice {

class Engine;
class Staircase;
class SweepPlot;
class SweepSetup;
class SweepTableModel;

/**
 * Finds the limit of one host: setup, plots, table and staircase, the verdict and what can be done
 * with it. GUI thread; the sweep itself runs in the engine.
 */
class TuningTab final : public QWidget
{
    Q_OBJECT

public:
    /** What is swept. */
    struct Subject
    {
        QString name; ///< E.g. `GET List users`.
        QString url;  ///< Of the first request, expanded: tells whose permission is needed.
        std::vector<RequestInContext> requests;
        VariableInputs variables;
        SendOptions options;
    };

    /** \a engine outlives the tab; null shows results only. */
    explicit TuningTab(Engine *engine, QWidget *parent = nullptr);

    void setSubject(Subject subject);
    QString title() const;
    /** Starts the sweep as the setup line says. */
    void start();
    /** Starts a sweep with these settings, whatever the setup line says. */
    void startWith(const SweepSettings &settings);
    /** Shows a finished sweep. */
    void showResult(SweepResultPtr result);
    /** Shows levels as they come. */
    void showLevels(const std::vector<SweepLevel> &levels);
    bool isRunning() const { return m_isRunning; }

signals:
    /** The user wants \a limit to hold for \a host, a HostLimit::pattern. */
    void applyRequested(const QString &host, int limit);

private:
    QWidget *makeHeader();
    QWidget *makeButtons();
    QWidget *makeBody();
    void connectEngine();
    void run(SweepJob job);
    void retest();
    void fillCodeMenu(QMenu *menu);
    void copyCode(const QString &target);
    void saveReport();
    void choose(int limit);
    void setHeadline(const QString &headline, const QString &details);
    void showData(const std::vector<SweepLevel> &levels, const Recommendation &found,
                  qint64 targetP95Us);
    void showLevel(int limit);
    void updateButtons();

    Engine *m_engine;
    Subject m_subject;
    SweepResultPtr m_result;
    std::vector<SweepLevel> m_levels;
    qint64 m_targetP95Us = 0;
    bool m_isRunning = false;

    QLabel *m_headline;
    QLabel *m_details;
    QLabel *m_facts;
    QLabel *m_levelFacts;
    SweepSetup *m_setup;
    QPushButton *m_apply;
    QPushButton *m_retest;
    QToolButton *m_code;
    QPushButton *m_save;
    SweepPlot *m_throughput;
    SweepPlot *m_latency;
    QTableView *m_table;
    SweepTableModel *m_model;
    Staircase *m_staircase;
};

} // namespace Sluice
