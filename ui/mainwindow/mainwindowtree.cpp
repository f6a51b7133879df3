// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actiontable.h"
#include "ui/collection/collectionpanel.h"
#include "ui/collection/workspace.h"
#include "ui/mainwindow/mainwindow.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace Sluice {

void MainWindow::connectTreeActions()
{
    connect(m_actions->action(u"file.closeCollection"_s), &QAction::triggered, this, [this] {
        const QString root = currentCollection();
        if (!root.isEmpty())
            m_workspace->close(root);
        updateTopBar();
    });
}

void MainWindow::saveAs(RequestTab *) {}

} // namespace Sluice
