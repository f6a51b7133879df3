// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>

namespace Sluice {

class TimePanel;

/** The context menu of a chart: copy or save its picture and its numbers. Returns at once. */
void showPanelMenu(TimePanel *panel, QPoint globalPosition);

} // namespace Sluice
