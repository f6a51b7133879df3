// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QDialog>

class QComboBox;
class QCheckBox;
class QSpinBox;

namespace Sluice {

/** Asks how often and in what order to run; remembers nothing itself. */
class RunDialog final : public QDialog
{
    Q_OBJECT

public:
    RunDialog(RunPlan plan, QWidget *parent);

    /** The plan with what was chosen. */
    RunPlan plan() const;

private:
    RunPlan m_plan;
    QSpinBox *m_iterations = nullptr;
    QSpinBox *m_seconds = nullptr;
    QComboBox *m_bound = nullptr;
    QComboBox *m_order = nullptr;
    QCheckBox *m_bail = nullptr;
};

} // namespace Sluice
