// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/commandpalette.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestFuzzyScore : public QObject
{
    Q_OBJECT

private slots:
    void betterMatchScoresHigher_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("word starts") << u"lu"_s << u"List users"_s << u"Reload status"_s;
        QTest::newRow("run of letters") << u"user"_s << u"One user"_s << u"Undo save error"_s;
        QTest::newRow("shorter") << u"send"_s << u"Send"_s << u"Send request"_s;
        QTest::newRow("any case") << u"SEND"_s << u"send"_s << u"xyz"_s;
    }
    void betterMatchScoresHigher()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY(fuzzyScore(pattern, better) > fuzzyScore(pattern, worse));
    }

    void missingLettersDoNotMatch()
    {
        QCOMPARE(fuzzyScore(u"abc", u"acb"), 0);
        QVERIFY(fuzzyScore(u"", u"anything") != 0);
    }
};

QTEST_APPLESS_MAIN(TestFuzzyScore)
#include "tst_fuzzyscore.moc"
