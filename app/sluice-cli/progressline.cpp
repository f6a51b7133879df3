// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/progressline.h"

#include <QTimerEvent>

#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int LiveIntervalMs = 200;
constexpr int PlainIntervalMs = 1000;

void write(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stderr);
    std::fflush(stderr);
}

} // namespace

ProgressLine::ProgressLine(ProgressMode mode, EngineCore &core, QObject *parent)
    : QObject(parent), m_mode(mode), m_core(core)
{
}

void ProgressLine::begin()
{
    m_lastUs = m_core.clock().nowUs();
    if (m_mode != ProgressMode::None)
        m_timer.start(m_mode == ProgressMode::Live ? LiveIntervalMs : PlainIntervalMs, this);
}

void ProgressLine::clear()
{
    if (m_shownLength > 0)
        write(u'\r' + QString(m_shownLength, u' ') + u'\r');
    m_shownLength = 0;
}

void ProgressLine::end()
{
    m_timer.stop();
    clear();
}

void ProgressLine::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        QObject::timerEvent(event);
        return;
    }
    const QString line = text();
    if (m_mode == ProgressMode::Plain) {
        write(line + u'\n');
        return;
    }
    write(u'\r' + line.leftJustified(m_shownLength));
    m_shownLength = line.size();
}

QString ProgressLine::text()
{
    const RunProgress progress = m_core.runner().progress();
    const qint64 now = m_core.clock().nowUs();
    const qint64 us = std::max<qint64>(1, now - std::exchange(m_lastUs, now));
    const quint64 done = progress.done - std::exchange(m_lastDone, progress.done);
    const QString total =
        progress.planned > 0 ? u'/' + QString::number(progress.planned) : QString();
    return u"in flight %1  queued %2  done %3%4  %5/s  errors %6"_s
        .arg(m_core.admission().inFlight())
        .arg(m_core.admission().queued())
        .arg(progress.done)
        .arg(total)
        .arg(double(done) * 1e6 / double(us), 0, 'f', 0)
        .arg(progress.failed);
}

} // namespace Sluice
