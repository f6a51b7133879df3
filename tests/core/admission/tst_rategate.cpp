// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/rategate.h"
#include "tests/support/testresult.h"

using namespace Sluice;

class TestRateGate final : public QObject
{
    Q_OBJECT

private slots:
    void neverMoreThanBurstAndRate_data();
    void neverMoreThanBurstAndRate();
    void lateTimersCostNothing_data();
    void lateTimersCostNothing();
    void oddValues_data();
    void oddValues();
};

void TestRateGate::neverMoreThanBurstAndRate_data()
{
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("burst");
    QTest::newRow("one by one") << 3.0 << 1.0;
    QTest::newRow("burst") << 7.0 << 5.0;
    QTest::newRow("fast") << 30'000.0 << 20.0;
    QTest::newRow("slow") << 0.01 << 2.0;
}

void TestRateGate::neverMoreThanBurstAndRate()
{
    QFETCH(double, perSecond);
    QFETCH(double, burst);
    const RateGate gate(RateLimit{perSecond, burst});
    double paidUntilUs = 0;
    qint64 nowUs = 1'000'000;
    std::vector<qint64> admitted;
    for (int i = 0; i < 1000; ++i) {
        nowUs = std::max(nowUs, gate.readyUs(paidUntilUs));
        QVERIFY(gate.isReady(paidUntilUs, nowUs));
        paidUntilUs = gate.charge(paidUntilUs, nowUs);
        admitted.push_back(nowUs);
        if (i % 100 == 99)
            nowUs += qint64(5e6 / perSecond); // A lull that refills some of the bucket.
    }
    for (std::size_t from = 0; from < admitted.size(); ++from) {
        for (std::size_t to = from; to < admitted.size(); ++to) {
            const double windowS = double(admitted[to] - admitted[from]) / 1e6;
            QVERIFY(double(to - from + 1) <= burst + perSecond * windowS + 1e-6);
        }
    }
    // And no slower than it must be: before the first lull, at most a microsecond for each.
    const double expectedS = (100 - burst) / perSecond;
    QVERIFY(std::abs(double(admitted[99] - admitted[0]) / 1e6 - expectedS) <= 100e-6);
}

void TestRateGate::lateTimersCostNothing_data()
{
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("burst");
    QTest::addColumn<qint64>("timerUs"); // Which fires at multiples of it only.
    QTest::addColumn<double>("atLeast"); // Of the rate.
    QTest::newRow("a millisecond") << 1000.0 << 1.0 << qint64(1'100) << 0.99;
    QTest::newRow("many at a time") << 7000.0 << 1.0 << qint64(1'100) << 0.99;
    QTest::newRow("with a burst") << 1000.0 << 3.0 << qint64(1'700) << 0.99;
    QTest::newRow("slow") << 150.0 << 1.0 << qint64(4'900) << 0.99;
    QTest::newRow("as late as it may be") << 1000.0 << 1.0 << RateGate::LatenessUs << 0.99;
    QTest::newRow("later: not made up for") << 1000.0 << 1.0 << qint64(50'000) << 0.1;
}

void TestRateGate::lateTimersCostNothing()
{
    QFETCH(double, perSecond);
    QFETCH(double, burst);
    QFETCH(qint64, timerUs);
    const RateGate gate(RateLimit{perSecond, burst});
    const qint64 beganUs = 1'000'000;
    double paidUntilUs = gate.charge(0, beganUs);
    std::vector<qint64> admitted{beganUs};
    for (qint64 nowUs = beganUs; nowUs < beganUs + 10'000'000; nowUs += timerUs) {
        while (gate.isReady(paidUntilUs, nowUs)) {
            paidUntilUs = gate.charge(paidUntilUs, nowUs, true);
            admitted.push_back(nowUs);
        }
        const double seconds = double(nowUs - beganUs) / 1e6;
        QVERIFY(double(admitted.size()) <= burst + perSecond * seconds + 1e-6);
    }
    QFETCH(double, atLeast);
    QVERIFY(double(admitted.size()) >= atLeast * perSecond * 10);
    for (std::size_t from = 0; from < admitted.size(); from += 7) {
        for (std::size_t to = from; to < std::min(admitted.size(), from + 200); ++to) {
            const double windowS =
                double(admitted[to] - admitted[from] + RateGate::LatenessUs) / 1e6;
            QVERIFY(double(to - from + 1) <= burst + perSecond * windowS + 1e-6);
        }
    }
}

void TestRateGate::oddValues_data()
{
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("burst");
    QTest::addColumn<bool>("on");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();
    QTest::newRow("off") << 0.0 << 1.0 << false;
    QTest::newRow("negative") << -1.0 << 1.0 << false;
    QTest::newRow("nan") << nan << nan << false;
    QTest::newRow("nan burst") << 1.0 << nan << true;
    QTest::newRow("infinite") << inf << inf << true;
    QTest::newRow("tiny") << 1e-300 << 1e300 << true;
    QTest::newRow("burst below one") << 1.0 << 0.0 << true;
}

void TestRateGate::oddValues()
{
    QFETCH(double, perSecond);
    QFETCH(double, burst);
    const RateGate gate(RateLimit{perSecond, burst});
    QTEST(gate.isOn(), "on");
    QVERIFY(gate.isReady(0, 1'000'000));
    const double paidUntilUs = gate.charge(0, 1'000'000);
    QVERIFY(gate.readyUs(paidUntilUs) >= 0);
    QVERIFY(gate.carriedOver(paidUntilUs, 1'000'000, RateGate(RateLimit{2, 1})) >= 1'000'000);
}

QTEST_GUILESS_MAIN(TestRateGate)
#include "tst_rategate.moc"
