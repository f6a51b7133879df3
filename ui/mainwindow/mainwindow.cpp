// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/mainwindow.h"

#include "core/collection/environments.h"
#include "core/run/engine.h"
#include "ui/actions/actiontable.h"
#include "ui/collection/collectionmodel.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/environmenttab.h"
#include "ui/collection/secrets.h"
#include "ui/collection/treeedits.h"
#include "ui/collection/workspace.h"
#include "ui/interchange/interchangecontroller.h"
#include "ui/mainwindow/documentarea.h"
#include "ui/mainwindow/emptypage.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/mainwindow/sendcontroller.h"
#include "ui/mainwindow/sessionkeeper.h"
#include "ui/mainwindow/topbar.h"
#include "ui/request/requestbuffers.h"
#include "ui/run/runcontroller.h"
#include "ui/run/runtab.h"
#include "ui/tuning/tuningcontroller.h"
#include "ui/tuning/tuningtab.h"
#include "ui/undo/collectionhistory.h"
#include "ui/undo/undokeys.h"
#include "ui/widgets/messagebar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

MainWindow::MainWindow(Engine *engine, QSettings *settings, QWidget *parent)
    : QMainWindow(parent), m_engine(engine), m_settings(settings), m_actions(new ActionTable(this)),
      m_model(new CollectionModel(this)), m_workspace(new Workspace(m_model, this)),
      m_edits(new TreeEdits(m_workspace, this)), m_sender(new SendController(engine, this)),
      m_runner(new RunController(engine, this)), m_tuner(new TuningController(engine, this)),
      m_interchange(new InterchangeController(this)), m_buffers(new RequestBuffers(this)),
      m_secrets(new Secrets(this))
{
    setWindowTitle(u"Sluice"_s);
    setAcceptDrops(true);
    setDockOptions(AnimatedDocks | AllowNestedDocks);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    resize(QSize(1600, 1000).boundedTo(screen()->availableSize()));
    buildLayout();
    buildMenu();
    connectParts();
    connectActions();
    connectInterchange();
    connectTreeActions();
    pageChanged(nullptr);
    const auto inRequest = [](const QWidget *widget) {
        while (widget && !qobject_cast<const RequestTab *>(widget))
            widget = widget->parentWidget();
        return widget != nullptr;
    };
    qApp->installEventFilter(new UndoKeys(inRequest, this));
}

MainWindow::~MainWindow()
{
    // The stacks of the tabs end later than the group that follows them.
    for (QUndoStack *stack : m_undo.stacks())
        stack->disconnect(this);
}

void MainWindow::buildLayout()
{
    m_top = new TopBar(this);
    setMenuWidget(m_top);
    m_panel = new CollectionPanel(m_model, this);
    m_message = new MessageBar(this);
    m_documents = new DocumentArea(this);
    m_documents->setEmptyPage(new EmptyPage(m_actions, this));
    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_documents, 1);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_panel);
    m_splitter->addWidget(centre);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setCollapsible(1, false);
    m_splitter->setSizes({262, 1338});
    setCentralWidget(m_splitter);
}

void MainWindow::connectParts()
{
    connect(m_workspace, &Workspace::failed, this, &MainWindow::showError);
    connect(m_workspace, &Workspace::mended, this, [this](const Error &error) {
        if (m_message->text() == error.toString())
            m_message->clear();
    });
    connect(m_workspace, &Workspace::opened, this,
            [this](const QString &root, const QString &path) {
                m_panel->select(path);
                updateTopBar();
                m_reopening.removeOne(root);
                touchSession();
                // A collection can be one file, which is no request.
                if (CollectionModel::opensInTab(m_model->indexOf(path)))
                    openRequest(path, false);
            });
    connect(m_workspace, &Workspace::environmentsChanged, this,
            [this](const QString &root) { setEnvironment(root, environmentName(root)); });
    connect(m_workspace, &Workspace::changedOnDisk, this, [this](const QString &root) {
        for (RequestTab *tab : requestTabs()) {
            if (tab->collectionPath() == root)
                tab->checkFile();
        }
    });
    connect(m_workspace, &Workspace::settingsChanged, this,
            [this](const QString &root, const FolderSpec &before) {
                updateTopBar();
                const std::optional<Limits> limits = m_workspace->settings(root).limits;
                if (limits != before.limits && root == m_limitsOf)
                    emit limitsFound(limits.value_or(Limits{}));
            });
    connect(m_secrets, &Secrets::changed, this, &MainWindow::showEnvironment);
    connect(m_secrets, &Secrets::unavailable, this, [this](const QString &reason) {
        m_message->showMessage(tr("The system's keychain cannot be used: %1. Secrets are kept in "
                                  "memory until Sluice is closed.")
                                   .arg(reason),
                               false);
    });
    connect(m_panel, &CollectionPanel::openRequested, this,
            [this](const QString &path) { openRequest(path, false); });
    connect(m_documents, &DocumentArea::currentChanged, this, &MainWindow::pageChanged);
    connect(m_documents, &DocumentArea::closeRequested, this, &MainWindow::closePage);
    connect(m_documents, &DocumentArea::newRequested, this, &MainWindow::newRequest);
    connect(m_top, &TopBar::environmentChosen, this,
            [this](const QString &name) { setEnvironment(currentCollection(), name); });
    connect(m_top, &TopBar::paletteRequested, this, &MainWindow::openPalette);
    connect(m_buffers, &RequestBuffers::changed, this, &MainWindow::touchSession);
    connect(m_buffers, &RequestBuffers::revealRequested, this,
            [this](const std::shared_ptr<RequestBuffer> &buffer) { showBuffer(buffer); });
    connect(m_sender, &SendController::captured, this,
            [this](const QString &collection, const std::vector<CapturedVariable> &variables) {
                m_captured[collection].setAll(variables);
                showEnvironment(collection);
            });
    connect(m_runner, &RunController::started, this, &MainWindow::addRunTab);
    connect(m_runner, &RunController::failed, this, &MainWindow::showError);
    connect(m_runner, &RunController::shown, this,
            [this](RunTab *tab) { m_documents->setCurrentPage(tab); });
    connect(m_tuner, &TuningController::opened, this, &MainWindow::addTuningTab);
    connect(m_tuner, &TuningController::failed, this, &MainWindow::showError);
}

void MainWindow::open(const QString &path)
{
    m_workspace->open(path);
}

void MainWindow::stepHistory(int by)
{
    if (auto *history = qobject_cast<CollectionHistory *>(m_undo.activeStack()))
        history->step(by);
    else if (by < 0)
        m_undo.undo();
    else
        m_undo.redo();
}

void MainWindow::saveLimits(const Limits &limits, const QString &collection,
                            const std::function<void(int by)> &beside)
{
    const QString root = collection.isEmpty() ? currentCollection() : collection;
    if (root.isEmpty())
        showError({ErrorCode::Usage, tr("Open a collection first (Ctrl+O), then save into it.")});
    else
        m_edits->setLimits(root, limits, beside);
}

void MainWindow::addUndoStack(QUndoStack *stack)
{
    m_undo.addStack(stack);
    connect(stack, &QUndoStack::indexChanged, this, [this, stack] {
        // A stack that is being destroyed has left the group, and still tells of its end.
        if (m_undo.stacks().contains(stack))
            m_undo.setActiveStack(stack);
    });
}

QString MainWindow::currentCollection() const
{
    const RequestTab *tab = currentRequest();
    if (tab && !tab->collectionPath().isEmpty())
        return tab->collectionPath();
    const QString selected = m_workspace->rootOf(m_panel->currentPath());
    return selected.isEmpty() ? m_workspace->roots().value(0) : selected;
}

void MainWindow::updateTopBar()
{
    const QString root = currentCollection();
    const QString name = m_workspace->settings(root).name;
    m_top->setCollection(root.isEmpty() || !name.isEmpty() ? name : QFileInfo(root).fileName(),
                         root);
    QStringList names;
    for (const EnvironmentSpec &environment : m_workspace->environments(root))
        names << environment.name;
    m_top->setEnvironments(names, environmentName(root));
    m_actions->action(u"tree.convert"_s)
        ->setVisible(m_workspace->format(root) == CollectionFormat::Bru);
    // A run keeps the limits that it began with.
    if (root != m_limitsOf && !m_runner->isRunning() && m_workspace->roots().contains(root)) {
        m_limitsOf = root;
        emit limitsFound(m_workspace->settings(root).limits.value_or(Limits{}));
    }
    setWindowTitle(name.isEmpty() ? u"Sluice"_s : tr("%1 – Sluice").arg(name));
}

void MainWindow::showError(const Error &error)
{
    m_message->showMessage(error.toString(), true);
}

/** The keyboard is somewhere from the start, so that every shortcut works before the first click.
 */
void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!focusWidget())
        m_panel->focusTree();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (!url.isLocalFile())
            continue;
        const QString path = url.toLocalFile();
        static const QStringList foreign{u"json"_s, u"har"_s, u"sh"_s, u"txt"_s};
        if (foreign.contains(QFileInfo(path).suffix().toLower()))
            m_interchange->importFile(path);
        else
            open(path);
    }
}

} // namespace Sluice
