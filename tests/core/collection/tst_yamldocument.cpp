// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamldocument.h"
#include "core/collection/yamlemitter.h"
#include "tests/support/testresult.h"

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** `set PATH = TEXT`, `literal PATH = TEXT`, `insert PATH INDEX = TEXT`, `remove PATH`. */
Result<> edit(YamlDocument &document, const QString &command)
{
    const QString verb = command.section(u' ', 0, 0);
    const QString target = command.section(u' ', 1, 1);
    const QString text = command.section(u" = "_s, 1);
    const Result<YamlPath> path = parseYamlPath(target);
    if (!path)
        return std::unexpected(path.error());
    if (verb == u"remove"_s)
        return document.remove(*path);
    if (verb == u"literal"_s)
        return document.set(*path, YamlValue::literal(text));
    YamlValue row = YamlValue::map();
    row.add(u"name"_s, YamlValue::string(text));
    row.add(u"value"_s, YamlValue::string(u"1"_s));
    if (verb == u"insert"_s)
        return document.insert(*path, command.section(u' ', 2, 2).toInt(), row);
    if (verb == u"map"_s)
        return document.set(*path, row);
    return document.set(*path, YamlValue::string(text));
}

} // namespace

class TestYamlDocument final : public QObject
{
    Q_OBJECT

private slots:
    void edits_data();
    void edits();
    void refuses_data();
    void refuses();
    void emptyKeysAreRemovedOrRefused_data();
    void emptyKeysAreRemovedOrRefused();
    void spellingsReadBack_data();
    void spellingsReadBack();
    void paths_data();
    void paths();
};

void TestYamlDocument::edits_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("wanted");

    const auto row = [](const char *name, const char *text, const char *command,
                        const char *wanted) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(command) << QByteArray(wanted);
    };
    row("plain", "a: x # c\nb: y\n", "set a = z", "a: z # c\nb: y\n");
    row("plain becomes quoted", "a: x\n", "set a = 5", "a: \"5\"\n");
    row("number", "a: 5\n", "literal a = 6", "a: 6\n");
    row("single quoted stays", "a: 'x'\n", "set a = it's", "a: 'it''s'\n");
    row("double quoted stays", "a: \"x\"\n", "set a = y", "a: \"y\"\n");
    row("variable is quoted", "a: x\n", "set a = {{v}}", "a: \"{{v}}\"\n");
    row("text with quotes", "a: x\n", "set a = : \"q\"", "a: ': \"q\"'\n");
    row("nothing", "a: # c\nb: y\n", "set a = z", "a: z # c\nb: y\n");
    row("nothing at the end", "a:", "set a = z", "a: z");
    row("null", "a: null\n", "set a = z", "a: z\n");
    row("crlf", "a: x\r\nb: y\r\n", "set a = z", "a: z\r\nb: y\r\n");
    row("bom",
        "\xef\xbb\xbf"
        "a: x\n",
        "set a = z",
        "\xef\xbb\xbf"
        "a: z\n");
    row("several lines to one", "a: x\n  y\nb: 1\n", "set a = z", "a: z\nb: 1\n");
    row("one line to several", "a: x\nb: 1\n", "set a = p\nq", "a: |-\n  p\n  q\nb: 1\n");
    row("several lines beside a comment", "a: x # c\n", "set a = p\nq", "a: \"p\\nq\" # c\n");
    row("several lines in flow", "{ a: x }\n", "set a = p\nq", "{ a: \"p\\nq\" }\n");
    row("literal keeps its indentation", "a: |\n     x\n     y\nb: 1\n", "set a = p\n q",
        "a: |-\n     p\n      q\nb: 1\n");
    row("literal keeps its comment", "a: | # c\n  x\nb: 1\n", "set a = y\n",
        "a: | # c\n  y\nb: 1\n");
    row("literal crlf", "a: |-\r\n  x\r\nb: 1\r\n", "set a = p\nq",
        "a: |-\r\n  p\r\n  q\r\nb: 1\r\n");
    row("literal before a blank line", "a: |\n  x\n\nb: 1\n", "set a = y\n", "a: |\n  y\n\nb: 1\n");
    row("literal that starts with a blank", "a: |\n  x\n", "set a =  p\nq", "a: |2-\n   p\n  q\n");
    row("literal in a list", "- |-\n  x\n- y\n", "set [0] = p\nq", "- |-\n  p\n  q\n- y\n");
    row("kept blank lines", "a: |+\n  x\n\nb: 1\n", "set a = y\n\n\n", "a: |+\n  y\n\n\nb: 1\n");
    row("alias", "a: &x 1\nb: *x\n", "set b = z", "a: &x 1\nb: z\n");
    row("tag", "a: !!str 5\n", "set a = z", "a: !!str z\n");
    row("flow", "{ a: x, b: [1, y] }\n", "set b[1] = z", "{ a: x, b: [1, z] }\n");
    row("flow quotes a comma", "{ a: x }\n", "set a = p, q", "{ a: \"p, q\" }\n");

    row("new key", "m:\n  a: x # c\nn: y\n", "set m.b = z", "m:\n  a: x # c\n  b: z\nn: y\n");
    row("new key without a last newline", "m:\n  a: x", "set m.b = z", "m:\n  a: x\n  b: z");
    row("new key after a literal", "m:\n  a: |-\n    x\n\nn: y\n", "set m.b = z",
        "m:\n  a: |-\n    x\n  b: z\n\nn: y\n");
    row("new key in an item", "- name: x\n- name: y\n", "set [0].v = z",
        "- name: x\n  v: z\n- name: y\n");
    row("new key in flow", "m: { a: x }\n", "set m.b = z", "m: { a: x, b: z }\n");
    row("new key in an empty flow", "m: {}\n", "set m.b = z", "m: { b: z }\n");
    row("new key in flow lines", "m: {\n  a: x\n}\n", "set m.b = z", "m: {\n  a: x,\n  b: z\n}\n");
    row("new maps", "a: x\n", "set m.n.o = z", "a: x\nm:\n  n:\n    o: z\n");
    row("new map in an empty value", "a: x\nm:\n", "set m.n = z", "a: x\nm:\n  n: z\n");
    row("new section", "a:\n  b: c\n\nd:\n  e: f\n", "set g.h = z",
        "a:\n  b: c\n\nd:\n  e: f\n\ng:\n  h: z\n");
    row("new key in an empty file", "# only this\n", "set a.b = z", "# only this\na:\n  b: z\n");
    row("scalar to map", "a: x\nb: y\n", "map a = z", "a:\n  name: z\n  value: \"1\"\nb: y\n");
    row("map to scalar", "a:\n  x: 1\nb: y\n", "set a = z", "a: z\nb: y\n");
    row("key keeps its quotes", "\"a\": {x: 1}\n", "set a = z", "\"a\": z\n");

    row("insert first", "m:\n  - name: x # c\n", "insert m 0 = y",
        "m:\n  - name: y\n    value: \"1\"\n  - name: x # c\n");
    row("insert last", "m:\n- name: x # c\nn: 1\n", "insert m 1 = y",
        "m:\n- name: x # c\n- name: y\n  value: \"1\"\nn: 1\n");
    row("insert into nothing", "m:\n  a: 1\n", "insert m.l 0 = y",
        "m:\n  a: 1\n  l:\n    - name: y\n      value: \"1\"\n");
    row("insert into an empty list", "m: []\n", "insert m 0 = y",
        "m: [{ name: y, value: \"1\" }]\n");
    row("insert into flow", "m: [a, b]\n", "insert m 1 = y",
        "m: [a, { name: y, value: \"1\" }, b]\n");

    row("remove a key", "a: x\n# of b\nb: y # c\nc: z\n", "remove b", "a: x\nc: z\n");
    row("remove the last key", "m:\n  a: x\n  b: y", "remove m.b", "m:\n  a: x\n");
    row("remove the only key", "m:\n  a: x\nn: 1\n", "remove m.a", "m: {}\nn: 1\n");
    row("remove a section", "a:\n  b: 1\n\nc:\n  d: 2\n\ne: 3\n", "remove c",
        "a:\n  b: 1\n\ne: 3\n");
    row("remove the last section", "a: 1\n\nc:\n  d: 2\n", "remove c", "a: 1\n");
    row("remove the first section", "# head\na: 1\nb: 2\n", "remove a", "# head\nb: 2\n");
    row("remove the first key of an item", "- a: x\n  b: y\n", "remove [0].a", "- b: y\n");
    row("remove an item", "l:\n  - a\n  # of b\n  - b\n  - c\n", "remove l[1]",
        "l:\n  - a\n  - c\n");
    row("remove a literal", "a: |\n  x\n\nb: y\n", "remove a", "b: y\n");
    row("remove in flow", "{ a: 1, b: 2, c: 3 }\n", "remove b", "{ a: 1, c: 3 }\n");
    row("remove the last in flow", "[a, b]\n", "remove [1]", "[a]\n");
    row("remove the only one in flow", "m: { a: 1 }\n", "remove m.a", "m: {}\n");
}

void TestYamlDocument::edits()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, command);
    Result<YamlDocument> document = YamlDocument::parse(text, u"x.yml"_s);
    VERIFY_RESULT(document);
    const Result<> done = edit(*document, command);
    VERIFY_RESULT(done);
    QTEST(document->text(), "wanted");
}

void TestYamlDocument::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("command");

    QTest::newRow("anchored elsewhere") << QByteArray("a: &x 1\nb: *x\n") << u"set a = z"_s;
    QTest::newRow("inside an alias") << QByteArray("a: &x {n: 1}\nb: *x\n") << u"set b.n = z"_s;
    QTest::newRow("below a scalar") << QByteArray("a: x\n") << u"set a.b = z"_s;
    QTest::newRow("past the end of a list") << QByteArray("a: [x]\n") << u"set a[3] = z"_s;
    QTest::newRow("key of a list") << QByteArray("a: [x]\n") << u"set a.b = z"_s;
}

void TestYamlDocument::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, command);
    Result<YamlDocument> document = YamlDocument::parse(text, u"x.yml"_s);
    VERIFY_RESULT(document);
    QVERIFY(!edit(*document, command));
    QCOMPARE(document->text(), text);
}

void TestYamlDocument::emptyKeysAreRemovedOrRefused_data()
{
    QTest::addColumn<QByteArray>("text");

    for (const char *text :
         {"a: 1\n: 2\n", "info: { name: x }\n: 12\n", ": 2\na: 1\n", ": 2\n", "- a: 1\n  : 2\n"})
        QTest::newRow(text) << QByteArray(text);
}

/** What starts on its line is told by the key, which is not there to be seen. */
void TestYamlDocument::emptyKeysAreRemovedOrRefused()
{
    QFETCH(QByteArray, text);
    Result<YamlDocument> document = YamlDocument::parse(text, u"x.yml"_s);
    VERIFY_RESULT(document);
    const YamlPath path =
        document->root().isSequence() ? YamlPath{qsizetype(0), QString()} : YamlPath{QString()};
    QVERIFY(document->node(path));
    if (document->remove(path))
        QVERIFY(!document->node(path));
    else
        QCOMPARE(document->text(), text);
}

void TestYamlDocument::spellingsReadBack_data()
{
    QTest::addColumn<QString>("text");
    const QStringList texts{
        u""_s,         u" "_s,        u"a"_s,
        u"a "_s,       u" a"_s,       u"5"_s,
        u"1.10"_s,     u"true"_s,     u"null"_s,
        u"~"_s,        u"- a"_s,      u"-a"_s,
        u"a: b"_s,     u"a:"_s,       u"a #b"_s,
        u"#a"_s,       u"{a}"_s,      u"[a"_s,
        u"'a'"_s,      u"\"a\""_s,    u"a'b\"c"_s,
        u"\\n"_s,      u"a\nb"_s,     u"a\n"_s,
        u"a\n\n"_s,    u"\na"_s,      u"\n"_s,
        u"\n\n"_s,     u" a\nb"_s,    u"a\n b\n  c"_s,
        u"a\t\nb"_s,   u"\ta"_s,      u"a\r\nb"_s,
        u"a\rb"_s,     u"\u0085"_s,   u"\u2028x"_s,
        u"\ufeffx"_s,  u"\u0007"_s,   u"ü€😀"_s,
        u"---"_s,      u"--- a"_s,    u"..."_s,
        u"%x"_s,       u"@x"_s,       u"`x"_s,
        u"? a"_s,      u"?"_s,        u":"_s,
        u"0x1F"_s,     u".inf"_s,     u"1e3"_s,
        u"+1"_s,       u"a, b"_s,     u"http://x:1/?a=b&c#d"_s,
        u"a\n\n\nb"_s, u"a\n  \nb"_s, u"a \nb \n"_s,
        u"|"_s,        u">"_s,        u"| a\nb"_s,
    };
    for (qsizetype i = 0; i < texts.size(); ++i)
        QTest::addRow("%d", int(i)) << texts[i];
}

void TestYamlDocument::spellingsReadBack()
{
    QFETCH(QString, text);
    for (const bool flow : {false, true}) {
        for (const QByteArray had : {"x", "'x'", "\"x\"", "|\n    x", ">-\n    x"}) {
            if (flow && (had.startsWith('|') || had.startsWith('>')))
                continue;
            const QByteArray before =
                flow ? "m: { a: " + had + ", b: y }\n" : "m:\n  a: " + had + "\n  b: y\n";
            Result<YamlDocument> document = YamlDocument::parse(before, u"x.yml"_s);
            VERIFY_RESULT(document);
            const Result<> done = document->set({u"m"_s, u"a"_s}, YamlValue::string(text));
            VERIFY_RESULT(done);
            QCOMPARE(document->node({u"m"_s, u"a"_s})->text, text);
            QCOMPARE(document->node({u"m"_s, u"b"_s})->text, u"y"_s);
        }
        YamlValue map = YamlValue::map();
        map.add(text, YamlValue::string(text));
        YamlValue outer = YamlValue::map();
        outer.add(u"m"_s, std::move(map));
        outer.key = u"k"_s;
        const QByteArray written = (flow ? flowText(outer, {}) : blockEntry(outer, {})) + '\n';
        const Result<YamlNode> read = parseYaml(written, u"x.yml"_s);
        VERIFY_RESULT(read);
        const YamlNode *node = flow ? read->child(u"m") : read->descendant({u"k", u"m"});
        QVERIFY2(node && node->children.size() == 1, written.constData());
        QCOMPARE(node->children[0].key, text);
        QCOMPARE(node->children[0].text, text);
    }
}

void TestYamlDocument::paths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("ok");
    QTest::newRow("key") << u"a"_s << true;
    QTest::newRow("deep") << u"http.headers[0].value"_s << true;
    QTest::newRow("list of lists") << u"a[1][2]"_s << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("dot") << u"a..b"_s << false;
    QTest::newRow("trailing dot") << u"a."_s << false;
    QTest::newRow("no index") << u"a[]"_s << false;
    QTest::newRow("negative") << u"a[-1]"_s << false;
    QTest::newRow("huge") << u"a[99999999999]"_s << false;
}

void TestYamlDocument::paths()
{
    QFETCH(QString, text);
    QFETCH(bool, ok);
    const Result<YamlPath> path = parseYamlPath(text);
    QCOMPARE(path.has_value(), ok);
    if (path)
        QCOMPARE(yamlPathText(*path), text);
}

QTEST_GUILESS_MAIN(TestYamlDocument)
#include "tst_yamldocument.moc"
