// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <memory>
#include <vector>

namespace Sluice {

/**
 * Memory for the chunks of a large table. It comes chunk by chunk at first, then in slabs of huge
 * pages, where the system has them: what a million tickets touch lies far apart, and to find its
 * pages would take longer than to fetch it. A slab is not resident before it is written to. Gives
 * nothing back before its end. One thread.
 */
class Slabs
{
public:
    static constexpr std::size_t Alignment = 64;

    /** Not initialised; \a bytes is a multiple of Alignment. */
    void *take(std::size_t bytes);
    /** In use; the rest of the last slab is not counted. */
    std::size_t bytes() const { return m_bytes - m_left; }

private:
    struct Free
    {
        bool isLarge = false;
        void operator()(std::byte *slab) const;
    };

    std::vector<std::unique_ptr<std::byte[], Free>> m_slabs;
    std::byte *m_next = nullptr;
    std::size_t m_left = 0; ///< From m_next on.
    std::size_t m_bytes = 0;
};

} // namespace Sluice
