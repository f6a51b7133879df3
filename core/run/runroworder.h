// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runrows.h"

namespace Sluice {

/** Which rows of a run are shown, and how they are sorted. */
struct RunRowQuery
{
    enum class Key { FailedFirst, Sequence, Request, Iteration, Status, Time, Queued, Size };

    Key key = Key::FailedFirst;
    bool isDescending = false;
    bool failedOnly = false;
    QString text; ///< In the request's name, the status or the message, in any case.
};

/**
 * Indexes of the rows that \a query asks for; rows that compare equal keep the order in which they
 * ended. \a names are the requests' names. Takes some 100 ms for a million rows: not for the
 * GUI thread.
 */
std::vector<quint32> orderedRows(const RunRows &rows, const RunRowQuery &query,
                                 const QStringList &names);

/** All rows of one request in a few figures; times on the wire in µs. */
struct RequestTally
{
    quint64 count = 0;
    quint64 failed = 0;
    qint64 p50Us = 0;
    qint64 p95Us = 0;
    qint64 maxUs = 0;
};

/** One tally for each of \a requests. */
std::vector<RequestTally> talliedRows(const RunRows &rows, std::size_t requests);

} // namespace Sluice
