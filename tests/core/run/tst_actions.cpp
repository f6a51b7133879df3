// SPDX-License-Identifier: GPL-3.0-or-later
// Actions that set variables: when they do it, for whom the variable holds, and how they are kept.
#include "core/collection/requestdocument.h"
#include "core/run/judge.h"
#include "core/run/requestbuilder.h"
#include "core/run/runner.h"
#include "tests/support/fakeclock.h"
#include "tests/support/faketransport.h"
#include "tests/support/testresult.h"

#include <QTest>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

/** A request that shows what `{{v}}` is to it; \a path is in the collection `/c`. */
RequestInContext request(const QString &path)
{
    RequestInContext result;
    result.path = u"/c/"_s + path;
    result.collectionPath = u"/c"_s;
    result.displayPath = result.request.name = path;
    result.request.url = u"http://h/{{v}}"_s;
    result.defaults.resize(std::size_t(path.count(u'/') + 1));
    result.defaults[0].variables = {{u"v"_s, u"none"_s}};
    return result;
}

CaptureSpec capture(const QString &scope, CaptureSpec::Phase phase)
{
    CaptureSpec result{u"v"_s, u"'set'"_s, scope, true};
    result.phase = phase;
    return result;
}

constexpr auto Before = CaptureSpec::Phase::BeforeRequest;
constexpr auto After = CaptureSpec::Phase::AfterResponse;

} // namespace

class TestActions final : public QObject, private RunObserver
{
    Q_OBJECT

private slots:
    void init();
    void aVariableHoldsWhereItsScopeSays_data();
    void aVariableHoldsWhereItsScopeSays();
    void anInnerFoldersVariableHidesACapturedOne();
    void foldersAreFoundInABundleToo();
    void actionsRunBeforeTheRequest();
    void aRunAppliesActionsBeforeTheRequest();
    void anActionThatFailsIsAFailedCheck_data();
    void anActionThatFailsIsAFailedCheck();
    void theDigitsOfAVariableSurvive();
    void earlierSendsHandOn();
    void aPhaseIsKeptByAnEdit();

private:
    void requestFinished(const Sample &, const RunResult &result) override
    {
        for (const CheckResult &check : result.checks)
            m_messages.append(check.message);
    }

    /** The paths of the URLs that the requests of \a plan go to, one after the other. */
    QStringList pathsOf(RunPlan plan);

    FakeClock m_clock;
    std::unique_ptr<FakeTransport> m_transport;
    std::unique_ptr<Dispatcher> m_dispatcher;
    std::unique_ptr<Runner> m_runner;
    QStringList m_messages;
};

void TestActions::init()
{
    m_runner.reset();
    m_dispatcher.reset();
    m_transport = std::make_unique<FakeTransport>();
    m_dispatcher = std::make_unique<Dispatcher>(m_clock, *m_transport, nullptr);
    m_runner = std::make_unique<Runner>(m_clock, *m_dispatcher);
    m_runner->addObserver(this);
    m_messages.clear();
}

QStringList TestActions::pathsOf(RunPlan plan)
{
    const std::size_t count = plan.requests.size() * std::size_t(plan.iterations);
    plan.order = RunPlan::Order::Sequential;
    m_runner->start(std::move(plan));
    QStringList paths;
    for (std::size_t i = 0; i < count; ++i) {
        if (!QTest::qWaitFor([&] { return m_transport->started.size() > i; }))
            break;
        paths.append(m_transport->started[i].request.url.path().sliced(1));
        m_transport->reply(i, 200);
    }
    if (!QTest::qWaitFor([this] { return !m_runner->isRunning(); }))
        paths.append(u"the run did not end"_s);
    return paths;
}

void TestActions::aVariableHoldsWhereItsScopeSays_data()
{
    QTest::addColumn<QString>("scope");
    QTest::addColumn<std::size_t>("depth"); // 0: the collection brings the action; 9: the request.
    QTest::addColumn<QString>("seen");      // By one, deep, other, top and one in a second round.

    QTest::newRow("runtime") << u"runtime"_s << std::size_t(9) << u"none set set set set"_s;
    QTest::newRow("request") << u"request"_s << std::size_t(9) << u"none none none none set"_s;
    QTest::newRow("folder") << u"folder"_s << std::size_t(9) << u"none set none none set"_s;
    QTest::newRow("environment") << u"environment"_s << std::size_t(9) << u"none set set set set"_s;
    QTest::newRow("collection") << u"collection"_s << std::size_t(9) << u"none set set set set"_s;
    QTest::newRow("a folder's own") << u"folder"_s << std::size_t(1) << u"none set none none set"_s;
    QTest::newRow("inherited, of the request's folder")
        << u"folder"_s << std::size_t(0) << u"none set none none set"_s;
}

void TestActions::aVariableHoldsWhereItsScopeSays()
{
    QFETCH(QString, scope);
    QFETCH(std::size_t, depth);
    RunPlan plan;
    plan.requests = {request(u"orders/one"_s), request(u"orders/deep/two"_s),
                     request(u"users/three"_s), request(u"four"_s)};
    RequestInContext &first = plan.requests.front();
    (depth < 9 ? first.defaults[depth].captures : first.request.captures) = {capture(scope, After)};
    plan.iterations = 2;
    QTEST(pathsOf(plan).first(5).join(u' '), "seen");
    QVERIFY2(m_messages.isEmpty(), qPrintable(m_messages.join(u'\n')));
}

void TestActions::anInnerFoldersVariableHidesACapturedOne()
{
    RunPlan plan;
    plan.requests = {request(u"orders/one"_s), request(u"orders/deep/two"_s)};
    plan.requests[0].request.captures = {capture(u"folder"_s, After)};
    plan.requests[1].defaults[2].variables = {{u"v"_s, u"inner"_s}};
    QCOMPARE(pathsOf(plan), (QStringList{u"none"_s, u"inner"_s}));
}

void TestActions::foldersAreFoundInABundleToo()
{
    RequestInContext bundled;
    bundled.path = u"/c/shop.yml#items[2].items[0].items[1]"_s;
    bundled.collectionPath = u"/c/shop.yml"_s;
    bundled.defaults.resize(3);
    QCOMPARE(folderAt(bundled, 0), u"/c/shop.yml"_s);
    QCOMPARE(folderAt(bundled, 1), u"/c/shop.yml#items[2]"_s);
    QCOMPARE(folderAt(bundled, 2), u"/c/shop.yml#items[2].items[0]"_s);
    const RequestInContext file = request(u"orders/deep/two"_s);
    QCOMPARE(folderAt(file, 0), u"/c"_s);
    QCOMPARE(folderAt(file, 1), u"/c/orders"_s);
    QCOMPARE(folderAt(file, 2), u"/c/orders/deep"_s);
}

void TestActions::actionsRunBeforeTheRequest()
{
    RequestInContext one = request(u"orders/one"_s);
    one.defaults[0].captures = {{u"first"_s, u"v + '!'"_s, u"runtime"_s, true, Before}};
    one.defaults[1].captures = {{u"off"_s, u"1"_s, u"runtime"_s, false, Before}};
    one.request.captures = {{u"second"_s, u"first + '?'"_s, u"request"_s, true, Before},
                            {u"later"_s, u"res.status"_s, u"runtime"_s, true, After}};
    RequestBuilder builder({}, {});
    VariableScopes scopes = builder.scopesOf(one);
    Checker checker;
    const Judgement judgement = prepare(checker, one, scopes);
    QVERIFY(judgement.checks.empty());
    QCOMPARE(judgement.captured.size(), std::size_t(2));
    QCOMPARE(scopes.find(u"second"_s)->value, u"none!?"_s);
    QCOMPARE(scopes.find(u"second"_s)->scope, VariableScope::Request);
    QVERIFY(!scopes.find(u"off"_s) && !scopes.find(u"later"_s));
}

void TestActions::aRunAppliesActionsBeforeTheRequest()
{
    RunPlan plan;
    plan.requests = {request(u"one"_s), request(u"two"_s)};
    plan.requests[1].request.captures = {
        {u"v"_s, u"typeof count === 'undefined' ? 'first' : 'next'"_s, u"request"_s, true, Before},
        {u"count"_s, u"1"_s, u"runtime"_s, true, Before}};
    plan.iterations = 2;
    QCOMPARE(pathsOf(plan).join(u' '), u"none first none next"_s);
    QVERIFY2(m_messages.isEmpty(), qPrintable(m_messages.join(u'\n')));
}

void TestActions::anActionThatFailsIsAFailedCheck_data()
{
    QTest::addColumn<CaptureSpec>("action");
    QTest::addColumn<QString>("message");

    QTest::newRow("throws") << CaptureSpec{u"v"_s, u"nope.x"_s, u"runtime"_s, true, Before}
                            << u"variable 'v' was not set: 'nope.x': ReferenceError"_s;
    QTest::newRow("no response yet")
        << CaptureSpec{u"v"_s, u"res.status"_s, u"runtime"_s, true, Before}
        << u"variable 'v' was not set: 'res.status': ReferenceError"_s;
    QTest::newRow("no such scope") << CaptureSpec{u"v"_s, u"1"_s, u"moon"_s, true, After}
                                   << u"variable 'v' was not set: there is no scope 'moon'"_s;
    QTest::newRow("not the process") << CaptureSpec{u"v"_s, u"1"_s, u"process"_s, true, Before}
                                     << u"variable 'v' was not set: there is no scope 'process'"_s;
}

void TestActions::anActionThatFailsIsAFailedCheck()
{
    QFETCH(CaptureSpec, action);
    QFETCH(QString, message);
    RunPlan plan;
    plan.requests = {request(u"one"_s)};
    plan.requests[0].request.captures = {action};
    QCOMPARE(pathsOf(plan), QStringList{u"none"_s});
    QCOMPARE(m_runner->checksFailed(), 1U);
    QVERIFY2(m_messages.value(0).startsWith(message), qPrintable(m_messages.value(0)));
}

void TestActions::theDigitsOfAVariableSurvive()
{
    RunPlan plan;
    plan.requests = {request(u"one"_s)};
    NameValue big{u"big"_s, u"9007199254740993.10"_s};
    big.type = ValueType::Number;
    plan.requests[0].request.variables = {big};
    plan.requests[0].request.captures = {{u"v"_s, u" big "_s, u"request"_s, true, Before}};
    QCOMPARE(pathsOf(plan), QStringList{u"9007199254740993.10"_s});
}

void TestActions::earlierSendsHandOn()
{
    VariableInputs variables;
    variables.captured.setAll(
        {{u"v"_s, {u"kept"_s, ValueType::Text}, VariableScope::Folder, u"/c/orders"_s}});
    RequestBuilder builder(variables, {});
    QCOMPARE(builder.scopesOf(request(u"orders/one"_s)).find(u"v"_s)->value, u"kept"_s);
    QCOMPARE(builder.scopesOf(request(u"users/one"_s)).find(u"v"_s)->value, u"none"_s);
}

void TestActions::aPhaseIsKeptByAnEdit()
{
    const QByteArray text = "info: {name: x, type: http}\nhttp: {url: u}\nruntime:\n  actions:\n"
                            "    - type: set-variable # early\n      phase: before-request\n"
                            "      selector: {expression: one, method: jsonq}\n"
                            "      variable: {name: a, scope: request}\n"
                            "    - {type: set-variable, phase: some-day}\n";
    Result<RequestDocument> document = RequestDocument::parse(text, u"x.yml"_s);
    VERIFY_RESULT(document);
    RequestSpec spec = document->spec();
    QCOMPARE(spec.captures,
             (std::vector<CaptureSpec>{{u"a"_s, u"one"_s, u"request"_s, true, Before}}));
    spec.captures[0].expression = u"two"_s;
    VERIFY_RESULT(document->setSpec(spec));
    QCOMPARE(document->text(), QByteArray(text).replace("expression: one", "expression: two"));
    spec.captures.push_back({u"b"_s, u"three"_s, u"runtime"_s, true, Before});
    VERIFY_RESULT(document->setSpec(spec));
    QCOMPARE(document->text().count("phase: before-request"), 2);
    QCOMPARE(document->spec().captures, spec.captures);
}

QTEST_GUILESS_MAIN(TestActions)
#include "tst_actions.moc"
