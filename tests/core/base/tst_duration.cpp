// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/duration.h"
#include "tests/support/testresult.h"

using namespace Sluice;

class TestDuration final : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

void TestDuration::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("us");
    QTest::addColumn<QString>("written");

    QTest::newRow("ms") << "250ms" << qint64(250'000) << "250ms";
    QTest::newRow("s") << "5s" << qint64(5'000'000) << "5s";
    QTest::newRow("m") << "2m" << qint64(120'000'000) << "2m";
    QTest::newRow("fraction") << "1.5s" << qint64(1'500'000) << "1500ms";
    QTest::newRow("bare number is ms") << " 40 " << qint64(40'000) << "40ms";
    QTest::newRow("zero") << "0" << qint64(0) << "0ms";
}

void TestDuration::reads()
{
    QFETCH(QString, text);
    const Result<qint64> us = parseDurationUs(text);
    VERIFY_RESULT(us);
    QTEST(*us, "us");
    QTEST(durationText(*us), "written");
}

void TestDuration::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "s", "-1s", "5 parsecs", "nan", "inf", "1e300h"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestDuration::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!parseDurationUs(text));
}

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
