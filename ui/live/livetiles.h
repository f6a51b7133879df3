// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"
#include "ui/live/livetile.h"

namespace Sluice {

struct LiveSnapshot;

/**
 * The row of tiles over the chart. Each says what is now, then, after strokes, the most there was
 * under the limits in force and the limit where there is one: "12 / 16 / 16". Where there is room,
 * the median and the sockets come too.
 */
class LiveTiles final : public QWidget
{
    Q_OBJECT

public:
    explicit LiveTiles(QWidget *parent = nullptr);

    void showSnapshot(const LiveSnapshot &snapshot);
    /** How long the run takes, at once. */
    void showProgress(const RunProgress &progress);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    LiveTile *addTile(const QString &caption, const QString &name, const LiveTile::Room &room,
                      const QString &toolTip);
    void addTiles();
    void showQueued(const LiveSnapshot &snapshot);
    void showRates(const LiveSnapshot &snapshot);
    void showLatency(const LiveSnapshot &snapshot);
    void showSockets(const LiveSnapshot &snapshot);
    void showElapsed();
    /** Of all tiles, or without those that only come where there is room. */
    int widthOf(bool all, QSize (LiveTile::*hint)() const) const;

    QList<LiveTile *> m_tiles;
    QList<LiveTile *> m_spare; ///< Of them, those that only come where there is room.
    LiveTile *m_inFlight;
    LiveTile *m_queued;
    LiveTile *m_done;
    LiveTile *m_median;
    LiveTile *m_slow;
    LiveTile *m_errors;
    LiveTile *m_limited;
    LiveTile *m_sockets;
    LiveTile *m_elapsed;
    RunProgress m_progress;
    qint64 m_activeUs = -1; ///< From the first request to the last; without a run.
};

} // namespace Sluice
