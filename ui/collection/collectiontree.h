// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace Sluice {

/** The tree of collections: method badges, full-width rows, folders open with one click. */
class CollectionTree final : public QTreeView
{
    Q_OBJECT

public:
    explicit CollectionTree(QWidget *parent = nullptr);

signals:
    /** A request or an unreadable file was clicked or Enter pressed on it. */
    void openRequested(const QModelIndex &index);
    /** F2. */
    void renameRequested();
    /** Del. */
    void removeRequested();

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void drawBranches(QPainter *painter, const QRect &rect,
                      const QModelIndex &index) const override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void activateIndex(const QModelIndex &index);
};

} // namespace Sluice
