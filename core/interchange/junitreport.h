// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/check/checkresult.h"
#include "core/collection/collection.h"

#include <QByteArray>

#include <vector>

class QXmlStreamWriter;

namespace Sluice {

/**
 * A JUnit report: one test suite a request, one test case for the request itself and one for each
 * assertion; what cannot be sent is a suite with one skipped case. Iterations add up in the same
 * cases, so that memory depends on the collection alone; a case fails when it failed in any of
 * them. The class name is the request's path in the collection.
 */
class JunitReport
{
public:
    /** \a requests are the paths that \a request of add() indexes. */
    JunitReport(const QString &collection, const QStringList &requests,
                std::vector<SkippedItem> skipped = {});

    /** One finished request; \a error is empty when a reply came. */
    void add(std::size_t request, const QString &error, const std::vector<CheckResult> &checks,
             qint64 durationUs);
    QByteArray xml() const;

private:
    struct Case
    {
        QString name;
        quint64 count = 0;
        quint64 failures = 0;
        QString message; ///< Of the first failure.
    };
    struct Suite
    {
        QString name;
        qint64 durationUs = 0;
        Case sending;
        std::vector<Case> checks;
    };

    static void writeSuite(QXmlStreamWriter &writer, const Suite &suite);
    static void writeSkipped(QXmlStreamWriter &writer, const SkippedItem &item);
    static Case &caseOf(Suite &suite, const AssertionSpec &assertion);

    QString m_collection;
    std::vector<Suite> m_suites;
    std::vector<SkippedItem> m_skipped;
};

} // namespace Sluice
