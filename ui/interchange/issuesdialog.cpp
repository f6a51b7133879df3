// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/interchange/issuesdialog.h"

#include <QDialogButtonBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace Sluice {

IssuesDialog::IssuesDialog(const QStringList &lines, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Not taken over"));
    auto *text = new QPlainTextEdit(lines.join(u'\n'), this);
    text->setReadOnly(true);
    text->setAccessibleName(windowTitle());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(buttons);
    resize(720, 420);
}

} // namespace Sluice
