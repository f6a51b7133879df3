// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/emptypage.h"

#include "ui/actions/actiontable.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Sluice {

EmptyPage::EmptyPage(ActionTable *actions, QWidget *parent) : QWidget(parent)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(8);
    int row = 0;
    for (const auto &id : {u"file.newRequest"_s, u"file.openCollection"_s, u"view.commands"_s}) {
        QAction *action = actions->action(id);
        auto *button = new QPushButton(action->text(), this);
        button->setMinimumWidth(220);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        auto *key = new QLabel(action->shortcut().toString(QKeySequence::NativeText), this);
        key->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(button, row, 0);
        grid->addWidget(key, row++, 1);
    }
    auto *layout = new QGridLayout(this);
    layout->addLayout(grid, 0, 0, Qt::AlignCenter);
}

} // namespace Sluice
