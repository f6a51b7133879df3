// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/codetemplate.h"
#include "tests/support/testresult.h"

using namespace Sluice;
using namespace Qt::StringLiterals;

class TestCodeTemplate final : public QObject
{
    Q_OBJECT

private slots:
    void expands_data();
    void expands();
    void refuses_data();
    void refuses();
};

void TestCodeTemplate::expands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expanded");

    QTest::newRow("value") << u"a {{n}} b"_s << u"a 3 b"_s;
    QTest::newRow("not a tag") << u"f'{x}' } {"_s << u"f'{x}' } {"_s;
    QTest::newRow("true section") << u"{{#n}}yes {{n}}{{/n}}"_s << u"yes 3"_s;
    QTest::newRow("0 is false") << u"{{#zero}}yes{{/zero}}"_s << QString();
    QTest::newRow("inverted") << u"{{^zero}}no{{/zero}}{{^n}}x{{/n}}"_s << u"no"_s;
    QTest::newRow("list") << u"[{{#l}}{{k}}={{n}};{{/l}}]"_s << u"[a=3;b=3;]"_s;
    QTest::newRow("empty list") << u"{{#none}}x{{/none}}{{^none}}nothing{{/none}}"_s
                                << u"nothing"_s;
    QTest::newRow("tags alone take their lines")
        << u"a\n{{#n}}\nb\n{{/n}}\nc\n"_s << u"a\nb\nc\n"_s;
    QTest::newRow("nested") << u"{{#n}}{{#l}}{{^zero}}{{k}}{{/zero}}{{/l}}{{/n}}"_s << u"ab"_s;
    QTest::newRow("same name nested") << u"{{#n}}1{{#n}}2{{/n}}3{{/n}}"_s << u"123"_s;
}

static TemplateValues testValues()
{
    TemplateValues values;
    values.values = {{u"n"_s, u"3"_s}, {u"zero"_s, u"0"_s}};
    values.lists[u"l"_s] = {{{u"k"_s, u"a"_s}}, {{u"k"_s, u"b"_s}}};
    values.lists[u"none"_s] = {};
    return values;
}

void TestCodeTemplate::expands()
{
    QFETCH(QString, text);
    const Result<QString> result = expandCodeTemplate(text, testValues());
    VERIFY_RESULT(result);
    QTEST(*result, "expanded");
}

void TestCodeTemplate::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");

    QTest::newRow("unknown name") << u"a\n{{oops}}"_s << 2;
    QTest::newRow("unknown section") << u"{{#oops}}{{/oops}}"_s << 1;
    QTest::newRow("no end") << u"\n\n{{#n}}x"_s << 3;
}

void TestCodeTemplate::refuses()
{
    QFETCH(QString, text);
    const Result<QString> result = expandCodeTemplate(text, testValues());
    QVERIFY(!result);
    QTEST(result.error().line, "line");
}

QTEST_GUILESS_MAIN(TestCodeTemplate)
#include "tst_codetemplate.moc"
