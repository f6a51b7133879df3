// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/sweepjob.h"
#include "core/tuning/sweepplan.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace Sluice {

/** The setup line of a sweep: how far up, what is still good, what is allowed; start and stop. */
class SweepSetup final : public QWidget
{
    Q_OBJECT

public:
    explicit SweepSetup(QWidget *parent = nullptr);

    /** \a foreign hosts need consent, empty = none; \a isUnsafe shows the methods' tick. */
    void setSubject(const QString &foreign, bool isUnsafe);
    /** Which of several sweeps the progress is of. */
    void setStage(const SweepStage &stage);
    /** Puts what the user set into \a job. */
    void apply(SweepJob &job) const;
    void showProgress(const SweepProgress &progress);
    void setRunning(bool isRunning);

signals:
    void startRequested();
    void stopRequested();

private:
    void updateConsent();
    void updateStart();

    QSpinBox *m_max;
    QSpinBox *m_target;
    QSpinBox *m_errors;
    QSpinBox *m_budget;
    QCheckBox *m_consent;
    QCheckBox *m_unsafe;
    QPushButton *m_start;
    QLabel *m_state;
    QProgressBar *m_progress;
    QString m_foreign;
    QString m_stage;
    bool m_isRunning = false;
    bool m_isStopping = false;
};

} // namespace Sluice
