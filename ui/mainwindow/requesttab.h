// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"
#include "ui/request/variables.h"
#include "ui/undo/speccommand.h"

#include <QUndoStack>
#include <QWidget>

#include <array>
#include <memory>

class QSplitter;

namespace Sluice {

class MessageBar;
class RequestBar;
class RequestPanel;
class ResponseView;
class UnderlineTabs;

/**
 * One open request: its editor over its response. Holds the request as edited and as it is in the
 * file; every edit is a step on its undo stack. Reading and writing happens in a pool thread.
 */
class RequestTab final : public QWidget
{
    Q_OBJECT

public:
    /** A request of a collection, or with an empty path one that is not saved anywhere yet. */
    explicit RequestTab(RequestInContext context, QWidget *parent = nullptr);
    ~RequestTab() override;

    const QString &path() const { return m_context.path; }
    /** The file was renamed or moved. */
    void setPath(const QString &path);
    const QString &collectionPath() const { return m_context.collectionPath; }
    const RequestSpec &spec() const { return m_context.request; }
    /** The request as edited, with all that it inherits. */
    const RequestInContext &context() const { return m_context; }
    QString title() const;
    bool isDirty() const { return m_context.request != m_saved; }
    bool isSending() const { return m_sending; }
    QUndoStack *undoStack() { return &m_undo; }

    void setEnvironment(const EnvironmentSpec &environment);
    void setSending(bool sending);
    void showResult(std::shared_ptr<const SendResult> result);
    /** Writes the edits into the file; saved() or an inline message follows. */
    void save();
    /** The file was written by somebody, perhaps by us: compares and tells or reloads. */
    void checkFile();
    /** Shows \a spec as edits that are not saved. */
    void takeDraft(const RequestSpec &spec);
    void focusUrl();
    void findInResponse();
    void setSideBySide(bool sideBySide);
    ResponseView *responseView() const { return m_response; }

signals:
    void sendRequested();
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
    /** Shows \a spec everywhere, e.g. for undo. */
    void present(const RequestSpec &spec);
    void updateTitles();
    void takeFromDisk(const RequestInContext &context);
    void write(const RequestSpec &expectedOnDisk);

    RequestInContext m_context;
    RequestSpec m_saved;
    VariableLookup m_variables;
    QUndoStack m_undo;
    bool m_sending = false;
    bool m_showing = false;

    MessageBar *m_message = nullptr;
    RequestBar *m_bar = nullptr;
    UnderlineTabs *m_tabs = nullptr;
    QSplitter *m_splitter = nullptr;
    ResponseView *m_response = nullptr;
    std::array<RequestPanel *, PageCount> m_panels{};
};

} // namespace Sluice
