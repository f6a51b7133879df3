// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actiontable.h"

#include "ui/theme/icons.h"

#include <QCoreApplication>
#include <QWidget>

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct Row
{
    QLatin1StringView id;
    const char *text;
    std::array<QLatin1StringView, 3> keys{};
    QLatin1StringView icon{};
};

// No Ctrl+Alt+letter: AltGr reports as that. Ctrl+R is free: tools disagree on what it does.
constexpr std::array Rows{
    Row{"file.newRequest"_L1,
        QT_TRANSLATE_NOOP("Actions", "New request"),
        {"Ctrl+N"_L1, "Ctrl+T"_L1},
        "document-new"_L1},
    Row{"file.openCollection"_L1,
        QT_TRANSLATE_NOOP("Actions", "Open collection…"),
        {"Ctrl+O"_L1},
        "document-open"_L1},
    Row{"file.closeCollection"_L1, QT_TRANSLATE_NOOP("Actions", "Close collection")},
    Row{"file.save"_L1, QT_TRANSLATE_NOOP("Actions", "Save"), {"Ctrl+S"_L1}, "document-save"_L1},
    Row{"file.saveAs"_L1, QT_TRANSLATE_NOOP("Actions", "Save as…"), {"Ctrl+Shift+S"_L1}},
    Row{"file.saveLimits"_L1, QT_TRANSLATE_NOOP("Actions", "Save the limits in the collection")},
    Row{"file.import"_L1, QT_TRANSLATE_NOOP("Actions", "Import…")},
    Row{"file.exportAs"_L1, QT_TRANSLATE_NOOP("Actions", "Export as…")},
    Row{"file.closeTab"_L1, QT_TRANSLATE_NOOP("Actions", "Close tab"), {"Ctrl+W"_L1}},
    Row{"file.reopenTab"_L1,
        QT_TRANSLATE_NOOP("Actions", "Reopen closed tab"),
        {"Ctrl+Shift+T"_L1}},
    Row{"file.quit"_L1, QT_TRANSLATE_NOOP("Actions", "Quit"), {"Ctrl+Q"_L1}},
    Row{"edit.undo"_L1, QT_TRANSLATE_NOOP("Actions", "Undo"), {"Ctrl+Z"_L1}},
    Row{"edit.redo"_L1, QT_TRANSLATE_NOOP("Actions", "Redo"), {"Ctrl+Shift+Z"_L1, "Ctrl+Y"_L1}},
    Row{"edit.paste"_L1,
        QT_TRANSLATE_NOOP("Actions", "Paste a curl command or a URL"),
        {"Ctrl+V"_L1}},
    Row{"request.send"_L1,
        QT_TRANSLATE_NOOP("Actions", "Send request"),
        {"Ctrl+Return"_L1, "Ctrl+Enter"_L1, "F5"_L1},
        "media-playback-start"_L1},
    Row{"request.focusUrl"_L1, QT_TRANSLATE_NOOP("Actions", "Go to the URL"), {"Ctrl+L"_L1}},
    Row{"request.find"_L1,
        QT_TRANSLATE_NOOP("Actions", "Find in the response"),
        {"Ctrl+F"_L1},
        "edit-find"_L1},
    Row{"run.folder"_L1,
        QT_TRANSLATE_NOOP("Actions", "Run folder…"),
        {"F6"_L1},
        "media-playback-start"_L1},
    Row{"run.findLimit"_L1, QT_TRANSLATE_NOOP("Actions", "Find the limit…"), {"Shift+F6"_L1}},
    Row{"run.stop"_L1,
        QT_TRANSLATE_NOOP("Actions", "Stop (again: abort)"),
        {"Esc"_L1},
        "media-playback-stop"_L1},
    Row{"run.pause"_L1, QT_TRANSLATE_NOOP("Actions", "Pause dispatch"), {"Ctrl+Shift+P"_L1}},
    Row{"run.endHolds"_L1, QT_TRANSLATE_NOOP("Actions", "Go on with hosts on hold")},
    Row{"tree.rename"_L1, QT_TRANSLATE_NOOP("Actions", "Rename…"), {}, "edit-rename"_L1},
    Row{"tree.duplicate"_L1,
        QT_TRANSLATE_NOOP("Actions", "Duplicate"),
        {"Ctrl+D"_L1},
        "edit-copy"_L1},
    Row{"tree.moveUp"_L1, QT_TRANSLATE_NOOP("Actions", "Move up"), {"Alt+Up"_L1}},
    Row{"tree.moveDown"_L1, QT_TRANSLATE_NOOP("Actions", "Move down"), {"Alt+Down"_L1}},
    Row{"tree.moveTo"_L1, QT_TRANSLATE_NOOP("Actions", "Move to folder…")},
    Row{"tree.delete"_L1, QT_TRANSLATE_NOOP("Actions", "Delete"), {}, "edit-delete"_L1},
    Row{"tree.convert"_L1, QT_TRANSLATE_NOOP("Actions", "Convert from .bru to .yml")},
    Row{"tree.newFolder"_L1, QT_TRANSLATE_NOOP("Actions", "New folder…"), {}, "folder-new"_L1},
    Row{"view.commands"_L1,
        QT_TRANSLATE_NOOP("Actions", "Search or run a command"),
        {"Ctrl+K"_L1, "Ctrl+P"_L1},
        "edit-find"_L1},
    Row{"view.environment"_L1,
        QT_TRANSLATE_NOOP("Actions", "Switch environment"),
        {"Ctrl+Shift+E"_L1}},
    Row{"view.environments"_L1, QT_TRANSLATE_NOOP("Actions", "Edit environments"), {"Ctrl+E"_L1}},
    Row{"view.filter"_L1, QT_TRANSLATE_NOOP("Actions", "Filter the tree"), {"Ctrl+Shift+F"_L1}},
    Row{"view.tree"_L1, QT_TRANSLATE_NOOP("Actions", "Show the tree"), {"Ctrl+B"_L1, "Ctrl+\\"_L1}},
    Row{"view.sideBySide"_L1,
        QT_TRANSLATE_NOOP("Actions", "Response beside the request"),
        {"Ctrl+J"_L1}},
    Row{"view.themeSystem"_L1, QT_TRANSLATE_NOOP("Actions", "Theme: as the desktop")},
    Row{"view.themeLight"_L1, QT_TRANSLATE_NOOP("Actions", "Theme: light")},
    Row{"view.themeDark"_L1, QT_TRANSLATE_NOOP("Actions", "Theme: dark")},
    Row{"view.highContrast"_L1, QT_TRANSLATE_NOOP("Actions", "High contrast")},
    Row{"view.reducedMotion"_L1, QT_TRANSLATE_NOOP("Actions", "Reduced motion")},
    // F6 runs a folder here, so the parts of the window are gone through with Ctrl+F6.
    Row{"view.nextPanel"_L1, QT_TRANSLATE_NOOP("Actions", "Next panel"), {"Ctrl+F6"_L1}},
    Row{"view.previousPanel"_L1,
        QT_TRANSLATE_NOOP("Actions", "Previous panel"),
        {"Ctrl+Shift+F6"_L1}},
    Row{"view.nextTab"_L1, QT_TRANSLATE_NOOP("Actions", "Next tab"), {"Ctrl+Tab"_L1}},
    Row{"view.previousTab"_L1, QT_TRANSLATE_NOOP("Actions", "Previous tab"), {"Ctrl+Shift+Tab"_L1}},
    Row{"live.followDrag"_L1, QT_TRANSLATE_NOOP("Actions", "Limits act while dragged")},
    Row{"live.table"_L1, QT_TRANSLATE_NOOP("Actions", "Charts as a table")},
    Row{"live.rate"_L1, QT_TRANSLATE_NOOP("Actions", "Updates of the live view a second…")},
    Row{"live.copyPicture"_L1, QT_TRANSLATE_NOOP("Actions", "Copy chart as picture")},
    Row{"live.savePicture"_L1, QT_TRANSLATE_NOOP("Actions", "Save chart as picture…")},
    Row{"live.copyNumbers"_L1, QT_TRANSLATE_NOOP("Actions", "Copy charts’ numbers as CSV")},
    Row{"live.saveNumbers"_L1, QT_TRANSLATE_NOOP("Actions", "Save charts’ numbers as CSV…")},
    Row{"live.saveRequests"_L1,
        QT_TRANSLATE_NOOP("Actions", "Save requests as HTTP archive (HAR)…")},
    Row{"live.copyLimitsTried"_L1, QT_TRANSLATE_NOOP("Actions", "Copy limits tried as CSV")},
    Row{"live.saveLimitsTried"_L1, QT_TRANSLATE_NOOP("Actions", "Save limits tried as CSV…")},
    Row{"help.firstMinute"_L1, QT_TRANSLATE_NOOP("Actions", "See what a limit does…")},
    Row{"help.shortcuts"_L1,
        QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
        {"Ctrl+Shift+/"_L1, "Ctrl+?"_L1}},
    Row{"help.about"_L1, QT_TRANSLATE_NOOP("Actions", "About Sluice")},
};

} // namespace

ActionTable::ActionTable(QWidget *window) : QObject(window)
{
    for (const Row &row : Rows) {
        auto *action = new QAction(QCoreApplication::translate("Actions", row.text), this);
        action->setObjectName(row.id);
        QList<QKeySequence> keys;
        for (const QLatin1StringView key : row.keys) {
            if (!key.isEmpty())
                keys << QKeySequence(key, QKeySequence::PortableText);
        }
        action->setShortcuts(keys);
        if (!row.icon.isEmpty())
            action->setIcon(themedIcon(row.icon));
        window->addAction(action);
        m_actions << action;
        m_byId.insert(row.id, action);
    }
}

QAction *ActionTable::action(const QString &id) const
{
    QAction *found = m_byId.value(id);
    Q_ASSERT(found);
    return found;
}

QString ActionTable::group(const QAction *action)
{
    return action->objectName().section(u'.', 0, 0);
}

} // namespace Sluice
