// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"
#include "ui/request/requestbuffer.h"
#include "ui/request/variables.h"
#include "ui/undo/speccommand.h"

#include <QWidget>

#include <array>
#include <memory>

class QSplitter;
class QUndoStack;

namespace Sluice {

class MessageBar;
class RequestBar;
class RequestPanel;
class ResponseView;
class UnderlineTabs;

/**
 * One open request: its editor over its response. Every edit of its buffer is a step of the
 * collection's history. Reading and writing happens in a pool thread.
 */
class RequestTab final : public QWidget
{
    Q_OBJECT

public:
    /** \a history outlives the tab. */
    RequestTab(std::shared_ptr<RequestBuffer> buffer, QUndoStack *history,
               QWidget *parent = nullptr);
    ~RequestTab() override;

    const std::shared_ptr<RequestBuffer> &buffer() const { return m_buffer; }
    const QString &path() const { return m_buffer->path(); }
    const QString &collectionPath() const { return m_buffer->collectionPath(); }
    const RequestSpec &spec() const { return m_buffer->spec(); }
    /** The request as edited, with all that it inherits. */
    const RequestInContext &context() const { return m_buffer->context(); }
    QString title() const;
    bool isDirty() const { return m_buffer->isDirty(); }
    bool isSending() const { return m_sending; }
    QUndoStack *undoStack() const { return m_history; }

    void setVariables(VariableInputs variables);
    void setSending(bool sending);
    void showResult(std::shared_ptr<const SendResult> result);
    /** Writes the edits into the file; saved() or an inline message follows. */
    void save();
    /**
     * The file was written, moved or deleted by somebody, perhaps by us: compares, and reloads or
     * tells. What is shown here is never dropped for it.
     */
    void checkFile();
    void focusUrl();
    void findInResponse();
    void setSideBySide(bool sideBySide);
    ResponseView *responseView() const { return m_response; }

signals:
    void sendRequested();
    /** A curl command was pasted into the URL. */
    void curlPasted(const QString &text);
    void cancelRequested();
    /** Title, method or the unsaved mark changed. */
    void changed();
    void saved();
    /** There is no file yet; somebody must ask where to save. */
    void saveAsRequested();

private:
    enum Page {
        ParamsPage,
        HeadersPage,
        BodyPage,
        AuthPage,
        ChecksPage,
        SettingsPage,
        DocsPage,
        PageCount
    };

    void addPages();
    QWidget *makePanel(Page page);
    void panelEdited(Page page);
    void urlEdited(const QString &url);
    /** Takes \a spec as the edited request and records the step. */
    void edit(SpecPart part, RequestSpec spec);
    /** Shows the buffer's request in every part. */
    void showAll();
    void refreshVariables();
    void updateTitles();
    void beginWriting();
    void write(const RequestSpec &expectedOnDisk);
    void createFile();
    void compareWithDisk(const Result<RequestInContext> &onDisk);
    void tellUnreadable(const Error &error);
    void showFile(const RequestSpec &onDisk);
    void takeTheirs(const RequestSpec &onDisk);
    /** Shows a step of the history; the tab may be long closed then. */
    static SpecCommand::Apply showInBuffer(const std::shared_ptr<RequestBuffer> &buffer);
    void askAboutConflict(const RequestInContext &onDisk);
    void showDifference(const RequestInContext &onDisk);

    std::shared_ptr<RequestBuffer> m_buffer;
    QUndoStack *m_history;
    VariableMeanings m_variables;
    bool m_sending = false;
    bool m_showing = false;
    int m_writing = 0;         ///< Writes of the file that are on their way.
    bool m_checking = false;   ///< The file is being read.
    bool m_checkAgain = false; ///< When that is done: what is read may be from before.

    MessageBar *m_message = nullptr;
    RequestBar *m_bar = nullptr;
    UnderlineTabs *m_tabs = nullptr;
    QSplitter *m_splitter = nullptr;
    ResponseView *m_response = nullptr;
    std::array<RequestPanel *, PageCount> m_panels{};
};

} // namespace Sluice
