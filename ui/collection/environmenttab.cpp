// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/environmenttab.h"

#include "core/collection/environments.h"
#include "core/environment/secretstore.h"
#include "ui/collection/environmentmodel.h"
#include "ui/collection/treeedits.h"
#include "ui/collection/variabledelegate.h"
#include "ui/collection/workspace.h"
#include "ui/theme/icons.h"
#include "ui/widgets/flattable.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/separator.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QSignalBlocker>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

EnvironmentTab::EnvironmentTab(const QString &root, const QString &current, Workspace *workspace,
                               TreeEdits *edits, SecretStore *secrets, QWidget *parent)
    : QWidget(parent), m_root(root), m_workspace(workspace), m_edits(edits), m_secrets(secrets)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    buildLayout();
    connectParts();
    reload();
    showEnvironment(current);
}

QString EnvironmentTab::title() const
{
    return tr("Environments");
}

QWidget *EnvironmentTab::makeSide()
{
    auto *side = new QWidget(this);
    side->setMinimumWidth(160);
    m_list = new QListWidget(side);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Environments"));
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(8, 6, 8, 6);
    const auto addButton = [&](const QString &icon, const QString &text, auto slot) {
        auto *button = new QToolButton(side);
        button->setIcon(themedIcon(icon));
        button->setAutoRaise(true);
        button->setToolTip(text);
        button->setAccessibleName(text);
        connect(button, &QToolButton::clicked, this, slot);
        buttons->addWidget(button);
        return button;
    };
    addButton(u"list-add"_s, tr("New environment"), &EnvironmentTab::add)
        ->setObjectName(u"addEnvironment"_s);
    addButton(u"edit-copy"_s, tr("Duplicate the environment"), &EnvironmentTab::duplicate);
    addButton(u"edit-delete"_s, tr("Delete the environment"), [this] {
        if (!m_current.isEmpty())
            m_edits->remove(m_current);
    });
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buttons);
    layout->addWidget(m_list, 1);
    return side;
}

void EnvironmentTab::buildLayout()
{
    m_message = new MessageBar(this);
    m_name = new QLabel(this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_name->setFont(bold);
    m_extends = new QComboBox(this);
    m_extends->setMinimumWidth(150);
    auto *extends = new QLabel(tr("E&xtends"), this);
    extends->setBuddy(m_extends);
    m_secretNote = new QLabel(this);
    m_secretNote->setObjectName(u"secretNote"_s);
    m_secretNote->setWordWrap(true);
    m_secretNote->setContentsMargins(12, 6, 12, 8);
    m_secretNote->setForegroundRole(QPalette::PlaceholderText);
    m_table = new FlatTable(this);
    m_model = new EnvironmentModel(
        [this](const EnvironmentVariable &variable) { return m_resolved.textOf(variable); },
        [this](const QString &name) {
            return m_secrets->value({m_root, m_written.name, name}).has_value();
        },
        this);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new VariableDelegate(m_table));
    m_table->setAccessibleName(tr("Variables"));
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed
                             | QAbstractItemView::SelectedClicked);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->resizeSection(EnvironmentModel::Name, 220);
    m_table->horizontalHeader()->resizeSection(EnvironmentModel::Value, 380);
    m_table->horizontalHeader()->resizeSection(EnvironmentModel::Secret, 70);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 6, 12, 6);
    head->setSpacing(8);
    head->addWidget(m_name);
    head->addStretch(1);
    head->addWidget(extends);
    head->addWidget(m_extends);
    auto *page = new QWidget(this);
    auto *right = new QVBoxLayout(page);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addLayout(head);
    right->addWidget(new Separator(this));
    right->addWidget(m_table, 1);
    right->addWidget(m_secretNote);
    auto *columns = new QSplitter(Qt::Horizontal, this);
    columns->setHandleWidth(1);
    columns->addWidget(makeSide());
    columns->addWidget(page);
    columns->setStretchFactor(1, 1);
    columns->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(columns, 1);
    setFocusProxy(m_table);
}

void EnvironmentTab::connectParts()
{
    auto *remove = new QAction(tr("Remove"), m_table);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(remove, &QAction::triggered, this, &EnvironmentTab::removeRows);
    connect(m_list, &QListWidget::currentRowChanged, this, &EnvironmentTab::showCurrent);
    connect(m_extends, &QComboBox::activated, this, &EnvironmentTab::write);
    connect(m_model, &EnvironmentModel::edited, this, &EnvironmentTab::write);
    connect(m_model, &EnvironmentModel::secretEdited, this,
            [this](const QString &name, const QString &value) {
                m_secrets->set({m_root, m_written.name, name}, value);
            });
    connect(m_model, &EnvironmentModel::secretRenamed, this,
            [this](const QString &from, const QString &to) {
                if (const auto value = m_secrets->value({m_root, m_written.name, from}))
                    m_secrets->set({m_root, m_written.name, to}, *value);
            });
    connect(m_workspace, &Workspace::environmentsChanged, this, [this](const QString &root) {
        // What was read while a write waits is older than what is shown.
        if (root == m_root && m_pendingWrites == 0)
            reload();
    });
    connect(m_edits, &TreeEdits::settingsChanged, this, [this](const QString &root) {
        if (root == m_root && m_pendingWrites > 0)
            --m_pendingWrites;
    });
    connect(m_edits, &TreeEdits::failed, this, [this] {
        // What could not be written is not shown as if it was.
        m_pendingWrites = 0;
        reload();
    });
    const auto follow = [this](auto signal) {
        connect(m_secrets, signal, this, [this] {
            m_model->refresh();
            updateSecretNote();
        });
    };
    follow(&SecretStore::loaded);
    follow(&SecretStore::stored);
    follow(&SecretStore::unavailable); // The note says why; so does the window, once.
}

const EnvironmentSpec *EnvironmentTab::find(const QString &name) const
{
    const auto found = std::ranges::find(m_all, name, &EnvironmentSpec::name);
    return found == m_all.end() ? nullptr : &*found;
}

void EnvironmentTab::reload()
{
    m_all = m_workspace->environments(m_root);
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    int current = m_all.empty() ? -1 : 0;
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        m_list->addItem(m_all[i].name);
        if (m_all[i].path == m_current)
            current = int(i);
    }
    m_list->setCurrentRow(current);
    showCurrent();
}

void EnvironmentTab::showEnvironment(const QString &name)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->text() == name)
            m_list->setCurrentRow(row);
    }
}

void EnvironmentTab::showCurrent()
{
    const int row = m_list->currentRow();
    const bool any = row >= 0 && row < int(m_all.size());
    m_written = any ? m_all[std::size_t(row)] : EnvironmentSpec{};
    m_current = m_written.path;
    m_table->setEnabled(any);
    m_extends->setEnabled(any);
    m_name->setText(any ? m_written.name : tr("No environment yet: add one with +"));
    m_extends->clear();
    m_extends->addItem(tr("Nothing"), QString());
    for (const EnvironmentSpec &other : m_all) {
        if (other.path != m_current)
            m_extends->addItem(other.name, other.name);
    }
    m_extends->setCurrentIndex(qMax(0, m_extends->findData(m_written.extends)));
    m_model->setSpec(m_written);
    updateResolved();
    updateSecretNote();
}

void EnvironmentTab::updateSecretNote()
{
    const bool any = std::ranges::any_of(m_written.variables, &EnvironmentVariable::secret);
    m_secretNote->setVisible(any);
    m_secretNote->setText(
        m_secrets->problem().isEmpty()
            ? tr("The values of secrets are in the system's keychain, never in the file.")
            : tr("There is no usable keychain here (%1): secrets are kept in memory only, until "
                 "Sluice is closed.")
                  .arg(m_secrets->problem()));
}

void EnvironmentTab::write()
{
    EnvironmentSpec wanted = m_model->spec();
    wanted.extends = m_extends->currentData().toString();
    if (wanted == m_written || m_current.isEmpty())
        return;
    updateResolved();
    ++m_pendingWrites;
    m_edits->setEnvironment(std::exchange(m_written, wanted), wanted);
}

void EnvironmentTab::add()
{
    EnvironmentSpec spec;
    spec.name = tr("new");
    for (int number = 2; find(spec.name); ++number)
        spec.name = tr("new %1").arg(number);
    m_edits->addEnvironment(m_root, spec);
}

void EnvironmentTab::duplicate()
{
    if (m_current.isEmpty())
        return;
    EnvironmentSpec copy = m_written;
    copy.name = tr("%1 copy").arg(m_written.name);
    m_edits->addEnvironment(m_root, copy);
}

void EnvironmentTab::removeRows()
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedIndexes()) {
        if (!m_model->isAddRow(index.row()) && !rows.contains(index.row()))
            rows << index.row();
    }
    std::ranges::sort(rows, std::greater());
    for (const int row : rows)
        m_model->removeRow(row);
}

void EnvironmentTab::updateResolved()
{
    std::vector<EnvironmentSpec> all = m_all;
    const EnvironmentSpec &edited = m_model->spec();
    const auto same = std::ranges::find(all, edited.path, &EnvironmentSpec::path);
    if (same != all.end())
        *same = edited;
    // It extends one that is not there, or itself: its own variables still hold.
    const EnvironmentSpec whole = resolveEnvironment(all, edited.name).value_or(edited);
    m_resolved = ResolvedValues(m_workspace->settings(m_root).defaults.variables, whole);
    m_model->refresh();
}

} // namespace Sluice
