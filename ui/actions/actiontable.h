// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

namespace Sluice {

/**
 * Every command of the window once: id, text, keys. Menus, shortcuts and the palette all take them
 * from here, so the palette reaches everything and shows its key.
 */
class ActionTable final : public QObject
{
    Q_OBJECT

public:
    /** Adds the actions to \a window, whose shortcuts they become. */
    explicit ActionTable(QWidget *window);

    /** The action of a known id, e.g. `request.send`. */
    QAction *action(const QString &id) const;
    /** All of them in the table's order. */
    const QList<QAction *> &actions() const { return m_actions; }
    /** The group of \a action for menus: the id's part before the dot. */
    static QString group(const QAction *action);

private:
    QList<QAction *> m_actions;
    QHash<QString, QAction *> m_byId;
};

} // namespace Sluice
