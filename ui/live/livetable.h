// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/flattable.h"

namespace Sluice {

/**
 * The charts' numbers, for eyes and ears that a picture does not serve. Ctrl+C copies the selected
 * rows with their headings, parted by tabs; Ctrl+D and Esc go back to the charts.
 */
class LiveTable final : public FlatTable
{
    Q_OBJECT

public:
    explicit LiveTable(QWidget *parent = nullptr);

    /** The selected rows, else all, with the headings. */
    QString selectedText() const;

signals:
    void closeRequested();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace Sluice
