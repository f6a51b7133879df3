// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/savedialog.h"

#include <QFileDialog>
#include <QMessageBox>

namespace Sluice {

void askForFile(QWidget *parent, const QString &title, const QString &filter, const QString &suffix,
                std::function<Result<>(const QString &)> save)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [parent, save = std::move(save)](const QString &path) {
                         const Result<> saved = save(path);
                         if (saved)
                             return;
                         auto *message =
                             new QMessageBox(QMessageBox::Warning, parent->window()->windowTitle(),
                                             saved.error().toString(), QMessageBox::Ok, parent);
                         message->setAttribute(Qt::WA_DeleteOnClose);
                         message->open();
                     });
    dialog->open();
}

} // namespace Sluice
