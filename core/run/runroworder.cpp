// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runroworder.h"

#include "core/metrics/loghistogram.h"

#include <algorithm>

namespace Sluice {

namespace {

/** What is looked for, decided once for each name and message instead of once a row. */
class TextMatch
{
public:
    TextMatch(const QString &text, const QStringList &names, const QStringList &messages)
        : m_text(text), m_names(matching(names)), m_messages(matching(messages))
    {
    }

    bool operator()(const RunRow &row) const
    {
        return m_text.isEmpty() || (row.request < m_names.size() && m_names[row.request])
               || (row.message < m_messages.size() && m_messages[row.message])
               || (row.status > 0 && QString::number(row.status).startsWith(m_text));
    }

private:
    std::vector<bool> matching(const QStringList &texts) const
    {
        std::vector<bool> found;
        for (const QString &text : texts)
            found.push_back(text.contains(m_text, Qt::CaseInsensitive));
        return found;
    }

    QString m_text;
    std::vector<bool> m_names;
    std::vector<bool> m_messages;
};

/** The number that \a row is sorted by; \a ranks orders the requests by name. */
qint64 sortKey(const RunRow &row, RunRowQuery::Key key, const std::vector<qint64> &ranks)
{
    switch (key) {
    case RunRowQuery::Key::FailedFirst:
        return row.hasFailed ? 0 : 1;
    case RunRowQuery::Key::Sequence:
        return qint64(row.seq);
    case RunRowQuery::Key::Request:
        return row.request < ranks.size() ? ranks[row.request] : 0;
    case RunRowQuery::Key::Iteration:
        return row.iteration;
    case RunRowQuery::Key::Status:
        return row.status;
    case RunRowQuery::Key::Time:
        return row.onWireUs;
    case RunRowQuery::Key::Queued:
        return row.queuedUs;
    case RunRowQuery::Key::Size:
        return row.bytesBody;
    }
    return 0;
}

std::vector<qint64> nameRanks(const QStringList &names)
{
    QStringList sorted = names;
    std::ranges::sort(sorted, [](const QString &a, const QString &b) {
        return a.compare(b, Qt::CaseInsensitive) < 0;
    });
    std::vector<qint64> ranks;
    for (const QString &name : names)
        ranks.push_back(sorted.indexOf(name));
    return ranks;
}

} // namespace

std::vector<quint32> orderedRows(const RunRows &rows, const RunRowQuery &query,
                                 const QStringList &names)
{
    const TextMatch matches(query.text, names, rows.messages());
    const std::vector<qint64> ranks = nameRanks(names);
    std::vector<std::pair<qint64, quint32>> keyed;
    keyed.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RunRow &row = rows.at(i);
        if ((!query.failedOnly || row.hasFailed) && matches(row)) {
            const qint64 key = sortKey(row, query.key, ranks);
            keyed.emplace_back(query.isDescending ? -key : key, quint32(i));
        }
    }
    // The index breaks ties, which is the order in which the requests ended.
    std::ranges::sort(keyed);
    std::vector<quint32> order;
    order.reserve(keyed.size());
    for (const auto &[key, index] : keyed)
        order.push_back(index);
    return order;
}

std::vector<RequestTally> talliedRows(const RunRows &rows, std::size_t requests)
{
    std::vector<RequestTally> tallies(requests);
    std::vector<LogHistogram> times(requests);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RunRow &row = rows.at(i);
        if (row.request >= requests || row.wasCancelled)
            continue;
        ++tallies[row.request].count;
        tallies[row.request].failed += row.hasFailed;
        if (row.status > 0 && row.onWireUs >= 0)
            times[row.request].record(row.onWireUs);
    }
    for (std::size_t i = 0; i < requests; ++i) {
        tallies[i].p50Us = times[i].percentileUs(50);
        tallies[i].p95Us = times[i].percentileUs(95);
        tallies[i].maxUs = times[i].maxUs();
    }
    return tallies;
}

} // namespace Sluice
