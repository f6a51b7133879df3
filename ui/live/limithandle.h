// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/chartgeometry.h"
#include "ui/live/limitdrag.h"

#include <QWidget>

namespace Sluice {

/**
 * The label at the right end of a limit line. Dragged with the mouse, or moved with the keyboard:
 * Up and Down by one (Shift: five), PgUp and PgDn along the ladder, Enter applies, Esc cancels. A
 * drag applies when it is let go. The chart places it; to assistive technology it is a slider.
 */
class LimitHandle final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Total, Host };

    explicit LimitHandle(Kind kind, QWidget *parent = nullptr);

    void setName(const QString &name); ///< "total", or the host.
    const QString &name() const { return m_name; }
    void setLimit(int limit);
    int limit() const { return m_drag.value(); }
    /** What the handle shows: the limit, or where a move would put it. */
    int shownLimit() const { return m_drag.ghost(); }
    bool isMoving() const { return m_drag.isMoving(); }
    /** The scale that drags are read on; in the parent's coordinates. */
    void setGeometryOfChart(const ChartGeometry &geometry);

    /** A drag that began elsewhere, on the line; y in the parent's coordinates. */
    void dragTo(double y, bool coarse);
    void endDrag();
    void cancel();
    /** Sets the limit at once, for assistive technology. */
    void applyLimit(int limit);

    QSize sizeHint() const override;

signals:
    void ghostChanged();
    void limitChosen(int limit);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool moveByKey(const QKeyEvent &event);
    void apply();
    void tellAccessibility();
    QString text() const;

    Kind m_kind;
    QString m_name;
    LimitDrag m_drag;
    ChartGeometry m_geometry;
    double m_grabOffset = 0; ///< From the line to where the mouse took hold.
    bool m_dragging = false;
};

} // namespace Sluice
