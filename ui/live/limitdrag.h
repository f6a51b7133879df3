// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

namespace Sluice {

/**
 * A limit while it is being moved: the value in force stays until the move is applied, the ghost
 * shows where it would go. Never moves to 0, which means unlimited. A plain value.
 */
class LimitDrag
{
public:
    /** The value in force; does not disturb a move. */
    void setValue(int value) { m_value = value; }
    int value() const { return m_value; }
    /** Where the keyboard starts from when the limit is 0: what is in sight. */
    void setUnlimitedStart(int value) { m_unlimitedStart = value; }

    bool isMoving() const { return m_ghost.has_value(); }
    int ghost() const { return m_ghost.value_or(m_value); }

    /** To \a raw, rounded; to multiples of five when \a coarse. */
    void moveTo(double raw, bool coarse);
    void step(int delta);
    void ladder(int direction); ///< To the next step of ladderStep().
    /** Ends the move; the new value, or nothing when it is the old one. */
    std::optional<int> apply();
    void cancel() { m_ghost.reset(); }

private:
    int start() const;

    int m_value = 0;
    int m_unlimitedStart = 1;
    std::optional<int> m_ghost;
};

} // namespace Sluice
