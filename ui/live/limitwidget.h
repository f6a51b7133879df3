// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/limitdrag.h"

#include <QTimer>
#include <QWidget>

#include <optional>

namespace Sluice {

/**
 * A widget that shows a limit and moves it: the arrow keys along its direction by one (Shift:
 * five), Page Up and Page Down along the ladder, Enter applies, Esc cancels, and so does losing the
 * focus. What is dragged with the mouse applies when it is let go, or already whenever it rests, as
 * setFollowsDrag() says. Until then the limit in force stays and a ghost shows where it would go.
 */
class LimitWidget : public QWidget
{
    Q_OBJECT

public:
    int limit() const { return m_drag.value(); }
    /** The limit, or where a move would put it. */
    int shownLimit() const { return m_drag.ghost(); }
    bool isMoving() const { return m_drag.isMoving(); }
    /** The limit in force; a move goes on. */
    void setLimit(int limit);
    /** Sets the limit at once, for assistive technology. */
    void applyLimit(int limit);
    /** The drag is let go: it applies. */
    void endDrag();
    /** Takes the move back, and the limit that a drag was followed to. */
    void cancel();
    /** A drag applies whenever it rests for 150 ms. */
    void setFollowsDrag(bool follows) { m_followsDrag = follows; }

signals:
    void ghostChanged();
    void limitChosen(int limit);

protected:
    /** \a direction is the one in which the limit grows. */
    explicit LimitWidget(Qt::Orientation direction, QWidget *parent);

    void moveTo(double limit, bool coarse);
    void setUnlimitedStart(int limit) { m_drag.setUnlimitedStart(limit); }
    bool isDragging() const { return m_dragging; }
    void beginDrag();

    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool moveByKey(const QKeyEvent &event);
    void apply();
    void applyRest();
    void showMove();

    Qt::Orientation m_direction;
    LimitDrag m_drag;
    bool m_dragging = false;
    bool m_followsDrag = false;
    std::optional<int> m_beforeDrag; ///< The limit in force when the drag began.
    QTimer m_rest;
};

} // namespace Sluice
