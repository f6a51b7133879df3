// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/bandpainter.h"
#include "ui/live/timepanel.h"

namespace Sluice {

class EmptyRange;
class LimitHandle;

/**
 * Requests in flight and waiting over the last minute, against the limits: stacked steps, a dashed
 * line for the total limit and one for the selected host, each with a handle that moves it. Painted
 * when a snapshot comes, and never otherwise than by what the user does.
 */
class ConcurrencyChart final : public TimePanel
{
    Q_OBJECT

public:
    /** \a crosshair outlives the chart. */
    explicit ConcurrencyChart(LiveCrosshair *crosshair, QWidget *parent = nullptr);

    /** The limits in force, for the handles. */
    void setLimits(const Limits &limits);
    /** `scheme://host:port` of the host whose line is drawn too; empty = none. */
    void setSelectedHost(const QString &endpoint);
    const QString &selectedHost() const { return m_selectedHost; }

    LimitHandle *totalHandle() const { return m_totalHandle; }
    LimitHandle *hostHandle() const { return m_hostHandle; }
    QString summary() const override;
    std::vector<Series> series() const override;
    /** "draining 5 over limit", what a move would bring, that the stack is cut. */
    QStringList remarks() const;

    QSize sizeHint() const override { return {900, 220}; }
    QSize minimumSizeHint() const override { return {320, 140}; }

signals:
    void totalLimitChosen(int limit);
    void hostLimitChosen(const QString &endpoint, int limit);

protected:
    void scale() override;
    void paintPlot(QPainter &painter) override;
    QStringList crosshairText(qint64 atUs) const override;
    QString seriesValue(int id, qint64 atUs) const override;
    bool coversPlot() const override { return true; }
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void updateColumns();
    void placeHandles();
    void tellEmptyRange();
    double axisTop() const;
    LimitHandle *handleNear(const QPointF &position) const;
    int hostLimit(const Limits &limits) const;

    const ChartColumn *columnAt(qint64 atUs) const;
    void paintChosen(QPainter &painter);
    void paintMarks(QPainter &painter);
    void paintLimits(QPainter &painter);
    void paintAdaptive(QPainter &painter, const QColor &color);
    void paintLimitLine(QPainter &painter, const LimitHandle &handle, const QColor &color,
                        int (*limitOf)(const Limits &, const QString &));
    void paintLimited(QPainter &painter);
    void paintSockets(QPainter &painter, double width);
    void paintRemarks(QPainter &painter);
    QString forecastText() const;

    Limits m_limits;
    QString m_selectedHost;
    std::vector<ChartColumn> m_columns;
    BandPainter m_bands;
    LimitHandle *m_totalHandle;
    LimitHandle *m_hostHandle;
    EmptyRange *m_emptyRange;
    LimitHandle *m_dragged = nullptr; ///< By its line.
    int m_peak = 0;                   ///< Of the stack, in the shown time.
};

} // namespace Sluice
