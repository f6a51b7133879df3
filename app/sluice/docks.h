// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Sluice {

class Engine;
class LimitsModel;
class LiveDock;
class MainWindow;

/**
 * Adds the live view and the limits to \a window and joins them with \a engine: what the engine
 * tells is shown, what is edited acts at once. All three outlive the docks. Returns the live
 * view.
 */
LiveDock *addDocks(MainWindow *window, Engine *engine, LimitsModel *limits);

} // namespace Sluice
