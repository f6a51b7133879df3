// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/savedialog.h"

#include "ui/widgets/worker.h"

#include <QFileDialog>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

void tellFailure(QWidget *parent, const Result<> &saved)
{
    if (saved)
        return;
    auto *message = new QMessageBox(QMessageBox::Warning, parent->window()->windowTitle(),
                                    saved.error().toString(), QMessageBox::Ok, parent);
    message->setAttribute(Qt::WA_DeleteOnClose);
    message->open();
}

void ask(QWidget *parent, const QString &title, const QString &filter, const QString &suffix,
         const std::function<void(const QString &)> &chosen)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &name) {
        // "PNG picture (*.png)"
        dialog->setDefaultSuffix(name.section(u"*."_s, 1, 1).section(u')', 0, 0));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
}

} // namespace

void askForFile(QWidget *parent, const QString &title, const QString &filter, const QString &suffix,
                std::function<Result<>(const QString &)> save)
{
    ask(parent, title, filter, suffix,
        [parent, save = std::move(save)](const QString &path) { tellFailure(parent, save(path)); });
}

void askForFileAndWork(QWidget *parent, const QString &title, const QString &filter,
                       const QString &suffix, std::function<Result<>(const QString &)> save)
{
    ask(parent, title, filter, suffix, [parent, save = std::move(save)](const QString &path) {
        runInWorker(
            parent, [save, path] { return save(path); },
            [parent](const Result<> &saved) { tellFailure(parent, saved); });
    });
}

} // namespace Sluice
