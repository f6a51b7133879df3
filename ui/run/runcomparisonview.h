// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runoutcome.h"

#include <QWidget>

class QComboBox;

namespace Sluice {

class TextTableModel;

/** A run that has ended, as a later one is compared with it. */
struct EarlierRun
{
    QString title;
    RunOutcomePtr outcome;
};

/** The figures of a run beside those of an earlier one, which is chosen from a list. */
class RunComparisonView final : public QWidget
{
    Q_OBJECT

public:
    /** \a earlier: what there is to compare with, the newest first. */
    explicit RunComparisonView(std::vector<EarlierRun> earlier, QWidget *parent = nullptr);

    /** Shows nothing before the run has ended. */
    void setOutcome(const RunOutcomePtr &outcome);

private:
    void compare();

    std::vector<EarlierRun> m_earlier;
    RunOutcomePtr m_outcome;
    QComboBox *m_with = nullptr;
    TextTableModel *m_figures = nullptr;
};

} // namespace Sluice
