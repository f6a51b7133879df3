// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/latencyheatmaplayer.h"
#include "ui/live/timepanel.h"

class QToolButton;

namespace Sluice {

/**
 * Latency on a logarithmic axis, as lines or as a heatmap.
 *
 * Lines are percentiles: p50 dotted, p95 dashed, p99 solid, each named at its end; pale where there
 * are too few requests for it. On the wire, or including the wait in the queue, or both: then the
 * latter are fine dots.
 *
 * The heatmap counts the requests of each step of time by how long they took. Pointing at a cell,
 * or the arrow keys, tells its range and count.
 */
class LatencyChart final : public TimePanel
{
    Q_OBJECT

public:
    enum class Mode { OnWire, WithQueue, Both, Heatmap, QueueHeatmap };

    explicit LatencyChart(LiveCrosshair *crosshair, QWidget *parent = nullptr);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    bool isHeatmap() const { return m_mode >= Mode::Heatmap; }
    bool withQueue() const { return m_mode == Mode::WithQueue || m_mode == Mode::QueueHeatmap; }
    const LatencyHeatmapLayer &heatmap() const { return m_heatmap; }
    /** The bucket that is pointed at with the mouse or the keyboard. */
    std::optional<int> bucket() const { return m_bucket; }
    QString summary() const override;
    QString csv(const LiveSnapshot &snapshot) const override;
    std::vector<Series> series() const override;
    /** In the heatmap, the cell that is pointed at. */
    QString reading() const override;
    void addMenuEntries(QMenu *menu) override;
    QStringList crosshairText(qint64 atUs) const override;

signals:
    /** The snapshots have to carry LiveSnapshot::heatmap, or need not any more. */
    void heatmapWanted(bool wanted);

protected:
    void scale() override;
    void paintPlot(QPainter &painter) override;
    QString seriesValue(int id, qint64 atUs) const override;
    qint64 sampleUs() const override;
    void resizeEvent(QResizeEvent *event) override;
    void hoverAt(QPointF position) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    using Member = qint64 LatencyPoint::*;

    double mapLatencyToY(double us) const;
    LogRange lineRange() const;
    const LatencyPoint *pointAt(qint64 atUs) const;
    void paintAxis(QPainter &painter) const;
    void paintLines(QPainter &painter) const;
    /** Those of \a percent; \a pale is the colour where it is not to be trusted. */
    void paintLine(QPainter &painter, Member value, double percent, const QPen &pen,
                   const QColor &pale) const;
    void paintNames(QPainter &painter) const;
    void paintHeatmap(QPainter &painter) const;
    void buildModes();
    bool moveBucket(int by);

    LogRange m_range;
    LatencyHeatmapLayer m_heatmap;
    std::optional<int> m_bucket;
    Mode m_mode = Mode::OnWire;
    QToolButton *m_modeButton;
};

} // namespace Sluice
