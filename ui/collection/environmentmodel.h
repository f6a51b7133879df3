// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "ui/widgets/editablerows.h"

#include <functional>

namespace Sluice {

/**
 * The variables of one environment as a table. A secret's value is never in it: it is asked for and
 * handed on.
 */
class EnvironmentModel final : public EditableRows
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

signals:
    /** A person typed the value of the secret \a name. */
    void secretEdited(const QString &name, const QString &value);
    void secretRenamed(const QString &from, const QString &to);

protected:
    int itemCount() const override { return int(m_spec.variables.size()); }
    QVariant itemData(int row, int column, int role) const override;
    bool setItemData(int row, int column, const QVariant &value, int role) override;
    Qt::ItemFlags itemFlags(int row, int column) const override;
    bool canAddIn(int column) const override { return column == Name; }
    void appendItem(int column, const QString &text) override;
    void eraseItems(int row, int count) override;

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
