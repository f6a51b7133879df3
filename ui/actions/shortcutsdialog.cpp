// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/shortcutsdialog.h"

#include "ui/actions/actiontable.h"
#include "ui/widgets/texttable.h"

#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

ShortcutsDialog::ShortcutsDialog(const ActionTable *actions, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(520, 620);
    std::vector<QStringList> rows;
    for (const QAction *action : actions->actions()) {
        QStringList keys;
        for (const QKeySequence &key : action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        if (!keys.isEmpty())
            rows.push_back({action->text(), keys.join(u", "_s)});
    }
    rows.push_back({tr("Go to tab 1 to 8, to the last tab"), u"Ctrl+1 … Ctrl+8, Ctrl+9"_s});
    rows.push_back({tr("Menu"), u"F10"_s});
    auto *model = new TextTableModel({tr("Command"), tr("Keys")}, {}, this);
    model->setRows(std::move(rows));
    QTableView *table = makeTextTable(model, windowTitle(), this);
    table->setColumnWidth(0, 300);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(table);
}

} // namespace Sluice
