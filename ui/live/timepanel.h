// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"
#include "ui/live/chartgeometry.h"
#include "ui/live/livecrosshair.h"

#include <QWidget>

#include <optional>

class QMenu;

namespace Sluice {

/**
 * A chart over the time of the live view. All panels have the same margins, so that the same time
 * is at the same place in each. Ctrl+wheel and Ctrl with plus, minus and 0 zoom; Shift+wheel and
 * dragging the plot scroll back; End goes back to now, Ctrl+End to the last activity; Space freezes
 * the view; Left and Right move the crosshair by a sample, with Ctrl by ten; Up and Down choose one
 * of the series, which stands out from then on and is told first; Ctrl+D asks for the numbers as a
 * table. Shift with dragging or the arrow keys marks a range of time; Ctrl+M asks for a note; Menu
 * and Shift+F10 open the context menu. Esc takes back what was chosen and marked, and then leaves
 * the panel. The plain wheel is left to whatever scrolls around the panel.
 *
 * Where the layout runs from right to left, what stands beside the plot changes sides; time does
 * not.
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
    /** The numbers of what the panel shows of \a snapshot, as CSV. */
    virtual QString csv(const LiveSnapshot &snapshot) const;

    /** Something in the picture that can be chosen; ids stay while their order may not. */
    struct Series
    {
        int id = 0;
        QString name;
    };
    /** From the bottom of the picture to its top; empty = there is nothing to choose. */
    virtual std::vector<Series> series() const { return {}; }
    /** -1 = none. */
    int chosenSeries() const { return m_series; }
    /** What the chosen series is at the crosshair, as told to assistive technology; may be empty.
     */
    virtual QString reading() const;

    void requestNote();
    /** The marked range, else what is in sight. */
    TimeRange chosenTime() const;
    /** Adds what only this panel offers to its context menu. */
    virtual void addMenuEntries(QMenu *) {}
    /** Shows when something was queued or in flight last; now when that is in sight. */
    void jumpToLastActivity();

    /** The spans that zooming takes, in microseconds, in order. */
    static const std::vector<qint64> &spans();

signals:
    void viewRequested(const Sluice::LiveView &view);
    void pauseViewToggled();
    /** For the time of the crosshair; -1 = now. */
    void noteRequested(qint64 atUs);
    /** The numbers of the charts are wanted as a table. */
    void tableRequested();
    /** The keyboard is to go back to where it came from. */
    void leaveRequested();

protected:
    /** Works out the scale of m_geometry, whose time is set. */
    virtual void scale() = 0;
    /** Paints inside and beside the plot; the axes of time and the crosshair come later. */
    virtual void paintPlot(QPainter &painter) = 0;
    /** What stands in the box beside the crosshair at \a atUs. */
    virtual QStringList crosshairText(qint64 atUs) const = 0;
    /** What the series with this id is at \a atUs; empty = not known. */
    virtual QString seriesValue(int, qint64) const { return {}; }
    /** What Left and Right move by. */
    virtual qint64 sampleUs() const { return qint64(m_geometry.columnUs()); }
    virtual bool showsTimeLabels() const { return true; }
    /** paintPlot() paints every pixel of the plot. */
    virtual bool coversPlot() const { return false; }

    void layOut();
    /** The mouse has scrolled or marked since it was pressed. */
    bool isDragged() const { return m_pan && m_pan->moved; }
    /** Tells assistive technology that reading() is another. */
    void tellReading();
    /** Sets the crosshair to \a atUs, or to the edge that it lies beyond. */
    void pointAtTime(qint64 atUs);
    /** Of the crosshair, from the left of the plot. */
    std::optional<double> crosshairX() const { return m_crosshair->x(); }
    /**
     * \a rect beside the plot, given as where the layout runs from left to right: the axis on the
     * left, the rest on the right.
     */
    QRectF beside(const QRectF &rect) const;
    /** Of the texts at the axis: towards the plot. */
    Qt::Alignment towardsPlot() const;
    /** Of the texts on the other side. */
    Qt::Alignment fromPlot() const;
    /** Where the other side begins, for beside(). */
    double sideEdge() const { return width() - RightMargin; }
    void paintValueAxis(QPainter &painter, const std::vector<AxisTick> &ticks, bool grid,
                        const QString &unit) const;

    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    /** Without a press: what the cursor is over. */
    virtual void hoverAt(QPointF) {}
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
        bool marksRange = false; ///< Else it scrolls.
        bool moved = false;
    };

    bool chooseSeries(const QKeyEvent &event);
    void leave();
    bool hasSomethingToTakeBack() const;
    void openMenu();
    void paintBackground(QPainter &painter) const;
    void paintTimeAxis(QPainter &painter) const;
    void paintCrosshair(QPainter &painter) const;
    void paintRange(QPainter &painter) const;
    QStringList toldAt(qint64 atUs) const;
    bool moveCrosshair(const QKeyEvent &event);
    bool changeView(const QKeyEvent &event);
    /** Takes the range from where it began to \a x, from the left of the plot. */
    void extendRange(double x);
    void zoom(int steps);
    /** To \a endUs, or to now when that is not before it. */
    void scrollTo(qint64 endUs);
    LiveView currentView() const;

    LiveCrosshair *m_crosshair;
    std::optional<Pan> m_pan;
    int m_series = -1;
    qint64 m_rangeFromUs = -1; ///< Where the range began that the keyboard extends.
};

} // namespace Sluice
