// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/run/runplan.h"
#include "core/run/sweepjob.h"
#include "ui/request/sessionfile.h"
#include "ui/theme/mode.h"

#include <QMainWindow>
#include <QUndoGroup>

#include <functional>
#include <memory>

class QMenu;
class QSettings;
class QSplitter;

namespace Sluice {

struct BruConversion;
class ActionTable;
class CollectionModel;
class CollectionPanel;
class CommandPalette;
class DocumentArea;
class Engine;
class InterchangeController;
class MessageBar;
class RequestBuffer;
class RequestBuffers;
class RequestTab;
class RunController;
class RunTab;
class Secrets;
class SendController;
class SessionKeeper;
class TopBar;
class TreeEdits;
class TuningController;
class TuningTab;
class Workspace;

/** The one window: tree, tabs and whatever docks the program adds. */
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /** \a engine and \a settings outlive the window. */
    MainWindow(Engine *engine, QSettings *settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    ActionTable *actions() const { return m_actions; }
    Workspace *workspace() const { return m_workspace; }
    /** Adds \a dock and its entry in the View menu; before restore(). */
    void addDock(QDockWidget *dock, Qt::DockWidgetArea area);
    /** Undo and Redo also work on \a stack, when the newest edit was there. Not owned. */
    void addUndoStack(QUndoStack *stack);
    /** Puts docks and sizes back as they were left. */
    void restore();
    /** Says in the menu how the window looks, which applyTheme() has seen to. */
    void showAppearance(const Appearance &appearance);
    /** Opens a collection, a folder in one or a request file. */
    void open(const QString &path);
    RequestTab *currentRequest() const;
    /**
     * Keeps open tabs and unsaved edits in \a folder. Brings the unsaved edits of the last session
     * back, and with \a reopen all that was open.
     */
    void keepSessionIn(const QString &folder, bool reopen);
    /**
     * Writes \a limits into \a collection, else the current one; a step that can be undone. \a
     * beside does (1) and takes back (-1) what belongs to it; see TreeEdits::setLimits().
     */
    void saveLimits(const Limits &limits, const QString &collection = {},
                    const std::function<void(int by)> &beside = {});
    /** Variables over every environment, e.g. the port of the demo server. */
    void setOverrides(std::vector<NameValue> overrides);
    void showError(const Error &error);
    /** Shows how a request of a run ended; no-op when its tab is gone. */
    void showRunRequest(quint32 run, quint64 seq);
    /** Starts \a plan in a tab of its own; says so when another run is going on. */
    void startRun(const RunPlan &plan);
    /** Shows \a tab, which becomes the window's. */
    void addTuningTab(TuningTab *tab);
    /** Esc: cancels the current tab's request, else stops the run; the second time aborts it. */
    void stop();

signals:
    /** The collection in front, or its limits, changed; the usual ones when it has none. */
    void limitsFound(const Sluice::Limits &limits);
    void dispatchPauseToggled();
    /** What a sweep found is to hold. */
    void limitsApplied(const Sluice::FoundLimits &found);
    /** What happened in this part of time, of the engine's clock, is to be shown. */
    void timeChosen(qint64 beginUs, qint64 endUs);
    void runStarted();
    /** Nothing is to glide: the user said so, now or in an earlier session. */
    void reducedMotionChanged(bool reduced);
    /** Limits that are dragged are to act before the drag ends. */
    void limitsFollowDragChanged(bool follow);
    /** The live view is to be told anew so often. */
    void liveRateChosen(int perSecond);

protected:
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildLayout();
    void buildMenu();
    void connectParts();
    void connectActions();
    void connectTreeActions();
    void updateTreeActions();

    void openRequest(const QString &path, bool focus = true);
    RequestTab *addRequestTab(const std::shared_ptr<RequestBuffer> &buffer);
    /** Brings the tab of \a buffer to the front, and opens one if need be. */
    RequestTab *showBuffer(const std::shared_ptr<RequestBuffer> &buffer);
    RequestTab *tabOf(const QString &path) const;
    RequestTab *tabOf(const RequestBuffer *buffer) const;
    QList<RequestTab *> requestTabs() const;
    void newRequest();
    void saveAs(RequestTab *tab);
    void askName(const QString &title, const QString &name,
                 const std::function<void(const QString &)> &accepted);
    void moveCurrent(int by);
    void moveCurrentTo();
    void followFormat(const QString &root);
    void showConverted(const BruConversion &done);
    void itemChanged(const QString &from, const QString &to);
    void closePage(QWidget *page);
    void reopenTab();
    void pageChanged(QWidget *page);
    void updateLabel(RequestTab *tab);
    void updateTopBar();

    void send(RequestTab *tab);
    void runFolder(const QString &path);
    void exportFolder(const QString &path);
    void connectInterchange();
    void showIssues(const QStringList &lines);
    void addRunTab(RunTab *tab);
    void findLimit();
    VariableInputs variablesFor(const QString &collection) const;
    /** With what actions of earlier sends set, which no run, export or sweep is to depend on. */
    VariableInputs sendVariables(const QString &collection) const;
    QString currentCollection() const;
    QString environmentName(const QString &collection) const;
    void setEnvironment(const QString &collection, const QString &name);
    void connectAppearance();
    void applyAppearance();
    void setReducedMotion(bool reduced);
    void setLimitsFollowDrag(bool follow);
    void askLiveRate();
    void restoreLiveRate();
    void showEnvironment(const QString &collection);
    void editEnvironments();
    void openPalette();
    void showAbout();
    QList<QWidget *> panels() const;
    void stepPanel(int by);
    void stepHistory(int by);
    void showSession(const Session &session, bool reopen);
    Session collectSession() const;
    void touchSession();

    Engine *m_engine = nullptr;
    QSettings *m_settings = nullptr;
    ActionTable *m_actions = nullptr;
    CollectionModel *m_model = nullptr;
    Workspace *m_workspace = nullptr;
    TreeEdits *m_edits = nullptr;
    SendController *m_sender = nullptr;
    RunController *m_runner = nullptr;
    TuningController *m_tuner = nullptr;
    InterchangeController *m_interchange = nullptr;

    TopBar *m_top = nullptr;
    QSplitter *m_splitter = nullptr;
    CollectionPanel *m_panel = nullptr;
    DocumentArea *m_documents = nullptr;
    MessageBar *m_message = nullptr;
    CommandPalette *m_palette = nullptr;
    QMenu *m_viewMenu = nullptr;
    RequestBuffers *m_buffers = nullptr;
    Secrets *m_secrets = nullptr;
    SessionKeeper *m_session = nullptr;
    QStringList m_reopening; ///< Collections of the last session that are not open yet.
    std::vector<NameValue> m_overrides;
    QHash<QString, CapturedVariables> m_captured; ///< By collection; never written to a file.
    QString m_limitsOf;                           ///< The collection whose limits were told last.
    QUndoGroup m_undo;
    std::vector<std::shared_ptr<RequestBuffer>> m_closed; ///< Newest last.
    bool m_sideBySide = false;
    Appearance m_appearance;
};

} // namespace Sluice
