// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweepresult.h"
#include "ui/tuning/plotscale.h"

#include <QWidget>

namespace Sluice {

struct Theme;

/**
 * One of the two plots over the limit: throughput with its confidence and the fitted curve, or
 * latency by percentile. Shows the good range, the recommended limit and where more is worse; a
 * click or the arrow keys choose a level.
 */
class SweepPlot final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Throughput, Latency };

    explicit SweepPlot(Kind kind, QWidget *parent = nullptr);

    /** What is measured so far; \a found without a limit draws no marks. */
    void setData(std::vector<SweepPoint> points, const Recommendation &found, qint64 targetP95Us);
    /** Another sweep, drawn pale behind; empty = none. */
    void setComparison(std::vector<SweepPoint> points);
    /** 0 = none. */
    void setSelected(int limit);
    int selected() const { return m_selected; }

    /** Where things are drawn at the present size; for tests and the pointer. */
    PlotScale scale() const;

    QSize sizeHint() const override { return {640, 240}; }
    QSize minimumSizeHint() const override { return {240, 110}; }

signals:
    void levelChosen(int limit);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void paintFrame(QPainter &painter, const PlotScale &scale, const Theme &theme) const;
    void paintMarks(QPainter &painter, const PlotScale &scale, const Theme &theme) const;
    void paintFlag(QPainter &painter, const PlotScale &scale, const Theme &theme) const;
    void paintThroughput(QPainter &painter, const PlotScale &scale, const Theme &theme) const;
    void paintLatency(QPainter &painter, const PlotScale &scale, const Theme &theme) const;
    void paintLine(QPainter &painter, const PlotScale &scale, const QPen &pen,
                   const std::vector<std::pair<double, double>> &values, bool withDots) const;
    void paintComparison(QPainter &painter, const PlotScale &scale, const Theme &theme) const;
    void choose(int step);

    Kind m_kind;
    std::vector<SweepPoint> m_points;
    std::vector<SweepPoint> m_compared;
    Recommendation m_found;
    qint64 m_targetP95Us = 0;
    int m_selected = 0;
};

} // namespace Sluice
