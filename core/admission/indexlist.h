// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Sluice {

inline constexpr quint32 NoIndex = 0xffffffff;

/** The neighbours of one element of an IndexList. */
struct IndexLink
{
    quint32 prev = NoIndex; ///< Not kept for the first element.
    quint32 next = NoIndex;
};

/**
 * A doubly linked list of array elements that carry the links themselves: O(1), no allocation,
 * eight bytes an element. \a link maps an index to the IndexLink of that element.
 */
class IndexList
{
public:
    bool isEmpty() const { return m_first == NoIndex; }
    quint32 first() const { return m_first; }

    template<typename LinkOf>
    void append(quint32 index, LinkOf &&link)
    {
        link(index) = {m_last, NoIndex};
        if (m_last == NoIndex)
            m_first = index;
        else
            link(m_last).next = index;
        m_last = index;
    }

    /** \a index must be in this list. */
    template<typename LinkOf>
    void remove(quint32 index, LinkOf &&link)
    {
        const IndexLink &gone = link(index);
        if (index == m_first) {
            // The next one is not told: it would have to be fetched from memory.
            m_first = gone.next;
            if (index == m_last)
                m_last = NoIndex;
            return;
        }
        link(gone.prev).next = gone.next;
        if (index == m_last)
            m_last = gone.prev;
        else
            link(gone.next).prev = gone.prev;
    }

private:
    quint32 m_first = NoIndex;
    quint32 m_last = NoIndex;
};

} // namespace Sluice
