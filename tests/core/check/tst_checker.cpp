// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/checker.h"
#include "core/check/operators.h"
#include "core/collection/formatnames.h"
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
        "tags":["x","y"],"nested":{"list":[{"id":7},{"id":8}]},"blank":"","obj":{},
        "big":9007199254740993,"large":-123456789012345678901234567890,
        "quoted":"9007199254740993"})";
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
    void scriptsReachNothing_data();
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
    row("unknown", "isDefined", "", true); // An error object, as in Bruno.
    row("res.body.nope.deep", "neq", "1", true);
    row("five", "eq", "5", true); // Variables keep their types.
    row("yes", "isTruthy", "", true);
    row("none", "isNull", "", true);
    row("point.x", "eq", "1", true);
    row("res.status", "eq", "0xC9", true);
    row("res.status", "lt", "1e3", true);
    row("res.body.blank", "startsWith", "", true);
    row("res.body.big", "eq", "9007199254740993", true); // By its digits; a double rounds it.
    row("res.body.big", "eq", "9007199254740992", false);
    row("res.body.big", "neq", "9007199254740992", true);
    row("res('big')", "eq", "9007199254740993", true);
    row("res.body.big", "isNumber", "", true);
    row("res.body.large", "eq", "-123456789012345678901234567890", true);
    row("res.body.quoted", "eq", "9007199254740993", true);
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
        static const QHash<QString, VariableValue> known{
            {u"token"_s, {u"secret"_s, ValueType::Text}},
            {u"five"_s, {u"5"_s, ValueType::Number}},
            {u"yes"_s, {u"true"_s, ValueType::Boolean}},
            {u"none"_s, {{}, ValueType::Null}},
            {u"point"_s, {u"{\"x\": 1}"_s, ValueType::Object}},
        };
        const auto found = known.constFind(name);
        return found == known.cend() ? std::nullopt : std::optional(*found);
    });
    const CheckResult result = checker.check({expression, op, value, true});
    QTEST(result.passed, "passes");
    // A check may pass because a side failed; then it says so.
    QVERIFY(result.passed || !result.message.isEmpty());
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
    QTest::addColumn<ValueType>("type");

    QTest::newRow("text") << u"res.body.name"_s << u"Ada"_s << ValueType::Text;
    QTest::newRow("number") << u"res.body.age"_s << u"36"_s << ValueType::Number;
    QTest::newRow("boolean") << u"res.body.admin"_s << u"true"_s << ValueType::Boolean;
    QTest::newRow("object") << u"res.body.nested.list[0]"_s << u"{\"id\":7}"_s << ValueType::Object;
    QTest::newRow("status") << u"res.status"_s << u"201"_s << ValueType::Number;
    QTest::newRow("all digits") << u"res.body.big"_s << u"9007199254740993"_s << ValueType::Number;
    QTest::newRow("header") << u"res.headers['x-count']"_s << u"3"_s << ValueType::Text;
}

void TestChecker::captures()
{
    QFETCH(QString, expression);
    const Response response = sampleResponse();
    Checker checker;
    checker.setResponse(response);
    const Result<VariableValue> value = checker.capture({u"v"_s, expression, {}, true});
    VERIFY_RESULT(value);
    QTEST(value->text, "text");
    QTEST(value->type, "type");
}

void TestChecker::everyOperatorIsKnown()
{
    QCOMPARE(operatorNames().size(), 28);
    QCOMPARE(operatorNames(), assertionOperators()); // What files may name.
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

void TestChecker::scriptsReachNothing_data()
{
    QTest::addColumn<QString>("expression");

    for (const char *name : {"require", "process", "XMLHttpRequest", "fetch", "Qt", "WebSocket",
                             "importScripts", "Worker", "Deno", "Bun", "module"}) {
        QTest::newRow(name) << u"typeof "_s + QString::fromLatin1(name) + u" === 'undefined'"_s;
    }
    const QString global = u"(function () {}).constructor('return this')()"_s;
    QTest::newRow("global object") << u"Object.getOwnPropertyNames(%1).filter(name => "
                                      "/file|read|write|net|http|exec|spawn|socket|open/i"
                                      ".test(name)).length === 0"_s.arg(global);
    QTest::newRow("global require") << u"%1.require === undefined"_s.arg(global);
    QTest::newRow("eval") << u"eval('typeof require') === 'undefined'"_s;
    QTest::newRow("constructor of the response")
        << u"typeof res.constructor.constructor('return this')().process === 'undefined'"_s;
    QTest::newRow("no leak") << u"(() => { Object.prototype.leak = 1; return true })()"_s;
}

void TestChecker::scriptsReachNothing()
{
    QFETCH(QString, expression);
    const Response response = sampleResponse();
    Checker checker;
    checker.setResponse(response);
    const CheckResult result = checker.check({expression, u"eq"_s, u"true"_s, true});
    QVERIFY2(result.passed, qPrintable(result.message));
}

QTEST_GUILESS_MAIN(TestChecker)
#include "tst_checker.moc"
