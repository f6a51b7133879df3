// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/shortcutsdialog.h"

#include "ui/actions/actiontable.h"
#include "ui/widgets/texttable.h"

#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Those that hold while a chart of the live view has the keyboard. */
void addChartKeys(std::vector<QStringList> &rows)
{
    const std::pair<QString, QString> keys[] = {
        {ShortcutsDialog::tr("previous, next sample"), u"Left, Right"_s},
        {ShortcutsDialog::tr("ten samples"), u"Ctrl+Left, Ctrl+Right"_s},
        {ShortcutsDialog::tr("series or row above, below"), u"Up, Down"_s},
        {ShortcutsDialog::tr("to the left edge; back to now"), u"Home, End"_s},
        {ShortcutsDialog::tr("to the last activity"), u"Ctrl+End"_s},
        {ShortcutsDialog::tr("mark a range"), u"Shift+Left, Shift+Right"_s},
        {ShortcutsDialog::tr("scroll back, forward"), u"PgUp, PgDown"_s},
        {ShortcutsDialog::tr("zoom; the usual time"), u"Ctrl++, Ctrl+-, Ctrl+0"_s},
        {ShortcutsDialog::tr("pause the view"), u"Space"_s},
        {ShortcutsDialog::tr("chart or table"), u"Ctrl+D"_s},
        {ShortcutsDialog::tr("add a note"), u"Ctrl+M"_s},
        {ShortcutsDialog::tr("what can be taken out"), u"Menu, Shift+F10"_s},
        {ShortcutsDialog::tr("take back what is marked, then leave"), u"Esc"_s},
        {ShortcutsDialog::tr("limit: by one, by five, along the ladder"),
         u"Up, Down, Shift+Up, Shift+Down, PgUp, PgDown"_s},
        {ShortcutsDialog::tr("limit: apply, take back"), u"Enter, Esc"_s},
    };
    for (const auto &[what, key] : keys)
        rows.push_back({ShortcutsDialog::tr("Live view: %1").arg(what), key});
}

} // namespace

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
    addChartKeys(rows);
    auto *model = new TextTableModel({tr("Command"), tr("Keys")}, {}, this);
    model->setRows(std::move(rows));
    QTableView *table = makeTextTable(model, windowTitle(), this);
    table->setColumnWidth(0, 300);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(table);
}

} // namespace Sluice
