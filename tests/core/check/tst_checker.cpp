// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/checker.h"
#include "core/check/operators.h"
#include "tests/support/testresult.h"

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

Response sampleResponse()
{
    Response response;
    response.status = 201;
    response.reason = "Created";
    response.headers.append("Content-Type", "application/json; charset=utf-8");
    response.headers.append("X-Count", "3");
    response.headers.append("Set-Cookie", "a=1");
    response.headers.append("Set-Cookie", "b=2");
    response.body = R"({"name":"Ada","age":36,"admin":true,"off":false,"none":null,"empty":[],
        "tags":["x","y"],"nested":{"list":[{"id":7},{"id":8}]},"blank":"","obj":{}})";
    response.url = QUrl(u"http://127.0.0.1/users"_s);
    response.timings.admittedUs = 0;
    response.timings.finishedUs = 12'400;
    return response;
}

} // namespace

class TestChecker final : public QObject
{
    Q_OBJECT

private slots:
    void verdicts_data();
    void verdicts();
    void explainsAFailure();
    void captures_data();
    void captures();
    void everyOperatorIsKnown();
    void endlessScriptIsStopped();
    void scriptsReachNothing();
};

void TestChecker::verdicts_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("op");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("passes");

    const auto row = [](const char *expression, const char *op, const char *value, bool passes) {
        QTest::addRow("%s %s %s", expression, op, value)
            << QString::fromUtf8(expression) << QString::fromUtf8(op) << QString::fromUtf8(value)
            << passes;
    };
    row("res.status", "eq", "201", true);
    row("res.status", "eq", "\"201\"", false); // Strict equality.
    row("res.status", "", "201", true);        // The default operator.
    row("res.status", "neq", "200", true);
    row("res.status", "gt", "200", true);
    row("res.status", "gte", "201", true);
    row("res.status", "lt", "201", false);
    row("res.status", "lte", "201", true);
    row("res.status", "gt", "abc", false);
    row("res.status", "between", "200, 299", true);
    row("res.status", "between", "[300, 399]", false);
    row("res.status", "in", "200, 201", true);
    row("res.status", "in", "[200, 204]", false);
    row("res.status", "notIn", "[200, 204]", true);
    row("res.statusText", "eq", "Created", true);
    row("res.responseTime", "lte", "12", true);
    row("res.headers['content-type']", "contains", "json", true);
    row("res.headers['content-type']", "startsWith", "application/", true);
    row("res.headers['content-type']", "endsWith", "utf-8", true);
    row("res.headers['x-count']", "eq", "3", false); // A header is text.
    row("res.headers['x-count']", "eq", "'3'", true);
    row("res.headers['set-cookie']", "contains", "b=2", true);
    row("res.headers['set-cookie']", "length", "2", true);
    row("res.headers.missing", "isUndefined", "", true);
    row("res.body.name", "eq", "Ada", true);
    row("res.body.name", "eq", "{{x}}", false);
    row("res.body.name", "matches", "^A.a$", true);
    row("res.body.name", "matches", "/^a/", false);
    row("res.body.name", "notMatches", "^a", true);
    row("res.body.missing", "notMatches", "^a", true);
    row("res.body.name", "matches", "(", false);
    row("res.body.name", "length", "3", true);
    row("res.body.name", "isString", "", true);
    row("res.body.name", "notContains", "z", true);
    row("res.body.age", "isNumber", "", true);
    row("res.body.age", "notContains", "z", false); // Neither text nor array.
    row("res.body.age + 1", "eq", "37", true);
    row("res.body.admin", "isTruthy", "", true);
    row("res.body.age", "isTruthy", "", false); // chai's `true` means true.
    row("res.body.off", "isFalsy", "", true);
    row("res.body.admin", "isBoolean", "", true);
    row("res.body.admin", "eq", "true", true);
    row("res.body.none", "isNull", "", true);
    row("res.body.none", "isDefined", "", true);
    row("res.body.missing", "isDefined", "", false);
    row("res.body.none", "eq", "null", true);
    row("res.body.missing", "eq", "undefined", true);
    row("res.body.empty", "isEmpty", "", true);
    row("res.body.obj", "isEmpty", "", true);
    row("res.body.blank", "isEmpty", "", true);
    row("res.body.age", "isEmpty", "", false);
    row("res.body.age", "isNotEmpty", "", false);
    row("res.body.tags", "isNotEmpty", "", true);
    row("res.body.tags", "isArray", "", true);
    row("res.body.tags", "contains", "y", true);
    row("res.body.tags", "notContains", "z", true);
    row("res.body.obj", "contains", "z", false);
    row("res.body", "isJson", "", true);
    row("res.body.tags", "isJson", "", true);
    row("res.body.name", "isJson", "", false);
    row("res.body.nested.list[1].id", "eq", "8", true);
    row("res('nested.list[0].id')", "eq", "7", true);
    row("res('nested.list.id').length", "eq", "2", true);
    row("res('..id').join('-')", "eq", "7-8", true);
    row("res.body.tags.map(t => t.toUpperCase()).join('')", "eq", "XY", true);
    row("Math.max(1, 2)", "eq", "2", true);
    row("token", "eq", "secret", true);       // A variable.
    row("unknown", "isUndefined", "", false); // A ReferenceError.
    row("typeof unknown", "eq", "'undefined'", true);
    row("res.body.name", "eq", "${token}", false);
    row("token", "eq", "${token}", true);
    row("res.body.name.", "eq", "Ada", false);   // Does not parse.
    row("res.body.nope.deep", "eq", "1", false); // Throws.
    row("res.status", "frobnicates", "1", false);
    row("9007199254740993", "eq", "9007199254740993", false); // Kept as text, as Bruno does.
}

void TestChecker::verdicts()
{
    QFETCH(QString, expression);
    QFETCH(QString, op);
    QFETCH(QString, value);
    const Response response = sampleResponse();
    Checker checker;
    checker.setResponse(response, [](const QString &name) {
        return name == "token"_L1 ? std::optional(u"secret"_s) : std::nullopt;
    });
    const CheckResult result = checker.check({expression, op, value, true});
    QTEST(result.passed, "passes");
    QCOMPARE(result.message.isEmpty(), result.passed);
}

void TestChecker::explainsAFailure()
{
    const Response response = sampleResponse();
    Checker checker;
    checker.setResponse(response);
    QCOMPARE(checker.check({u"res.status"_s, u"eq"_s, u"200"_s, true}).message,
             u"expected 201 to equal 200"_s);
    QCOMPARE(checker.check({u"res.body.tags"_s, u"isEmpty"_s, {}, true}).message,
             u"expected [\"x\",\"y\"] to be empty"_s);
}

void TestChecker::captures_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("text");

    QTest::newRow("text") << u"res.body.name"_s << u"Ada"_s;
    QTest::newRow("number") << u"res.body.age"_s << u"36"_s;
    QTest::newRow("boolean") << u"res.body.admin"_s << u"true"_s;
    QTest::newRow("object") << u"res.body.nested.list[0]"_s << u"{\"id\":7}"_s;
    QTest::newRow("status") << u"res.status"_s << u"201"_s;
    QTest::newRow("header") << u"res.headers['x-count']"_s << u"3"_s;
}

void TestChecker::captures()
{
    QFETCH(QString, expression);
    const Response response = sampleResponse();
    Checker checker;
    checker.setResponse(response);
    const Result<QString> text = checker.capture({u"v"_s, expression, {}, true});
    VERIFY_RESULT(text);
    QTEST(*text, "text");
}

void TestChecker::everyOperatorIsKnown()
{
    QCOMPARE(operatorNames().size(), 28);
    const QStringList names = operatorNames();
    for (const QString &name : names)
        QVERIFY(findOperator(name));
    QVERIFY(!findOperator(u"nope"));
}

void TestChecker::endlessScriptIsStopped()
{
    const Response response = sampleResponse();
    Checker checker(std::chrono::milliseconds(20));
    checker.setResponse(response);
    const AssertionSpec endless{u"(() => { for (;;) {} })()"_s, u"eq"_s, u"1"_s, true};
    QVERIFY(checker.check(endless).message.contains(u"stopped"_s));
    QVERIFY(checker.check({u"res.body.age"_s, u"eq"_s, u"36"_s, true}).passed);
}

void TestChecker::scriptsReachNothing()
{
    const Response response = sampleResponse();
    Checker checker;
    checker.setResponse(response);
    for (const QString &name :
         {u"require"_s, u"process"_s, u"XMLHttpRequest"_s, u"fetch"_s, u"Qt"_s}) {
        const AssertionSpec absent{u"typeof "_s + name, u"eq"_s, u"'undefined'"_s, true};
        QVERIFY2(checker.check(absent).passed, qPrintable(name));
    }
}

QTEST_GUILESS_MAIN(TestChecker)
#include "tst_checker.moc"
