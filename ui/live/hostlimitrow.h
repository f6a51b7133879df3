// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace Sluice {

class LimitSpinBox;

/**
 * One override of the limit per host: pattern, limit or the rule that finds it, and a button that
 * removes it.
 */
class HostLimitRow final : public QWidget
{
    Q_OBJECT

public:
    explicit HostLimitRow(QWidget *parent = nullptr);

    void setHostLimit(const HostLimit &host); ///< Emits nothing.
    HostLimit hostLimit() const;              ///< An empty pattern while it is not filled in.
    QLineEdit *patternEdit() const { return m_pattern; }
    LimitSpinBox *limitBox() const { return m_limit; }
    /** Checked while the limit finds itself. */
    QToolButton *autoButton() const { return m_auto; }

signals:
    void edited();
    void removeRequested();

private:
    void fillAutoMenu();
    void setAdaptive(const QString &kind);
    void nameParts();

    QLineEdit *m_pattern;
    LimitSpinBox *m_limit;
    QToolButton *m_auto;
    QString m_adaptive; ///< As HostLimit::adaptive.
};

} // namespace Sluice
