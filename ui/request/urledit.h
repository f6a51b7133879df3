// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/variables.h"

#include <QLineEdit>

namespace Sluice {

/** A line of monospace text whose {{variables}} are tinted; hovering one says what it stands for.
 */
class UrlEdit final : public QLineEdit
{
    Q_OBJECT

public:
    explicit UrlEdit(QWidget *parent = nullptr);

    void setVariables(const VariableMeanings *variables) { m_variables = variables; }

signals:
    /** Not inserted: \a text is a whole request. */
    void curlPasted(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    qreal positionOf(qsizetype character) const;

    const VariableMeanings *m_variables = nullptr;
};

} // namespace Sluice
