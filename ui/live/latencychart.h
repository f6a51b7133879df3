// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/timepanel.h"

class QToolButton;

namespace Sluice {

/** The ends of a logarithmic axis: 1, 2 or 5 times a power of ten around \a lowest…\a highest. */
struct LogRange
{
    double low = 1;
    double high = 10;

    static LogRange around(double lowest, double highest);
    /** 0 at `low`, 1 at `high`; clamped. */
    double fraction(double value) const;
    std::vector<double> ticks() const;
};

/**
 * Percentiles of the latency on a logarithmic axis: p50 dotted, p95 dashed, p99 solid, each named
 * at its end. On the wire, or with the wait in the queue (thin lines), or both.
 */
class LatencyChart final : public TimePanel
{
    Q_OBJECT

public:
    enum class Mode { OnWire, WithQueue, Both };

    explicit LatencyChart(LiveCrosshair *crosshair, QWidget *parent = nullptr);
    void setMode(Mode mode);
    QString summary() const override;
    QString csv(const LiveSnapshot &snapshot) const override;
    std::vector<Series> series() const override;

protected:
    void scale() override;
    void paintPlot(QPainter &painter) override;
    QStringList crosshairText(qint64 atUs) const override;
    QString seriesValue(int id, qint64 atUs) const override;
    qint64 sampleUs() const override;
    void resizeEvent(QResizeEvent *event) override;

private:
    using Member = qint64 LatencyPoint::*;

    double mapLatencyToY(double us) const;
    void paintLine(QPainter &painter, Member value, const QPen &pen) const;
    void paintNames(QPainter &painter) const;
    void buildModes();

    LogRange m_range;
    Mode m_mode = Mode::OnWire;
    QToolButton *m_modeButton;
};

} // namespace Sluice
