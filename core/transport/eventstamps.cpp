// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/eventstamps.h"

#include <QCoreApplication>

namespace Sluice {

namespace {

const QEvent::Type StampEvent = QEvent::Type(QEvent::registerEventType());

} // namespace

void EventStamps::post(qint64 nowUs)
{
    if (nowUs - m_lastUs < EveryUs)
        return;
    m_lastUs = nowUs;
    m_posted.push_back(nowUs);
    QCoreApplication::postEvent(this, std::make_unique<QEvent>(StampEvent).release());
}

bool EventStamps::event(QEvent *event)
{
    if (event->type() != StampEvent)
        return QObject::event(event);
    m_posted.pop_front();
    return true;
}

} // namespace Sluice
