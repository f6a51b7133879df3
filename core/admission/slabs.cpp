// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/slabs.h"

#include <algorithm>
#include <new>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#endif

namespace Sluice {

namespace {

constexpr std::size_t HugePage = std::size_t(2) * 1024 * 1024;
constexpr std::size_t LargeBytes = 4 * HugePage;
/** Below this, what is held is found fast enough as it is. */
constexpr std::size_t LargeFromBytes = HugePage / 2;

/** Memory for huge pages where the system has them; none is used before it is written to. */
std::byte *takeLarge()
{
#ifdef Q_OS_LINUX
    // A huge page begins at a multiple of its size, so one more is mapped and the ends given back.
    void *mapped = ::mmap(nullptr, LargeBytes + HugePage, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        throw std::bad_alloc();
    auto *begin = static_cast<std::byte *>(mapped);
    void *aligned = mapped;
    std::size_t left = LargeBytes + HugePage;
    std::align(HugePage, LargeBytes, aligned, left);
    auto *first = static_cast<std::byte *>(aligned);
    if (first > begin)
        ::munmap(begin, std::size_t(first - begin));
    if (left > LargeBytes)
        ::munmap(first + LargeBytes, left - LargeBytes);
    ::madvise(first, LargeBytes, MADV_HUGEPAGE);
    return first;
#else
    return static_cast<std::byte *>(
        ::operator new[](LargeBytes, std::align_val_t(Slabs::Alignment)));
#endif
}

} // namespace

void Slabs::Free::operator()(std::byte *slab) const
{
#ifdef Q_OS_LINUX
    if (isLarge) {
        ::munmap(slab, LargeBytes);
        return;
    }
#endif
    ::operator delete[](slab, std::align_val_t(Alignment));
}

void *Slabs::take(std::size_t bytes)
{
    if (m_left < bytes) {
        const bool large = m_bytes >= LargeFromBytes && bytes <= LargeBytes;
        m_left = large ? LargeBytes : bytes;
        m_next =
            large ? takeLarge()
                  : static_cast<std::byte *>(::operator new[](bytes, std::align_val_t(Alignment)));
        m_slabs.emplace_back(m_next, Free{large});
        m_bytes += m_left;
    }
    void *taken = m_next;
    m_next += bytes;
    m_left -= bytes;
    return taken;
}

} // namespace Sluice
