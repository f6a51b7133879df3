// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/timepanel.h"

#include <QBrush>

namespace Sluice {

/** Requests finished in one step of time, by how they ended. */
struct ThroughputBar
{
    qint64 beginUs = 0;
    std::array<double, ReplyClassCount> perSecond{}; ///< Indexed by ReplyClass.

    double sum() const;
    double failed() const; ///< Neither 2xx nor 3xx.
};

/** Whole seconds, or more, so that a bar is at least 5 px wide. */
qint64 throughputStepUs(const ChartGeometry &geometry);
/** \a series in steps of \a stepUs; the step that \a nowUs is in counts what it has so far. */
std::vector<ThroughputBar> throughputBars(const LiveSeries &series, qint64 stepUs, qint64 nowUs);
/** "2xx", "429, 503", "no reply" … */
QString replyClassName(ReplyClass reply);

/** Requests finished a second, stacked by outcome; bars with failures carry a cross. */
class ThroughputChart final : public TimePanel
{
    Q_OBJECT

public:
    explicit ThroughputChart(LiveCrosshair *crosshair, QWidget *parent = nullptr);
    QString summary() const override;
    std::vector<Series> series() const override;

protected:
    void scale() override;
    void paintPlot(QPainter &painter) override;
    QStringList crosshairText(qint64 atUs) const override;
    QString seriesValue(int id, qint64 atUs) const override;
    qint64 sampleUs() const override { return m_stepUs; }
    bool showsTimeLabels() const override { return false; }

private:
    using Fills = std::array<QBrush, ReplyClassCount>; ///< Indexed by ReplyClass.

    void paintLegend(QPainter &painter, const Fills &fills) const;

    std::vector<ThroughputBar> m_bars;
    qint64 m_stepUs = 1'000'000;
};

} // namespace Sluice
