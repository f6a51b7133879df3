// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlnode.h"
#include "tests/support/testresult.h"

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestYamlParser final : public QObject
{
    Q_OBJECT

private slots:
    void spans_data();
    void spans();
    void errors_data();
    void errors();
    void aliases();
    void aliasBombIsRefused();
};

void TestYamlParser::spans_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("span");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");

    const auto row = [](const char *name, const char *text, const char *value, const char *span,
                        int line, int column) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(value) << QByteArray(span)
                            << line << column;
    };
    row("plain", "k: a b # c\n", "a b", "a b", 1, 4);
    row("umlaut before", "ö: ü\n", "ü", "ü", 1, 4);
    row("single quoted", "k: 'it''s'\n", "it's", "'it''s'", 1, 4);
    row("quotes beside quotes", "k: 'a''''b'\n", "a''b", "'a''''b'", 1, 4);
    row("quotes at either end", "k: '''{ ''''n\": 1 }''x'\n", "'{ ''n\": 1 }'x",
        "'''{ ''''n\": 1 }''x'", 1, 4);
    row("single quoted, nothing", "k: ''\n", "", "''", 1, 4);
    row("single quoted lines", "k: 'a''''b \n   c\n\n\n  d '\n", "a''b c\n\nd ",
        "'a''''b \n   c\n\n\n  d '", 1, 4);
    row("single quoted breaks", "k: '\n  a\r\n  '\n", " a ", "'\n  a\r\n  '", 1, 4);
    row("double quoted", "k: \"a\\tb\"\n", "a\tb", "\"a\\tb\"", 1, 4);
    row("empty quotes", "k: \"\"\n", "", "\"\"", 1, 4);
    row("nothing", "k:\n", "", "", 1, 3);
    row("nothing, then a comment", "k: # c\nl: x\n", "", "", 1, 3);
    row("crlf", "k: a\r\nl: x\r\n", "a", "a", 1, 4);
    row("bom", "\xef\xbb\xbfk: a\n", "a", "a", 1, 4);
    row("several lines", "k: a\n  b\nl: x\n", "a b", "a\n  b", 1, 4);
    row("literal", "k: |\n  a\n\n  b\n# c\nl: x\n", "a\n\nb\n", "|\n  a\n\n  b", 1, 4);
    row("literal, stripped", "k: |-\n  a\n\n\nl: x\n", "a", "|-\n  a", 1, 4);
    row("literal, kept", "k: |+\n  a\n\nl: x\n", "a\n\n", "|+\n  a\n", 1, 4);
    row("literal with indent", "k: |2\n    a\nl: x\n", "  a\n", "|2\n    a", 1, 4);
    row("literal with comment", "k: | # the | sign\n  a\n", "a\n", "| # the | sign\n  a", 1, 4);
    row("literal crlf", "k: |-\r\n  a\r\n  b\r\nl: x\r\n", "a\nb", "|-\r\n  a\r\n  b", 1, 4);
    row("literal with blank first line", "k: |-\n\n  a\n", "\na", "|-\n\n  a", 1, 4);
    row("literal at the end of the file", "k: |-\n  a", "a", "|-\n  a", 1, 4);
    row("empty literal", "k: |-\nl: x\n", "", "|-", 1, 4);
    row("folded", "k: >-\n  a\n  b\n", "a b", ">-\n  a\n  b", 1, 4);
    row("anchored", "k: &x !!str 5\n", "5", "5", 1, 13);
    row("after a comment line", "# |\nk: # |\n  |\n  a\n", "a\n", "|\n  a", 3, 3);
    row("document start", "---\nk: a\n", "a", "a", 2, 4);
}

void TestYamlParser::spans()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, span);
    const Result<YamlNode> root = parseYaml(text, u"x.yml"_s);
    VERIFY_RESULT(root);
    const YamlNode &node = root->children.front();
    QTEST(node.text, "value");
    QCOMPARE(text.sliced(node.begin, node.end - node.begin), span);
    QTEST(node.line, "line");
    QTEST(node.column, "column");
}

void TestYamlParser::errors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");

    QTest::newRow("unclosed quote") << QByteArray("a: 1\nb: \"x\n")
                                    << u"x.yml:2:5: Not valid YAML: double-quoted scalar without "
                                       "closing quote"_s;
    QTest::newRow("duplicate key") << QByteArray("a: 1\nb:\n  c: 1\n  c: 2\n")
                                   << u"x.yml:4:3: The key \"c\" is written twice"_s;
    QTest::newRow("two documents")
        << QByteArray("a: 1\n---\nb: 1\n") << u"x.yml:2:1: The file holds more than one document"_s;
    QTest::newRow("not utf-8") << QByteArray("a: 1\nb: \xff\n")
                               << u"x.yml:2: The file is not UTF-8 text"_s;
    QTest::newRow("unknown alias")
        << QByteArray("a: *b\n") << u"x.yml:1:4: No anchor is named \"b\""_s;
    QTest::newRow("mapping as a key")
        << QByteArray("? [a, 1]\n: x\n")
        << u"x.yml:1:3: A key has to be a single word or a quoted text"_s;
    QTest::newRow("bare variable")
        << QByteArray("url: {{base}}\n")
        << u"x.yml:1:6: Put quotes around a value that starts with {, e.g. \"{{name}}\""_s;
}

void TestYamlParser::errors()
{
    QFETCH(QByteArray, text);
    const Result<YamlNode> root = parseYaml(text, u"x.yml"_s);
    QVERIFY(!root);
    QCOMPARE(root.error().code, ErrorCode::Parse);
    QTEST(root.error().toString(), "error");
}

void TestYamlParser::aliases()
{
    const QByteArray text = "a: &x\n  b: 1\nc: *x\n";
    const Result<YamlNode> root = parseYaml(text, u"x.yml"_s);
    VERIFY_RESULT(root);
    const YamlNode *copy = root->child(u"c");
    QVERIFY(copy->isAlias);
    QCOMPARE(copy->child(u"b")->text, u"1"_s);
    QCOMPARE(text.sliced(copy->begin, copy->end - copy->begin), QByteArray("*x"));
}

void TestYamlParser::aliasBombIsRefused()
{
    QByteArray text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray last = "*a" + QByteArray::number(i - 1);
        text += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " ["
                + QByteArrayList(10, last).join(", ") + "]\n";
    }
    const Result<YamlNode> root = parseYaml(text, u"x.yml"_s);
    QVERIFY(!root);
    QCOMPARE(root.error().code, ErrorCode::Parse);
}

QTEST_GUILESS_MAIN(TestYamlParser)
#include "tst_yamlparser.moc"
