// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livepace.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>

namespace Sluice {

LivePace::LivePace(QWidget *window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
}

void LivePace::choose(int perSecond)
{
    m_chosen = std::clamp(perSecond, Slowest, Fastest);
    tell();
}

bool LivePace::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::WindowStateChange:
        tell();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void LivePace::tell()
{
    const bool isSeen = m_window->isVisible() && !m_window->isMinimized();
    const int perSecond = isSeen ? m_chosen : Unseen;
    if (perSecond == m_told)
        return;
    m_told = perSecond;
    emit changed(perSecond);
}

} // namespace Sluice
