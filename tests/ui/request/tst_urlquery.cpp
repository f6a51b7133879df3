// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/urlquery.h"
#include "ui/request/variables.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** `name=value`, switched off with a leading ~, a path parameter with a leading colon. */
std::vector<Param> paramsFrom(const QString &text)
{
    std::vector<Param> params;
    for (QString item : text.split(u' ', Qt::SkipEmptyParts)) {
        Param param;
        param.enabled = !item.startsWith(u'~');
        param.isPath = item.startsWith(u':');
        if (!param.enabled || param.isPath)
            item.remove(0, 1);
        param.name = item.section(u'=', 0, 0);
        param.value = item.section(u'=', 1);
        params.push_back(param);
    }
    return params;
}

QString textOf(const std::vector<Param> &params)
{
    QStringList items;
    for (const Param &param : params)
        items << (param.isPath    ? u":"_s
                  : param.enabled ? QString()
                                  : u"~"_s)
                     + param.name + u'=' + param.value;
    return items.join(u' ');
}

} // namespace

class TestUrlQuery : public QObject
{
    Q_OBJECT

private slots:
    void paramsFollowTheUrl_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("expected");
        QTest::newRow("added") << u"/x?a=1"_s << u"/x?a=1&b=2"_s << u"a=1"_s << u"a=1 b=2"_s;
        QTest::newRow("changed") << u"/x?a=1&b=2"_s << u"/x?a=1&b=3"_s << u"a=1 b=2"_s
                                 << u"a=1 b=3"_s;
        QTest::newRow("removed") << u"/x?a=1&b=2"_s << u"/x"_s << u"a=1 b=2"_s << u""_s;
        QTest::newRow("off stays") << u"/x?b=2"_s << u"/x?b=3"_s << u"~a=1 b=2"_s << u"~a=1 b=3"_s;
        QTest::newRow("not in the URL stays") << u"/x"_s << u"/x?b=1"_s << u"a=1"_s << u"a=1 b=1"_s;
        QTest::newRow("variable with signs")
            << u"/x"_s << u"/x?a={{b?c&d=e}}#f?g"_s << u""_s << u"a={{b?c&d=e}}"_s;
        QTest::newRow("path") << u"http://h/users"_s << u"http://h/users/:id"_s << u""_s
                              << u":id="_s;
        QTest::newRow("path kept")
            << u"http://h/:id"_s << u"http://h/:id/x"_s << u":id=7"_s << u":id=7"_s;
        QTest::newRow("port is no path") << u""_s << u"http://h:80/x"_s << u""_s << u""_s;
        QTest::newRow("no value") << u""_s << u"/x?flag"_s << u""_s << u"flag="_s;
    }
    void paramsFollowTheUrl()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QString, params);
        QFETCH(QString, expected);
        QCOMPARE(textOf(paramsAfterUrlEdit(before, after, paramsFrom(params))), expected);
    }

    void descriptionsStay()
    {
        std::vector<Param> params = paramsFrom(u"a=1"_s);
        params.front().description = u"which page"_s;
        const std::vector<Param> after = paramsAfterUrlEdit(u"/x?a=1"_s, u"/x?a=2"_s, params);
        QCOMPARE(after.front().description, u"which page"_s);
    }

    void urlFollowsTheParams_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("expected");
        QTest::newRow("query") << u"/x"_s << u"a=1 ~b=2 c="_s << u"/x?a=1&c"_s;
        QTest::newRow("replaced") << u"/x?z=9#top"_s << u"a={{v}}"_s << u"/x?a={{v}}#top"_s;
        QTest::newRow("none") << u"/x?z=9"_s << u""_s << u"/x"_s;
        QTest::newRow("path") << u"/:id?z=9"_s << u":id=7 a=1"_s << u"/:id?a=1"_s;
    }
    void urlFollowsTheParams()
    {
        QFETCH(QString, url);
        QFETCH(QString, params);
        QFETCH(QString, expected);
        QCOMPARE(urlWithParams(url, paramsFrom(params)), expected);
    }

    void nearestScopeWins()
    {
        VariableMeanings lookup;
        RequestInContext request;
        RequestDefaults collection;
        collection.variables = {{u"a"_s, u"collection"_s}, {u"b"_s, u"collection"_s}};
        RequestDefaults folder;
        folder.variables = {{u"a"_s, u"folder"_s}};
        request.defaults = {collection, folder};
        lookup.setRequest(request);
        EnvironmentSpec local;
        local.name = u"local"_s;
        local.variables = {{u"c"_s, u"50"_s},
                           {u"s"_s, u"hidden"_s, true, true},
                           {u"a"_s, u"environment"_s},
                           {u"b"_s, u"{\"x\": [1, 2]}"_s}};
        lookup.setInputs({.environment = local});
        QCOMPARE(lookup.find(u"a"_s)->value, u"folder"_s);
        QCOMPARE(lookup.find(u"b"_s)->from, u"local"_s);
        QCOMPARE(lookup.find(u"b.x[1]"_s)->value, u"2"_s);
        lookup.setInputs({});
        QCOMPARE(lookup.find(u"b"_s)->from, u"collection"_s);
        lookup.setInputs({.environment = local});
        QVERIFY(lookup.find(u"$guid"_s));
        QVERIFY(!lookup.find(u"$nope"_s));
        QCOMPARE(lookup.hint(u"{{$nope}}"_s), u"not defined"_s);
        qputenv("SLUICE_TEST_VARIABLE", "here");
        lookup.setInputs({.environment = local});
        QCOMPARE(lookup.find(u"process.env.SLUICE_TEST_VARIABLE"_s)->value, u"here"_s);
        QVERIFY(!lookup.find(u"process.env.SLUICE_NO_VARIABLE"_s));
        QCOMPARE(lookup.hint(u"{{c}}"_s), u"50 from local"_s);
        QVERIFY(!lookup.hint(u"{{s}}"_s).contains(u"hidden"_s));
        QVERIFY(!lookup.find(u"nope"_s));
    }

    void describes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("bad");

        const auto row = [](const char *name, const char *text, bool bad) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromUtf8(text) << bad;
        };
        row("base", "base = http://api.example:8080 (from local)", false);
        row("host", "host = api.example (from collection)", false);
        row("port", "port = 8080 (from runtime)", false);
        row("process.env.FROM_FILE", "process.env.FROM_FILE = dot (from process)", false);
        row("fromFile", "fromFile = <dot> (from request)", false);
        row("signed", "signed = t-•••• (from request)", false);
        row("kept", "kept = •••• (from local)", false);
        row("process.env.kept", "process.env.kept = •••• (from process)", false);
        row("lost",
            "The secret \"lost\" in this text has no value here; set it in .env or as a secret",
            true);
        row("loop", "The variables loop → back → loop in this text need each other", true);
        row("broken", "The variable \"nope\" in this text is not defined", true);
        row("nope", "{{nope}} is not defined in this environment, folder or request", true);
        row("$guid", "{{$guid}} is made anew for every request", false);
    }

    /** What the tool tip over `{{name}}` says, and whether it is marked as bad. */
    void describes()
    {
        QFETCH(QString, name);
        VariableInputs inputs;
        inputs.environment.name = u"local"_s;
        inputs.environment.variables = {{u"base"_s, u"http://{{host}}:{{port}}"_s},
                                        {u"token"_s, u"hidden"_s, true, true},
                                        {u"kept"_s, {}, true, true},
                                        {u"lost"_s, {}, true, true}};
        inputs.dotEnv = {{u"FROM_FILE"_s, u"dot"_s}, {u"kept"_s, u"hidden as well"_s}};
        inputs.captured.set({u"port"_s, {u"8080"_s, ValueType::Number}});
        RequestInContext request;
        request.defaults.resize(1);
        request.defaults[0].variables = {{u"host"_s, u"api.example"_s}, {u"port"_s, u"1"_s}};
        request.request.variables = {{u"fromFile"_s, u"<{{process.env.FROM_FILE}}>"_s},
                                     {u"signed"_s, u"t-{{token}}"_s},
                                     {u"loop"_s, u"{{back}}"_s},
                                     {u"back"_s, u"{{loop}}"_s},
                                     {u"broken"_s, u"{{nope}}"_s}};
        VariableMeanings meanings;
        meanings.setRequest(request);
        meanings.setInputs(inputs);
        QTEST(meanings.describe(name), "text");
        QTEST(meanings.isBad(name), "bad");
    }
};

QTEST_APPLESS_MAIN(TestUrlQuery)
#include "tst_urlquery.moc"
