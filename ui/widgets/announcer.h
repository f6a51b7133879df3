// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/announcementgate.h"
#include "ui/widgets/elidedlabel.h"

#include <QTimer>

namespace Sluice {

/**
 * The last event as a line of text that assistive technology reads out, at most every 5 s. It goes
 * when it is no news any more.
 */
class Announcer final : public ElidedLabel
{
    Q_OBJECT

public:
    /** \a clock outlives the announcer. */
    explicit Announcer(const Clock &clock, QWidget *parent = nullptr);

    /** Says \a text now, or together with others when the time has come. */
    void announce(const QString &text);

signals:
    void announced(const QString &text);

private:
    void say();

    AnnouncementGate m_gate;
    QTimer m_timer;
    QTimer m_fade;
};

} // namespace Sluice
