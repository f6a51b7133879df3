// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/sweepjob.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QTabBar;
class QToolButton;

namespace Sluice {

class Engine;
class SweepSetup;
class SweepView;

/**
 * Finds the limit of one host, or of each of several and then their total: setup, what was
 * measured, the verdict and what can be done with it. GUI thread; the sweep itself runs in the
 * engine.
 */
class TuningTab final : public QWidget
{
    Q_OBJECT

public:
    /** What is swept. */
    struct Subject
    {
        QString name; ///< E.g. `GET List users`.
        QString url;  ///< Of the first request, expanded.
        std::vector<RequestInContext> requests;
        VariableInputs variables;
        SendOptions options;
        QStringList hosts{}; ///< Names of all hosts: tell whose permission is needed.
    };

    /** \a engine outlives the tab; null shows results only. */
    explicit TuningTab(Engine *engine, QWidget *parent = nullptr);

    void setSubject(Subject subject);
    QString title() const;
    /** Starts the sweep as the setup line says. */
    void start();
    /** Starts a sweep with these settings, whatever the setup line says. */
    void startWith(const SweepSettings &settings);
    /** Shows a finished sweep, beside those that finished since start(). */
    void showResult(const SweepResultPtr &result);
    bool isRunning() const { return m_isRunning; }

signals:
    /** The user wants what was found to hold. */
    void applyRequested(const Sluice::FoundLimits &found);
    /** One measurement was clicked; times of the engine's clock. */
    void levelShown(qint64 beginUs, qint64 endUs);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeButtons();
    void connectEngine();
    void run(SweepJob job);
    void beginStage(const SweepStage &stage);
    void showStage(int index);
    void setHeadline(const QString &headline, const QString &details);
    void updateButtons();

    // What can be done with a result: tuningresults.cpp.
    void apply();
    void retest();
    void fillCodeMenu(QMenu *menu);
    void copyCode(const QString &target);
    void saveReport();
    void fillCompareMenu();
    void openReport();
    void compareWith(const SweepResultPtr &other);

    Engine *m_engine;
    Subject m_subject;
    std::vector<SweepResultPtr> m_results; ///< Of this sweep; a tab each.
    std::vector<SweepResultPtr> m_earlier; ///< Of sweeps before, and reports: to compare with.
    SweepResultPtr m_result;               ///< The one that is shown.
    std::vector<SweepLevel> m_levels;      ///< Of the sweep that is going on.
    qint64 m_targetP95Us = 0;
    bool m_isRunning = false;

    QLabel *m_headline;
    QLabel *m_details;
    QLabel *m_facts;
    SweepSetup *m_setup;
    QTabBar *m_hosts;
    QPushButton *m_apply;
    QPushButton *m_retest;
    QToolButton *m_code;
    QToolButton *m_compare;
    QPushButton *m_save;
    SweepView *m_view;
};

} // namespace Sluice
