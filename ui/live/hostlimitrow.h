// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"

#include <QWidget>

class QLineEdit;

namespace Sluice {

class LimitSpinBox;

/** One override of the limit per host: pattern, limit, and a button that removes it. */
class HostLimitRow final : public QWidget
{
    Q_OBJECT

public:
    explicit HostLimitRow(QWidget *parent = nullptr);

    void setHostLimit(const HostLimit &host); ///< Emits nothing.
    HostLimit hostLimit() const;              ///< An empty pattern while it is not filled in.
    QLineEdit *patternEdit() const { return m_pattern; }
    LimitSpinBox *limitBox() const { return m_limit; }

signals:
    void edited();
    void removeRequested();

private:
    void nameParts();

    QLineEdit *m_pattern;
    LimitSpinBox *m_limit;
};

} // namespace Sluice
