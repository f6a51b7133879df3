// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/announcer.h"

#include <QAccessible>

#include <chrono>

namespace Sluice {

namespace {
constexpr std::chrono::seconds Shown{15};
} // namespace

Announcer::Announcer(const Clock &clock, QWidget *parent) : ElidedLabel(parent), m_gate(clock)
{
    setForegroundRole(QPalette::PlaceholderText);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Announcer::say);
    m_fade.setSingleShot(true);
    connect(&m_fade, &QTimer::timeout, this, &QLabel::clear);
}

void Announcer::announce(const QString &text)
{
    m_gate.add(text);
    say();
}

void Announcer::say()
{
    if (const std::optional<QString> text = m_gate.take()) {
        setText(*text);
        m_fade.start(Shown);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        QAccessibleAnnouncementEvent event(this, *text);
#else
        QAccessibleEvent event(this, QAccessible::Alert);
#endif
        QAccessible::updateAccessibility(&event);
        emit announced(*text);
    }
    if (const qint64 waitUs = m_gate.waitUs(); waitUs >= 0 && !m_timer.isActive())
        m_timer.start(std::chrono::milliseconds(waitUs / 1000 + 1));
}

} // namespace Sluice
