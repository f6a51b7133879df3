// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace Sluice {

/** One run: what it does, how far it is, what failed. */
class RunTab final : public QWidget
{
    Q_OBJECT

public:
    explicit RunTab(const RunPlan &plan, QWidget *parent = nullptr);

    QString title() const;
    bool isRunning() const { return m_running; }
    void showProgress(const RunProgress &progress);
    void showFinished(const RunProgress &progress);

signals:
    void stopRequested();
    void againRequested();

private:
    QLabel *addFigure(QHBoxLayout *row, const QString &name);
    void setFigures(const RunProgress &progress);

    QString m_title;
    bool m_running = true;
    QLabel *m_state = nullptr;
    QProgressBar *m_bar = nullptr;
    QLabel *m_done = nullptr;
    QLabel *m_failed = nullptr;
    QLabel *m_elapsed = nullptr;
    QLabel *m_left = nullptr;
    QPushButton *m_stop = nullptr;
};

} // namespace Sluice
