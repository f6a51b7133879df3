// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/secretsdialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Sluice {

SecretsDialog::SecretsDialog(const QString &environment, const QStringList &names,
                             const QString &problem, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Secrets of %1").arg(environment));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(16, 16, 16, 16);
    for (const QString &name : names) {
        auto *field = new QLineEdit(this);
        field->setEchoMode(QLineEdit::Password);
        field->setMinimumWidth(300);
        field->setObjectName(name);
        form->addRow(name, field);
        m_fields.insert(name, field);
    }
    auto *note = new QLabel(
        problem.isEmpty()
            ? tr("They are kept in the system's keychain, never in a file.")
            : tr("There is no usable keychain here (%1): they are kept in memory only, until "
                 "Sluice is closed.")
                  .arg(problem),
        this);
    note->setObjectName(u"secretNote"_s);
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(note);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(tr("Use"), QDialogButtonBox::AcceptRole)->setDefault(true);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QMap<QString, QString> SecretsDialog::values() const
{
    QMap<QString, QString> values;
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it) {
        if (!it.value()->text().isEmpty())
            values.insert(it.key(), it.value()->text());
    }
    return values;
}

} // namespace Sluice
