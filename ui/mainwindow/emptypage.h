// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Sluice {

class ActionTable;

/** What the middle of the window says while no tab is open: what to do, and with which key. */
class EmptyPage final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyPage(ActionTable *actions, QWidget *parent = nullptr);
};

} // namespace Sluice
