// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Sluice {

/**
 * How late the window's thread is: a timer that should fire ten times a second, and how long after
 * its time it does. Runs only while something is shown; costs nothing when nothing happens. What
 * is shorter than WorthTellingUs is no lag that anyone sees.
 */
class LagMeter final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 WorthTellingUs = 50'000;
    static constexpr int CalmTicks = 20; ///< So many in time, and the lag is over.

    explicit LagMeter(QObject *parent = nullptr);

    /** Something is shown: measures for the next seconds. */
    void wake();
    /** One tick came \a lateUs after its time. */
    void record(qint64 lateUs);
    /** The longest one of the last two seconds; 0 = none worth telling. */
    qint64 lagUs() const { return m_lagUs; }

signals:
    void lagChanged(qint64 lagUs);

private:
    void tick();

    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    int m_ticksLeft = 0;
    int m_calm = 0;
    qint64 m_lagUs = 0;
};

} // namespace Sluice
