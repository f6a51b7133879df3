// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/panelmenu.h"

#include "ui/live/chartexport.h"
#include "ui/live/timepanel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>

#include <functional>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Asks for a file and hands it to \a save; says so when that fails. */
void askForFile(TimePanel *panel, const QString &title, const QString &filter,
                const QString &suffix, std::function<Result<>(const QString &)> save)
{
    auto *dialog = new QFileDialog(panel, title, QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, panel,
                     [panel, save = std::move(save)](const QString &path) {
                         const Result<> saved = save(path);
                         if (saved)
                             return;
                         auto *message =
                             new QMessageBox(QMessageBox::Warning, panel->window()->windowTitle(),
                                             saved.error().toString(), QMessageBox::Ok, panel);
                         message->setAttribute(Qt::WA_DeleteOnClose);
                         message->open();
                     });
    dialog->open();
}

} // namespace

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
    menu->addSeparator();
    // The snapshot of now: what is saved is what was seen, however long the dialog stays open.
    const LiveSnapshotPtr snapshot = panel->snapshot();
    QAction *copy = menu->addAction(TimePanel::tr("Copy numbers as CSV"), panel, [snapshot] {
        QGuiApplication::clipboard()->setText(seriesCsv(*snapshot));
    });
    QAction *save = menu->addAction(TimePanel::tr("Save numbers\u2026"), panel, [panel, snapshot] {
        askForFile(
            panel, TimePanel::tr("Save numbers"), TimePanel::tr("CSV table (*.csv)"), u"csv"_s,
            [snapshot](const QString &path) { return saveText(seriesCsv(*snapshot), path); });
    });
    copy->setEnabled(snapshot != nullptr);
    save->setEnabled(snapshot != nullptr);
    menu->popup(globalPosition);
}

} // namespace Sluice
