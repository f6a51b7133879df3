// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QWidget>

class QLabel;

namespace Sluice {

/** The figures of \a range in a line, with Little's law as a check of the measurement. */
QString rangeText(const LiveRange &range);

/** What happened in the marked range of time, with what can be done with it. */
class RangeBar final : public QWidget
{
    Q_OBJECT

public:
    explicit RangeBar(QWidget *parent = nullptr);

    /** Shares \a snapshot; shows its range. Without one, that it is being worked out. */
    void setSnapshot(LiveSnapshotPtr snapshot);
    QString text() const;

signals:
    void zoomRequested();
    void clearRequested();

private:
    void copy();
    void save();

    LiveSnapshotPtr m_snapshot;
    QLabel *m_text;
};

} // namespace Sluice
