// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/enginecore.h"

#include <QBasicTimer>
#include <QObject>

namespace Sluice {

enum class ProgressMode {
    Live,  ///< One line that is written over, on a terminal.
    Plain, ///< A line every second.
    None,
};

/** Shows on standard error where a run is: in flight, queued, done a second, errors. */
class ProgressLine final : public QObject
{
    Q_OBJECT

public:
    /** \a core outlives the object. */
    ProgressLine(ProgressMode mode, EngineCore &core, QObject *parent = nullptr);

    void begin();
    /** Takes the live line away; call before anything else is printed. */
    void clear();
    void end();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QString text();

    ProgressMode m_mode;
    EngineCore &m_core;
    QBasicTimer m_timer;
    qsizetype m_shownLength = 0;
    quint64 m_lastDone = 0;
    qint64 m_lastUs = 0;
};

} // namespace Sluice
