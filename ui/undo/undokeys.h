// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

class QWidget;

namespace Sluice {

/**
 * Lets the keys of Undo and Redo through to the window's actions where a text field would take
 * them for itself: in the editors of a request every edit is a step of the collection's history.
 * An event filter for the application.
 */
class UndoKeys final : public QObject
{
    Q_OBJECT

public:
    using Applies = std::function<bool(const QWidget *)>;

    /** \a applies tells whether the edits of a widget are steps of a history. */
    UndoKeys(Applies applies, QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Applies m_applies;
};

} // namespace Sluice
