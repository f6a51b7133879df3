// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tuning/sweeptypes.h"

#include <QWidget>

namespace Sluice {

/** The levels of a sweep in the order in which they were measured; a click chooses one. */
class Staircase final : public QWidget
{
    Q_OBJECT

public:
    explicit Staircase(QWidget *parent = nullptr);

    void setLevels(std::vector<SweepLevel> levels);
    /** The limit that is measured now, as an outlined step at the end; 0 = none. */
    void setRunning(int limit);
    void setSelected(int limit);

    /** Of the step at \a index, at the present size. */
    QRectF stepRect(std::size_t index) const;
    /** The step under \a position; -1 = none. */
    int stepAt(const QPointF &position) const;

    QSize sizeHint() const override { return {640, 96}; }
    QSize minimumSizeHint() const override { return {200, 60}; }

signals:
    /** The measured step at \a index. */
    void stepChosen(std::size_t index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(int index);
    std::size_t stepCount() const { return m_levels.size() + (m_running > 0 ? 1 : 0); }
    int limitAt(std::size_t index) const;

    std::vector<SweepLevel> m_levels;
    int m_running = 0;
    int m_selected = 0;
    int m_step = -1; ///< The chosen one; -1 = none.
};

} // namespace Sluice
