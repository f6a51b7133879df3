// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/undo/undokeys.h"

#include <QAbstractItemView>
#include <QKeyEvent>

namespace Sluice {

namespace {

/** The line that edits a table's cell: until Enter its text is nobody else's. */
bool isCellEditor(const QWidget *widget)
{
    const QWidget *viewport = widget->parentWidget();
    return viewport && qobject_cast<const QAbstractItemView *>(viewport->parentWidget());
}

} // namespace

UndoKeys::UndoKeys(Applies applies, QObject *parent)
    : QObject(parent), m_applies(std::move(applies))
{
}

bool UndoKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto *key = dynamic_cast<const QKeyEvent *>(event);
    const auto *widget = qobject_cast<const QWidget *>(watched);
    if (!key || !widget || !(key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo))
        || isCellEditor(widget) || !m_applies(widget))
        return false;
    event->ignore();
    return true;
}

} // namespace Sluice
