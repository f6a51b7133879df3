// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/jsontreeview.h"

#include "ui/response/jsonmodel.h"
#include "ui/widgets/worker.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** A body with fewer values opens two levels deep at once. */
constexpr std::size_t UnfoldedNodes = 200;

} // namespace

JsonTreeView::JsonTreeView(QWidget *parent)
    : QWidget(parent), m_model(new JsonModel(this)), m_view(new QTreeView(this)),
      m_note(new QLabel(this))
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Response body as a tree"));
    m_view->setObjectName(u"jsonTree"_s);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformRowHeights(true);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->header()->setStretchLastSection(true);
    m_view->header()->resizeSection(JsonModel::Name, 260);
    m_note->setContentsMargins(12, 8, 12, 8);
    m_note->setWordWrap(true);
    m_note->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_view, 1);
    addCopyActions();
}

void JsonTreeView::addCopyActions()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, auto textOf) {
        auto *action = new QAction(text, m_view);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, textOf] {
            const QModelIndex current = m_view->currentIndex();
            if (current.isValid())
                QApplication::clipboard()->setText(
                    textOf(*m_model->tree(), m_model->node(current)));
        });
        m_view->addAction(action);
    };
    add(tr("Copy value"), QKeySequence::Copy, [](const JsonTree &tree, JsonTree::Node node) {
        return tree.isContainer(node) ? QString::fromUtf8(tree.raw(node)) : tree.display(node);
    });
    add(tr("Copy path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        [](const JsonTree &tree, JsonTree::Node node) { return tree.path(node); });
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void JsonTreeView::setBody(const QByteArray &body)
{
    const quint64 generation = ++m_generation;
    runInWorker(
        this, [body] { return JsonTree::parse(body); },
        [this, generation](const Result<JsonTreePtr> &tree) {
            if (generation == m_generation)
                take(tree);
        });
}

void JsonTreeView::take(const Result<JsonTreePtr> &tree)
{
    m_model->setTree(tree ? *tree : nullptr);
    m_note->setText(tree ? QString() : tree.error().toString());
    m_note->setVisible(!tree);
    m_view->setVisible(tree.has_value());
    if (tree && (*tree)->size() <= UnfoldedNodes)
        m_view->expandToDepth(1);
}

} // namespace Sluice
