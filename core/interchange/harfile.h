// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/response.h"
#include "core/metrics/sample.h"

#include <QByteArray>
#include <QDateTime>

namespace Sluice {

/**
 * Writes an HTTP archive 1.2 piece by piece, so that a run of any length needs no memory for it.
 * `timings.blocked` is the time before the request was written: in Sluice's queue, also by itself
 * as `_blocked_queueing`, and held in Qt. Values of headers that carry credentials or cookies are
 * replaced; other secrets are for the caller to redact. Bodies of requests are not in it; those of
 * replies are, when they are kept and text of at most MaxBodyBytes.
 */
class HarFile
{
public:
    static constexpr qsizetype MaxBodyBytes = qsizetype(256) * 1024;

    enum class Bodies {
        Kept,
        Gone, ///< Only their sizes are known, and no headers.
    };

    explicit HarFile(Bodies bodies = Bodies::Kept) : m_bodies(bodies) {}

    /** What the file begins with. */
    static QByteArray head();
    /** One finished request, which began \a startedAt; after head() or another entry. */
    QByteArray entry(const Sample &sample, const Response &response, const QString &name,
                     const QDateTime &startedAt);
    /** What the file ends with. */
    static QByteArray tail();

private:
    Bodies m_bodies;
    bool m_isFirst = true;
};

} // namespace Sluice
