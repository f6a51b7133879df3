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

    /** \a host is asked for consent when \a isForeign; \a isUnsafe shows the methods' tick. */
    void setSubject(const QString &host, bool isForeign, bool isUnsafe);
    /** Puts what the user set into \a job. */
    void apply(SweepJob &job) const;
    void showProgress(const SweepProgress &progress);
    void setRunning(bool isRunning);

signals:
    void startRequested();
    void stopRequested();

private:
    void updateStart();

    QSpinBox *m_max;
    QSpinBox *m_target;
    QSpinBox *m_errors;
    QCheckBox *m_consent;
    QCheckBox *m_unsafe;
    QPushButton *m_start;
    QLabel *m_state;
    QProgressBar *m_progress;
    bool m_isRunning = false;
    bool m_isStopping = false;
};

} // namespace Sluice
