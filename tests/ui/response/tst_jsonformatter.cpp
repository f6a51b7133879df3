// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/jsonformatter.h"

#include <QTest>

using namespace Sluice;

class TestJsonFormatter : public QObject
{
    Q_OBJECT

private slots:
    void layout_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &json, const QByteArray &expected) {
            QTest::newRow(name) << json << expected;
        };
        row("object", "{\"a\":1,\"b\":\"x\"}", "{\n  \"a\": 1,\n  \"b\": \"x\"\n}");
        row("numbers keep their bytes", "{\"id\":9007199254740993,\"b\":1204.10,\"e\":1E+400}",
            "{\n  \"id\": 9007199254740993,\n  \"b\": 1204.10,\n  \"e\": 1E+400\n}");
        row("escapes keep their bytes", "[\"\\u00e4\\/\\\"\",  \"ä\"]",
            "[\"\\u00e4\\/\\\"\", \"ä\"]");
        row("empty", "{\"a\":{ },\"b\":[ ]}", "{\n  \"a\": {},\n  \"b\": []\n}");
        row("short array inline", "[1,2,  3]", "[1, 2, 3]");
        row("array of objects", "[{\"a\":1}]", "[\n  {\n    \"a\": 1\n  }\n]");
        row("nested array", "[[1],[2]]", "[\n  [1],\n  [2]\n]");
        row("scalar", " true ", "true");
        row("duplicate keys stay", "{\"a\":1,\"a\":2}", "{\n  \"a\": 1,\n  \"a\": 2\n}");
        row("white space", "{\r\n\t\"a\" :\n1 }", "{\n  \"a\": 1\n}");
        QByteArray longArray = "[";
        QByteArray longLayout = "[";
        for (int i = 0; i < 40; ++i) {
            longArray += (i ? "," : "") + QByteArray::number(1000 + i);
            longLayout += (i ? ",\n  " : "\n  ") + QByteArray::number(1000 + i);
        }
        row("long array", longArray + "]", longLayout + "\n]");
    }
    void layout()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        const FormattedJson result = formatJson(json);
        QVERIFY(result.valid);
        QCOMPARE(result.text, expected);
        // Laying out what is laid out changes nothing.
        QCOMPARE(formatJson(result.text).text, expected);
    }

    void invalid_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("at");
        QTest::newRow("empty") << QByteArray() << 0;
        QTest::newRow("cut") << QByteArray("{\"a\":") << 5;
        QTest::newRow("trailing comma") << QByteArray("{\"a\":1,}") << 7;
        QTest::newRow("array comma") << QByteArray("[1,]") << 3;
        QTest::newRow("second value") << QByteArray("1 2") << 2;
        QTest::newRow("wrong bracket") << QByteArray("{]") << 1;
        QTest::newRow("open string") << QByteArray("[\"ab") << 1;
        QTest::newRow("leading zero") << QByteArray("01") << 2;
        QTest::newRow("bare word") << QByteArray("nul") << 0;
        QTest::newRow("newline in string") << QByteArray("\"a\nb\"") << 2;
        QTest::newRow("not json") << QByteArray("<html>") << 0;
    }
    void invalid()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, at);
        const FormattedJson result = formatJson(json);
        QVERIFY(!result.valid);
        QVERIFY2(qAbs(int(result.errorAt) - at) <= 4, qPrintable(QString::number(result.errorAt)));
    }

    void headIsABeginningOfTheWhole()
    {
        QByteArray json = "[";
        for (int i = 0; i < 300; ++i)
            json += (i ? "," : "") + QByteArray("{\"id\":") + QByteArray::number(i)
                    + ",\"roles\":[\"a\",\"b\"],\"name\":\"x\"}";
        json += "]";
        const QByteArray whole = formatJson(json).text;
        for (const qsizetype size : {1, 2, 7, 100, 101, 102, 103, 1000, 5000, 9999}) {
            const FormattedJson head = formatJson(QByteArrayView(json).first(size), true);
            QVERIFY2(whole.startsWith(head.text), qPrintable(QString::number(size)));
        }
    }

    void deepNestingNeedsNoStack()
    {
        const int depth = 2000;
        const QByteArray json = QByteArray(depth, '[') + QByteArray(depth, ']');
        QVERIFY(formatJson(json).valid);
    }
};

QTEST_APPLESS_MAIN(TestJsonFormatter)
#include "tst_jsonformatter.moc"
