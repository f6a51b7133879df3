// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace Sluice {

/** How far a run is: a bar, its counts and times, and a sentence. */
class RunFigures final : public QWidget
{
    Q_OBJECT

public:
    explicit RunFigures(QWidget *parent = nullptr);

    void showProgress(const RunProgress &progress);
    /** As showProgress(), for the last time. */
    void showFinished(const RunProgress &progress);

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *addFigure(QHBoxLayout *row, const QString &name);
    void setFigures(const RunProgress &progress);
    void colourFailed();

    quint64 m_failures = 0;
    QProgressBar *m_bar = nullptr;
    QLabel *m_done = nullptr;
    QLabel *m_failed = nullptr;
    QLabel *m_elapsed = nullptr;
    QLabel *m_left = nullptr;
    QLabel *m_state = nullptr;
};

} // namespace Sluice
