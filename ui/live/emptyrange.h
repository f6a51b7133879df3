// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QFrame>

class QLabel;

namespace Sluice {

/** "12:01–12:02" of \a beginUs…\a endUs in \a snapshot; without a wall clock, since the start. */
QString timeRangeText(const LiveSnapshot &snapshot, qint64 beginUs, qint64 endUs);

/** Says over a chart that nothing happened in the time it shows, and offers the way back. */
class EmptyRange final : public QFrame
{
    Q_OBJECT

public:
    explicit EmptyRange(QWidget *parent);

    /** Says so of \a range, in the middle of \a plot. */
    void tell(const QString &range, const QRect &plot);
    QString text() const;

signals:
    void jumpRequested();

private:
    QLabel *m_text;
};

} // namespace Sluice
