// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/chartgeometry.h"

#include <QWidget>

#include <optional>

namespace Sluice {

/** One crosshair over all panels: the place of the mouse or of the keyboard, from the plot's left.
 */
class LiveCrosshair final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    std::optional<double> x() const { return m_x; }
    void setX(std::optional<double> x)
    {
        if (x == m_x)
            return;
        m_x = x;
        emit moved();
    }

signals:
    void moved();

private:
    std::optional<double> m_x;
};

/**
 * A chart over the time of the live view. All panels have the same margins, so that the same time
 * is at the same place in each. Ctrl+wheel and Ctrl with plus, minus and 0 zoom; Shift+wheel and
 * dragging the plot scroll back; End goes back to now; Space freezes the view; the arrow keys move
 * the crosshair. The plain wheel is left to whatever scrolls around the panel.
 */
class TimePanel : public QWidget
{
    Q_OBJECT

public:
    /** \a crosshair outlives the panel. */
    explicit TimePanel(LiveCrosshair *crosshair, QWidget *parent = nullptr);

    /** Shares \a snapshot until the next one; null shows an empty chart. */
    void setSnapshot(LiveSnapshotPtr snapshot);
    const LiveSnapshotPtr &snapshot() const { return m_snapshot; }
    const ChartGeometry &chartGeometry() const { return m_geometry; }
    /** What the panel shows, in a sentence, for assistive technology. */
    virtual QString summary() const = 0;

    /** The spans that zooming takes, in microseconds, in order. */
    static const std::vector<qint64> &spans();

signals:
    void viewRequested(const Sluice::LiveView &view);
    void pauseViewToggled();

protected:
    /** Works out the scale of m_geometry, whose time is set. */
    virtual void scale() = 0;
    /** Paints inside and beside the plot; the axes of time and the crosshair come later. */
    virtual void paintPlot(QPainter &painter) = 0;
    /** What stands in the box beside the crosshair at \a atUs. */
    virtual QStringList crosshairText(qint64 atUs) const = 0;
    virtual bool showsTimeLabels() const { return true; }

    void layOut();
    void paintValueAxis(QPainter &painter, const std::vector<AxisTick> &ticks, bool grid,
                        const QString &unit) const;

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

    static constexpr int LeftMargin = 64;
    static constexpr int RightMargin = 92;
    static constexpr int TopMargin = 6;

    LiveSnapshotPtr m_snapshot;
    ChartGeometry m_geometry;

private:
    struct Pan
    {
        double fromX = 0;
        qint64 endUs = 0;
        bool moved = false;
    };

    void paintTimeAxis(QPainter &painter) const;
    void paintCrosshair(QPainter &painter) const;
    bool moveCrosshair(const QKeyEvent &event);
    void zoom(int steps);
    /** To \a endUs, or to now when that is not before it. */
    void scrollTo(qint64 endUs);
    LiveView currentView() const;

    LiveCrosshair *m_crosshair;
    std::optional<Pan> m_pan;
};

} // namespace Sluice
