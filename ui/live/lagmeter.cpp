// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/lagmeter.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace Sluice {

namespace {
constexpr auto Interval = 100ms;
constexpr int AwakeTicks = 30;
} // namespace

LagMeter::LagMeter(QObject *parent) : QObject(parent), m_timer(this)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(Interval);
    connect(&m_timer, &QTimer::timeout, this, &LagMeter::tick);
}

void LagMeter::wake()
{
    m_ticksLeft = AwakeTicks;
    if (m_timer.isActive())
        return;
    m_sinceTick.start();
    m_timer.start();
}

void LagMeter::tick()
{
    constexpr qint64 IntervalUs = std::chrono::microseconds(Interval).count();
    record(std::max<qint64>(0, m_sinceTick.nsecsElapsed() / 1000 - IntervalUs));
    m_sinceTick.start();
    if (--m_ticksLeft <= 0 && m_lagUs == 0)
        m_timer.stop();
}

void LagMeter::record(qint64 lateUs)
{
    const qint64 before = m_lagUs;
    if (lateUs >= WorthTellingUs) {
        m_calm = 0;
        m_lagUs = std::max(m_lagUs, lateUs);
    } else if (++m_calm >= CalmTicks) {
        m_lagUs = 0;
    }
    if (m_lagUs != before)
        emit lagChanged(m_lagUs);
}

} // namespace Sluice
