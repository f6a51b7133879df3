// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/timepanel.h"
#include "ui/live/waterfallpainter.h"
#include "ui/live/waterfallrows.h"

class QScrollBar;
class QToolButton;

namespace Sluice {

/**
 * The newest requests with their phases over time, those in flight growing: grouped by connection,
 * or a row each. Only the
 * rows in sight are painted. The wheel scrolls the rows; Up and Down move the current row, Enter or
 * a double click opens the request's result; what is under the mouse, or the current row under the
 * crosshair, is told in figures.
 */
class Waterfall final : public TimePanel
{
    Q_OBJECT

public:
    explicit Waterfall(LiveCrosshair *crosshair, QWidget *parent = nullptr);

    void setChoice(const WaterfallChoice &choice);
    const WaterfallChoice &choice() const { return m_choice; }
    const WaterfallRows &rows() const { return m_rows; }
    /** The last of its own in the order of the Tab key. */
    QWidget *lastControl() const;
    /** The request at a point of the widget; null = none. Valid until the next snapshot. */
    const Flight *flightAt(QPointF position) const;
    /** Where a row is, in widget coordinates. */
    QRectF rowRect(int row) const;
    /** Its figures at \a nowUs, a line each. */
    static QStringList describe(const Flight &flight, qint64 nowUs);

    QString summary() const override;
    QString csv(const LiveSnapshot &snapshot) const override;
    void addMenuEntries(QMenu *menu) override;

signals:
    /** The result of this request of that run is wanted; run 0 = it is of none. */
    void requestActivated(quint32 run, quint64 seq);

protected:
    void scale() override;
    void paintPlot(QPainter &painter) override;
    QStringList crosshairText(qint64 atUs) const override;
    bool coversPlot() const override { return true; }
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void hoverAt(QPointF position) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildChoices();
    void placeControls();
    int rowOfFlight(const WaterfallRow &old, std::size_t ended) const;
    /** Of a row: finished, or in flight. */
    const Flight &flightOf(const WaterfallRow &row) const;
    void moveCurrent(int row);
    const Flight *flightIn(int row, qint64 atUs) const;
    const Flight *currentFlight() const;
    void activate(const Flight *flight);
    void paintRowTexts(QPainter &painter) const;
    void paintLegend(QPainter &painter) const;
    void paintForgotten(QPainter &painter) const;
    QString hostName(EndpointId id) const;
    double rowHeight() const;

    WaterfallChoice m_choice;
    WaterfallRows m_rows;
    WaterfallPainter m_painter;
    QScrollBar *m_scroll;
    QToolButton *m_choiceButton;
    quint64 m_total = 0; ///< Of the requests when the rows were made.
    int m_current = -1;  ///< Row; -1 = none.
    std::optional<QPointF> m_mouse;
};

} // namespace Sluice
