// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

namespace Sluice {

/**
 * A table that a person edits: its items, and an empty row at the end. What is typed into that
 * becomes an item before it.
 */
class EditableRows : public QAbstractTableModel
{
    Q_OBJECT

public:
    bool isAddRow(int row) const { return row == itemCount(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

signals:
    /** A person changed the items. */
    void edited();

protected:
    /** \a titles names the columns; \a addText invites in the first cell of the empty row. */
    EditableRows(QStringList titles, QString addText, QObject *parent);

    virtual int itemCount() const = 0;
    virtual QVariant itemData(int row, int column, int role) const = 0;
    virtual bool setItemData(int row, int column, const QVariant &value, int role) = 0;
    /** Beside being there at all, e.g. Qt::ItemIsEditable. */
    virtual Qt::ItemFlags itemFlags(int row, int column) const = 0;
    /** Whether something can be typed into \a column of the empty row. */
    virtual bool canAddIn(int) const { return true; }
    /** Adds an item of which \a column is \a text, at the end; views are told by the caller. */
    virtual void appendItem(int column, const QString &text) = 0;
    virtual void eraseItems(int row, int count) = 0;

    const QString &title(int column) const { return m_titles[column]; }
    /** Tells that all of \a row looks different. */
    void rowChanged(int row);
    /** The same of every item. */
    void allChanged();

private:
    QStringList m_titles;
    QString m_addText;
};

} // namespace Sluice
