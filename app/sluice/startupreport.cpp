// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice/startupreport.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

qint64 monotonicMs()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

/** Field 22 of /proc/self/stat: start of the process after boot, in ticks (proc(5)). */
qint64 processStartMs()
{
    QFile stat(u"/proc/self/stat"_s);
    if (!stat.open(QIODevice::ReadOnly))
        return monotonicMs();
    const QByteArray line = stat.readAll();
    // The program's name stands in parentheses and may contain spaces.
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    constexpr int StartTime = 22 - 3;
    if (fields.size() <= StartTime)
        return monotonicMs();
    return fields[StartTime].toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
}

qint64 residentKiB()
{
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    return statm.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE) / 1024;
}

/** Waits for the window's first paint event. */
class FirstPaint final : public QObject
{
public:
    FirstPaint(QWidget *window, const StartupClock &clock) : QObject(window), m_clock(clock)
    {
        window->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_reported) {
            m_reported = true;
            // After this event the picture goes to the screen; the next turn of the loop is later.
            QTimer::singleShot(0, this, [this] {
                std::printf("{\"firstPaintMs\":%lld,\"rssKiB\":%lld}\n", m_clock.elapsedMs(),
                            residentKiB());
                std::fflush(stdout);
                QCoreApplication::quit();
            });
        }
        return QObject::eventFilter(watched, event);
    }

private:
    StartupClock m_clock;
    bool m_reported = false;
};

} // namespace

StartupClock::StartupClock() : m_startMs(processStartMs()) {}

qint64 StartupClock::elapsedMs() const
{
    return monotonicMs() - m_startMs;
}

void reportFirstPaint(QWidget *window, const StartupClock &clock)
{
    // The window owns it.
    std::make_unique<FirstPaint>(window, clock).release();
}

} // namespace Sluice
