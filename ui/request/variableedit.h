// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/variables.h"

#include <QLineEdit>

namespace Sluice {

/** A line of monospace text whose {{variables}} are tinted; hovering one says what it stands for.
 */
class VariableEdit : public QLineEdit
{
    Q_OBJECT

public:
    /** \a variables outlive it; without them every variable counts as known. */
    explicit VariableEdit(const VariableMeanings *variables, QWidget *parent = nullptr);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const VariableMeanings *m_variables;
};

} // namespace Sluice
