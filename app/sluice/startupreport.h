// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

class QWidget;

namespace Sluice {

/** Remembers when the process began, as the kernel knows it, loading of libraries included. */
class StartupClock
{
public:
    StartupClock();
    qint64 elapsedMs() const;

private:
    qint64 m_startMs;
};

/**
 * Prints `{"firstPaintMs":…,"rssKiB":…}` once \a window has been painted, and quits. \a clock is
 * copied.
 */
void reportFirstPaint(QWidget *window, const StartupClock &clock);

} // namespace Sluice
