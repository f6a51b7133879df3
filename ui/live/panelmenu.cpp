// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/panelmenu.h"

#include "ui/live/chartexport.h"
#include "ui/live/savedialog.h"
#include "ui/live/timepanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Sluice {

void showPanelMenu(TimePanel *panel, QPoint globalPosition)
{
    auto *menu = new QMenu(panel);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(TimePanel::tr("Copy picture"), panel,
                    [panel] { QGuiApplication::clipboard()->setPixmap(panel->grab()); });
    menu->addAction(TimePanel::tr("Save picture\u2026"), panel, [panel] {
        askForFile(panel, TimePanel::tr("Save picture"),
                   TimePanel::tr("PNG picture (*.png);;SVG picture (*.svg)"), u"png"_s,
                   [panel](const QString &path) { return savePicture(*panel, path); });
    });
    menu->addAction(TimePanel::tr("Add note\u2026"), QKeySequence(Qt::CTRL | Qt::Key_M), panel,
                    &TimePanel::requestNote);
    menu->addSeparator();
    // The snapshot of now: what is saved is what was seen, however long the dialog stays open.
    const LiveSnapshotPtr snapshot = panel->snapshot();
    QAction *copy = menu->addAction(TimePanel::tr("Copy numbers as CSV"), panel, [panel, snapshot] {
        QGuiApplication::clipboard()->setText(panel->csv(*snapshot));
    });
    QAction *save = menu->addAction(TimePanel::tr("Save numbers\u2026"), panel, [panel, snapshot] {
        askForFile(
            panel, TimePanel::tr("Save numbers"), TimePanel::tr("CSV table (*.csv)"), u"csv"_s,
            [csv = panel->csv(*snapshot)](const QString &path) { return saveText(csv, path); });
    });
    copy->setEnabled(snapshot != nullptr);
    save->setEnabled(snapshot != nullptr);
    panel->addMenuEntries(menu);
    menu->popup(globalPosition);
}

} // namespace Sluice
