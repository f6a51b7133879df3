// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

#include <QAbstractTableModel>

#include <functional>

namespace Sluice {

/**
 * The variables of one environment as a table, with an empty row at the end that adds one. A
 * secret's value is never in it: it is asked for and handed on.
 */
class EnvironmentModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Value, Secret, Resolved, ColumnCount };
    /** What a variable means in the end, for the last column. */
    using Resolve = std::function<QString(const EnvironmentVariable &)>;
    /** Whether the value of a secret is known. */
    using IsKnown = std::function<bool(const QString &name)>;

    EnvironmentModel(Resolve resolve, IsKnown isKnown, QObject *parent = nullptr);

    const EnvironmentSpec &spec() const { return m_spec; }
    /** Shows \a spec without emitting edited(). */
    void setSpec(const EnvironmentSpec &spec);
    /** Asks for every meaning again. */
    void refresh();
    bool isAddRow(int row) const { return row == int(m_spec.variables.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

signals:
    /** A person changed spec(). */
    void edited();
    /** A person typed the value of the secret \a name. */
    void secretEdited(const QString &name, const QString &value);
    void secretRenamed(const QString &from, const QString &to);

private:
    QVariant textOf(const EnvironmentVariable &variable, int column, int role) const;
    QVariant checkOf(const EnvironmentVariable &variable, int column) const;
    bool setText(int row, int column, const QString &text);
    bool setSecret(int row, bool secret);
    void changed(int row);

    EnvironmentSpec m_spec;
    Resolve m_resolve;
    IsKnown m_isKnown;
};

} // namespace Sluice
