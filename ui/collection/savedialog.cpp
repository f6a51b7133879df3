// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/savedialog.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Sluice {

SaveDialog::SaveDialog(const QString &title, const QString &name, QWidget *parent)
    : QDialog(parent), m_name(new QLineEdit(name, this)), m_folder(new QComboBox(this))
{
    setWindowTitle(title);
    m_name->setMinimumWidth(320);
    m_name->setObjectName(u"name"_s);
    m_name->selectAll();
    m_folder->setEditable(true);
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->completer()->setFilterMode(Qt::MatchContains);
    m_folder->completer()->setCompletionMode(QCompleter::PopupCompletion);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("Save"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Folder"), m_folder);
    form->addRow(buttons);
    form->setRowVisible(m_folder, false);
    connect(m_name, &QLineEdit::textChanged, this, &SaveDialog::validate);
    connect(m_folder, &QComboBox::currentTextChanged, this, &SaveDialog::validate);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    validate();
}

void SaveDialog::setTargets(const std::vector<SaveTarget> &targets, const QString &current)
{
    for (const SaveTarget &target : targets)
        m_folder->addItem(target.label, target.path);
    m_folder->setCurrentIndex(qMax(0, m_folder->findData(current)));
    qobject_cast<QFormLayout *>(layout())->setRowVisible(m_folder, true);
    validate();
}

void SaveDialog::fixName()
{
    m_name->setReadOnly(true);
    m_folder->setFocus();
}

QString SaveDialog::name() const
{
    return m_name->text().trimmed();
}

QString SaveDialog::folder() const
{
    return m_folder->itemData(m_folder->findText(m_folder->currentText())).toString();
}

void SaveDialog::validate()
{
    m_save->setEnabled(!name().isEmpty() && (m_folder->count() == 0 || !folder().isEmpty()));
}

} // namespace Sluice
