// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/rundetails.h"

#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

/** What reports know of each request and of the time. */
class TestRunDetails final : public QObject
{
    Q_OBJECT

private slots:
    void countsInBins_data();
    void countsInBins();
    void keepsTheFirstFailure();
};

void TestRunDetails::countsInBins_data()
{
    QTest::addColumn<qint64>("lengthUs");
    QTest::addColumn<qint64>("binUs");

    QTest::newRow("short") << qint64(500'000) << qint64(100'000);
    QTest::newRow("as long as the bins reach") << qint64(23'999'999) << qint64(100'000);
    QTest::newRow("twice as long") << qint64(24'000'000) << qint64(200'000);
    QTest::newRow("a day") << qint64(86'400'000'000) << qint64(409'600'000);
}

void TestRunDetails::countsInBins()
{
    QFETCH(qint64, lengthUs);
    QFETCH(qint64, binUs);
    RunDetails details({u"A"_s});
    details.setStartUs(5'000);
    constexpr int Count = 1000;
    for (int i = 0; i <= Count; ++i) {
        Sample sample;
        sample.timings.admittedUs = 5'000;
        sample.timings.finishedUs = 5'000 + lengthUs * i / Count;
        details.add(sample, i % 10 == 0 ? u"down"_s : QString(), {});
    }
    QVERIFY(details.bins().size() <= RunDetails::MaxBins);
    QCOMPARE(details.binUs(), binUs);
    quint32 replies = 0;
    quint32 errors = 0;
    for (const RunBin &bin : details.bins()) {
        replies += bin.replies;
        errors += bin.errors;
    }
    QCOMPARE(replies, quint32(900));
    QCOMPARE(errors, quint32(101));
}

void TestRunDetails::keepsTheFirstFailure()
{
    RunDetails details({u"A"_s, u"B"_s});
    Sample sample;
    sample.request = 1;
    sample.timings.finishedUs = 1;
    details.add(sample, {}, {{{u"res.status"_s, u"eq"_s, u"200"_s}, false, u"expected 404"_s}});
    details.add(sample, u"refused"_s, {});
    QCOMPARE(details.requests()[0].count, quint64(0));
    QCOMPARE(details.requests()[1].count, quint64(2));
    QCOMPARE(details.requests()[1].failed, quint64(2));
    QCOMPARE(details.requests()[1].firstFailure, u"res.status: expected 404"_s);
    QCOMPARE(details.requests()[1].onWire.count(), quint64(1));
}

QTEST_GUILESS_MAIN(TestRunDetails)
#include "tst_rundetails.moc"
