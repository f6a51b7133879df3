// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/collectionpanel.h"
#include "ui/live/livedock.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QDockWidget>

#include <algorithm>

namespace Sluice {

namespace {

bool takesKeys(const QWidget *widget)
{
    return widget && widget->isVisible() && widget->isEnabled()
           && widget->focusPolicy() & Qt::TabFocus;
}

/** Where in \a panel the keyboard goes: where it was, else where the panel wants it first. */
QWidget *entryOf(QWidget *panel)
{
    if (takesKeys(panel->focusWidget()))
        return panel->focusWidget();
    if (const auto *live = qobject_cast<LiveDock *>(panel); live && takesKeys(live->firstPanel()))
        return live->firstPanel();
    for (QWidget *next = panel->nextInFocusChain(); next != panel;
         next = next->nextInFocusChain()) {
        if (panel->isAncestorOf(next) && takesKeys(next))
            return next;
    }
    return nullptr;
}

} // namespace

/** In the order of reading, and only what is in sight and can take the keyboard. */
QList<QWidget *> MainWindow::panels() const
{
    QList<QWidget *> all{m_panel, m_documents};
    for (QDockWidget *dock : findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
        all << dock;
    all.removeIf([](QWidget *panel) { return !panel->isVisible() || !entryOf(panel); });
    return all;
}

void MainWindow::stepPanel(int by)
{
    const QList<QWidget *> all = panels();
    if (all.isEmpty())
        return;
    const auto current = std::ranges::find_if(
        all, [](const QWidget *panel) { return panel->isAncestorOf(QApplication::focusWidget()); });
    const qsizetype at = current == all.end() ? (by > 0 ? -1 : 0) : current - all.begin();
    QWidget *next = all[(at + by + all.size()) % all.size()];
    entryOf(next)->setFocus(Qt::ShortcutFocusReason);
}

} // namespace Sluice
