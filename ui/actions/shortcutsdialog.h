// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace Sluice {

class ActionTable;

/** Every command with its keys, to look up. */
class ShortcutsDialog final : public QDialog
{
    Q_OBJECT

public:
    ShortcutsDialog(const ActionTable *actions, QWidget *parent);
};

} // namespace Sluice
