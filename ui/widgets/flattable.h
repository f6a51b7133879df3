// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace Sluice {

/** A table without a frame: rows of 26 px, 1 px lines between them, no grid, no row numbers. */
class FlatTable : public QTableView
{
    Q_OBJECT

public:
    explicit FlatTable(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Sluice
