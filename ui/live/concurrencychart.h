// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/bandpainter.h"

#include <QWidget>

#include <optional>

namespace Sluice {

class LimitHandle;

/**
 * Requests in flight and waiting over the last minute, against the limits: stacked steps, a dashed
 * line for the total limit and one for the selected host, each with a handle that moves it. Painted
 * when a snapshot comes, and never otherwise than by what the user does.
 */
class ConcurrencyChart final : public QWidget
{
    Q_OBJECT

public:
    explicit ConcurrencyChart(QWidget *parent = nullptr);

    /** Shares \a snapshot until the next one; null shows an empty chart. */
    void setSnapshot(LiveSnapshotPtr snapshot);
    /** The limits in force, for the handles. */
    void setLimits(const Limits &limits);
    /** `scheme://host:port` of the host whose line is drawn too; empty = none. */
    void setSelectedHost(const QString &endpoint);
    const QString &selectedHost() const { return m_selectedHost; }

    const ChartGeometry &chartGeometry() const { return m_geometry; }
    LimitHandle *totalHandle() const { return m_totalHandle; }
    LimitHandle *hostHandle() const { return m_hostHandle; }
    /** What the chart shows, in a sentence, for assistive technology. */
    QString summary() const;

    QSize sizeHint() const override { return {900, 220}; }
    QSize minimumSizeHint() const override { return {320, 140}; }

signals:
    void totalLimitChosen(int limit);
    void hostLimitChosen(const QString &endpoint, int limit);
    /** The user asked to freeze the view or to go on (Space), or for the newest moment (End). */
    void pauseViewToggled();
    void liveRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    void updateColumns();
    void placeHandles();
    double axisTop() const;
    LimitHandle *handleNear(const QPointF &position) const;
    int hostLimit(const Limits &limits) const;

    void paintAxes(QPainter &painter, const std::vector<AxisTick> &values);
    void paintMarks(QPainter &painter);
    void paintLimits(QPainter &painter);
    void paintLimitLine(QPainter &painter, const LimitHandle &handle, const QColor &color,
                        int (*limitOf)(const Limits &, const QString &));
    void paintCut(QPainter &painter);
    void paintCrosshair(QPainter &painter);
    QStringList crosshairText(const ChartColumn &column, qint64 atUs) const;

    LiveSnapshotPtr m_snapshot;
    Limits m_limits;
    QString m_selectedHost;
    ChartGeometry m_geometry;
    std::vector<ChartColumn> m_columns;
    BandPainter m_bands;
    LimitHandle *m_totalHandle;
    LimitHandle *m_hostHandle;
    LimitHandle *m_dragged = nullptr; ///< By its line.
    std::optional<double> m_crosshairX;
    int m_peak = 0; ///< Of the stack, in the shown time.
};

} // namespace Sluice
