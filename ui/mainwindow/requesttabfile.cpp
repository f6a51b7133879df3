// SPDX-License-Identifier: GPL-3.0-or-later
// A request tab and its file: saving, and what others do to the file meanwhile.
#include "ui/mainwindow/requesttab.h"
#include "ui/request/differencedialog.h"
#include "ui/request/requestfile.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/worker.h"

#include <QUndoStack>

namespace Sluice {

void RequestTab::save()
{
    if (path().isEmpty())
        emit saveAsRequested();
    else if (isDirty())
        write(m_buffer->saved());
}

void RequestTab::beginWriting()
{
    ++m_writing;
    // What is being read may be from before the write.
    m_checkAgain = m_checkAgain || m_checking;
}

void RequestTab::write(const RequestSpec &expectedOnDisk)
{
    beginWriting();
    runInWorker(
        this,
        [file = path(), expectedOnDisk, written = spec()] {
            return saveRequest(file, expectedOnDisk, written);
        },
        [this, written = spec()](const Result<> &result) {
            --m_writing;
            if (result) {
                m_message->clear();
                m_buffer->setSaved(written);
                emit saved();
            } else if (result.error().code == ErrorCode::ChangedOnDisk
                       || result.error().code == ErrorCode::FileNotFound) {
                m_checkAgain = true;
            } else {
                m_message->showMessage(result.error().toString(), true);
            }
            if (std::exchange(m_checkAgain, false))
                checkFile();
        });
}

void RequestTab::createFile()
{
    beginWriting();
    runInWorker(
        this, [file = path(), written = spec()] { return createRequestFile(file, written); },
        [this, written = spec()](const Result<> &result) {
            --m_writing;
            if (result) {
                m_buffer->setSaved(written);
                emit saved();
            } else {
                m_message->showMessage(result.error().toString(), true);
            }
            if (std::exchange(m_checkAgain, false))
                checkFile();
        });
}

void RequestTab::checkFile()
{
    if (path().isEmpty())
        return;
    // One at a time: two readings may come in the wrong order, and the older one last.
    if (m_checking || m_writing > 0) {
        m_checkAgain = true;
        return;
    }
    m_checking = true;
    runInWorker(
        this, [file = path()] { return readRequest(file); },
        [this, file = path()](const Result<RequestInContext> &onDisk) {
            m_checking = false;
            if (m_writing > 0)
                return;
            if (std::exchange(m_checkAgain, false) || file != path())
                checkFile();
            else
                compareWithDisk(onDisk);
        });
}

void RequestTab::compareWithDisk(const Result<RequestInContext> &onDisk)
{
    if (!onDisk) {
        tellUnreadable(onDisk.error());
        return;
    }
    m_buffer->setFileBack();
    m_buffer->setDefaults(onDisk->defaults);
    if (onDisk->request == m_buffer->saved())
        m_message->clear();
    else if (m_buffer->takeNameAndPlace(onDisk->request))
        m_message->clear();
    else if (!isDirty() || onDisk->request == spec())
        showFile(onDisk->request);
    else
        askAboutConflict(*onDisk);
}

void RequestTab::tellUnreadable(const Error &error)
{
    if (error.code != ErrorCode::FileNotFound) {
        m_message->showMessage(tr("%1\nWhat you see here is kept, and the file is left as it is.")
                                   .arg(error.toString()),
                               true);
        return;
    }
    // This may be the only copy now: it counts as unsaved.
    m_buffer->setFileGone();
    m_message->showMessage(
        tr("The file was moved or deleted on disk. What you see here is kept as unsaved edits."),
        false, {{tr("Save it again"), [this] { createFile(); }}, {tr("Save as…"), [this] {
                                                                      emit saveAsRequested();
                                                                  }}});
}

void RequestTab::showFile(const RequestSpec &onDisk)
{
    m_message->clear();
    m_buffer->setSaved(onDisk);
    if (onDisk != spec())
        m_buffer->present(onDisk);
}

void RequestTab::takeTheirs(const RequestSpec &onDisk)
{
    const RequestSpec mine = spec();
    showFile(onDisk);
    m_history->push(std::make_unique<SpecCommand>(tr("loading of the file"), mine, onDisk,
                                                  showInBuffer(m_buffer))
                        .release());
}

void RequestTab::askAboutConflict(const RequestInContext &onDisk)
{
    m_message->showMessage(
        tr("The file was changed on disk by another program, and this tab has edits of its own."),
        false,
        {{tr("Keep mine"), [this, disk = onDisk.request] { write(disk); }},
         {tr("Take theirs"), [this, disk = onDisk.request] { takeTheirs(disk); }},
         {tr("Show difference"), [this, onDisk] { showDifference(onDisk); }}});
}

void RequestTab::showDifference(const RequestInContext &onDisk)
{
    // The choice stays open until it is made.
    askAboutConflict(onDisk);
    runInWorker(
        this, [file = path(), mine = spec()] { return differenceToFile(file, mine); },
        [this](const Result<std::vector<DiffLine>> &lines) {
            if (!lines) {
                m_message->showMessage(lines.error().toString(), true);
                return;
            }
            auto *dialog =
                new DifferenceDialog(tr("%1: mine and theirs").arg(title()), *lines, this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->open();
        });
}

} // namespace Sluice
