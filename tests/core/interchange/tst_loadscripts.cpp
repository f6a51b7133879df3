// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/exporttargets.h"
#include "core/interchange/loadplan.h"
#include "tests/support/testresult.h"

using namespace Sluice;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Sluice::ExportJob)

/** What a run becomes for k6 and Locust; that the scripts run is tested in tests/integration/code.
 */
class TestLoadScripts final : public QObject
{
    Q_OBJECT

private slots:
    void sharesUsersOut_data();
    void sharesUsersOut();
    void writes_data();
    void writes();
    void saysWhatIsLost_data();
    void saysWhatIsLost();
    void keepsSecretsOut_data();
    void keepsSecretsOut();
};

namespace {

RequestInContext requestTo(const QString &url)
{
    RequestInContext request;
    request.displayPath = u"orders/Place order"_s;
    request.request.name = u"Place order"_s;
    request.request.url = url;
    return request;
}

ExportJob jobOf(const RequestInContext &request)
{
    ExportJob job;
    job.plan.name = u"Shop"_s;
    job.plan.requests = {request};
    job.plan.variables.environment.variables = {
        {u"host"_s, u"127.0.0.1"_s, true, false, {}},
        {u"base"_s, u"http://{{host}}:1"_s, true, false, {}},
        {u"key"_s, u"s3cret-key"_s, true, true, {}}};
    return job;
}

ExportJob jobOf(const std::function<void(RequestSpec &)> &change)
{
    RequestInContext request = requestTo(u"{{base}}/orders"_s);
    change(request.request);
    return jobOf(request);
}

} // namespace

void TestLoadScripts::sharesUsersOut_data()
{
    QTest::addColumn<int>("total");
    QTest::addColumn<int>("perHost");
    QTest::addColumn<int>("hosts");
    QTest::addColumn<int>("order");
    QTest::addColumn<QList<int>>("users");

    const int all = int(RunPlan::Order::All);
    const int chained = int(RunPlan::Order::Iterations);
    const int sequential = int(RunPlan::Order::Sequential);
    QTest::newRow("one host") << 12 << 8 << 1 << all << QList<int>{8};
    QTest::newRow("two hosts within the total") << 20 << 8 << 2 << all << QList<int>{8, 8};
    QTest::newRow("two hosts share the total") << 12 << 8 << 2 << all << QList<int>{6, 6};
    QTest::newRow("largest remainder") << 10 << 8 << 3 << all << QList<int>{4, 3, 3};
    QTest::newRow("no limit of a host") << 12 << 0 << 1 << all << QList<int>{12};
    QTest::newRow("no limit at all") << 0 << 0 << 1 << all << QList<int>{100};
    QTest::newRow("chain") << 12 << 8 << 2 << chained << QList<int>{8};
    QTest::newRow("sequential") << 12 << 8 << 2 << sequential << QList<int>{1};
}

void TestLoadScripts::sharesUsersOut()
{
    QFETCH(int, total);
    QFETCH(int, perHost);
    QFETCH(int, hosts);
    QFETCH(int, order);
    QFETCH(QList<int>, users);
    ExportJob job = jobOf(requestTo({}));
    job.plan.requests.clear();
    for (int i = 1; i <= hosts; ++i)
        job.plan.requests.push_back(requestTo(u"http://127.0.0.%1/x"_s.arg(i)));
    job.plan.order = RunPlan::Order(order);
    job.limits = {.total = total, .perHost = perHost};
    const Result<LoadPlan> plan = loadPlan(job);
    VERIFY_RESULT(plan);
    QList<int> found;
    for (const LoadGroup &group : plan->groups)
        found += group.users;
    QCOMPARE(found, users);
}

void TestLoadScripts::writes_data()
{
    QTest::addColumn<ExportJob>("job");
    QTest::addColumn<QString>("k6");
    QTest::addColumn<QString>("locust");

    const auto row = [](const char *name, const ExportJob &job, const QString &k6,
                        const QString &locust) { QTest::newRow(name) << job << k6 << locust; };
    row("a variable", jobOf([](RequestSpec &) {}), u"`${vars.base}/orders`"_s,
        u"f\"{v['base']}/orders\""_s);
    row("its value", jobOf([](RequestSpec &) {}), u"base: 'http://127.0.0.1:1',"_s,
        u"\"base\": \"http://127.0.0.1:1\","_s);
    row("a parameter",
        jobOf([](RequestSpec &spec) { spec.params = {{{u"q"_s, u"a b&{{host}}"_s}}}; }),
        u"/orders?q=a%20b%26${encodeURIComponent(vars.host)}`"_s,
        u"/orders?q=a%20b%26{quote(v['host'], safe='')}\""_s);
    row("a JSON body", jobOf([](RequestSpec &spec) {
            spec.method = u"POST"_s;
            spec.body = {.kind = BodySpec::Kind::Json, .text = u"{\"a\": \"{{host}}`${x}\"}"_s};
        }),
        u"`{\"a\": \"${vars.host}\\`\\${x}\"}`"_s,
        u"f\"{{\\\"a\\\": \\\"{v['host']}`${{x}}\\\"}}\""_s);
    row("a form", jobOf([](RequestSpec &spec) {
            spec.body.kind = BodySpec::Kind::FormUrlEncoded;
            spec.body.fields = {{{u"a"_s, u"1"_s}}, {{u"a"_s, u"2"_s}}};
        }),
        u"encodeForm([['a', '1'], ['a', '2']])"_s, u"data=[(\"a\", \"1\"), (\"a\", \"2\")]"_s);
    row("a file in a form", jobOf([](RequestSpec &spec) {
            spec.body.kind = BodySpec::Kind::Multipart;
            FormField file;
            file.name = u"f"_s;
            file.value = u"data/x.png"_s;
            file.isFile = true;
            spec.body.fields = {file};
        }),
        u"{ 'f': http.file(files['data/x.png'], 'x.png') }"_s,
        u"(\"f\", (\"x.png\", Path(\"data/x.png\").read_bytes())),"_s);
    row("a check", jobOf([](RequestSpec &spec) {
            spec.assertions = {{u"res.body.items[0].id"_s, u"gte"_s, u"5"_s}};
        }),
        u"'res.body.items[0].id gte 5': () => attempt(() => res.body.items[0].id >= 5),"_s,
        u"if not holds(lambda: look_up(body_of(response), \"items\", 0, \"id\") >= 5):"_s);
    row("a check with a variable", jobOf([](RequestSpec &spec) {
            spec.assertions = {{u"res.headers['x-host']"_s, u"eq"_s, u"{{host}}"_s}};
        }),
        u"attempt(() => res.headers['x-host'] === literal(`${vars.host}`))"_s,
        u"response.headers.get(\"x-host\", MISSING) == literal(f\"{v['host']}\")"_s);
    row("a capture",
        jobOf([](RequestSpec &spec) { spec.captures = {{u"id"_s, u"res.body.id"_s}}; }),
        u"vars.id = textOf(attempt(() => res.body.id))"_s, u"v[\"id\"] = text_of(value)"_s);
    row("basic authentication", jobOf([](RequestSpec &spec) {
            spec.auth = {u"basic"_s, {{u"username"_s, u"me"_s}, {u"password"_s, u"{{key}}"_s}}};
        }),
        u"Authorization: `Basic ${encoding.b64encode(`me:${vars.key}`)}`,"_s,
        u"auth=(\"me\", f\"{v['key']}\"),"_s);
    row("a secret", jobOf([](RequestSpec &spec) { spec.headers = {{u"X-Key"_s, u"{{key}}"_s}}; }),
        u"key: __ENV.key,"_s, u"\"key\": os.environ[\"key\"],"_s);
    ExportJob data = jobOf([](RequestSpec &spec) { spec.url = u"{{base}}/{{id}}"_s; });
    data.plan.data = {{{u"id"_s, u"1"_s}}, {{u"id"_s, u"it's"_s}}};
    row("rows", data, u"{ id: 'it\\'s' },"_s, u"{\"id\": \"it's\"},"_s);
    ExportJob timed = jobOf([](RequestSpec &) {});
    timed.plan.durationUs = 30'000'000;
    row("a duration", timed, u"duration: '30000ms',"_s, u"SECONDS = 30 "_s);
    ExportJob paced = jobOf([](RequestSpec &) {});
    paced.limits = {.total = 10};
    paced.limits.rate.perSecond = 50;
    row("a rate", paced, u"rps: 50,"_s, u"wait_time = constant_throughput(5)"_s);
}

void TestLoadScripts::writes()
{
    QFETCH(ExportJob, job);
    QFETCH(QString, k6);
    QFETCH(QString, locust);
    const Result<Exported> forK6 = exportFor(u"k6"_s, job);
    VERIFY_RESULT(forK6);
    QVERIFY2(forK6->text.contains(k6.toUtf8()), forK6->text.constData());
    const Result<Exported> forLocust = exportFor(u"locust"_s, job);
    VERIFY_RESULT(forLocust);
    QVERIFY2(forLocust->text.contains(locust.toUtf8()), forLocust->text.constData());
}

void TestLoadScripts::saysWhatIsLost_data()
{
    QTest::addColumn<ExportJob>("job");
    QTest::addColumn<QString>("note");

    ExportJob job = jobOf([](RequestSpec &) {});
    job.plan.options.maxRetries = 2;
    QTest::newRow("retries") << job << u"Failed requests are not tried again."_s;
    job = jobOf([](RequestSpec &) {});
    job.limits.hosts = {{.pattern = u"127.0.0.1"_s, .limit = 4, .adaptive = u"auto"_s}};
    QTest::newRow("adaptive limit") << job << u"finds itself in Sluice; here it is 4."_s;
    job = jobOf([](RequestSpec &) {});
    job.limits.queueMax = 5;
    QTest::newRow("queue") << job << u"There is no queue"_s;
    QTest::newRow("unknown variable")
        << jobOf([](RequestSpec &spec) { spec.url = u"http://h/{{nope}}"_s; }) << u"'nope'"_s;
    QTest::newRow("fixed dynamic value")
        << jobOf([](RequestSpec &spec) { spec.url = u"http://h/{{$randomColor}}"_s; })
        << u"{{$randomColor}}"_s;
    QTest::newRow("authentication") << jobOf([](RequestSpec &spec) { spec.auth = {u"hawk"_s, {}}; })
                                    << u"hawk authentication"_s;
    job = jobOf([](RequestSpec &) {});
    job.plan.requests.push_back(requestTo(u"http://127.0.0.2/"_s));
    job.limits = {.total = 3, .perHost = 3};
    QTest::newRow("total over hosts") << job << u"shared out among the 2 hosts"_s;
}

void TestLoadScripts::saysWhatIsLost()
{
    QFETCH(ExportJob, job);
    QFETCH(QString, note);
    for (const QString &target : {u"k6"_s, u"locust"_s}) {
        const Result<Exported> exported = exportFor(target, job);
        VERIFY_RESULT(exported);
        QVERIFY2(exported->notes.join(u'\n').contains(note),
                 qPrintable(exported->notes.join(u'\n')));
        const QString text = QString::fromUtf8(exported->text).remove(u"// "_s).remove(u"# "_s);
        QVERIFY2(text.simplified().contains(note), qPrintable(text));
    }
}

void TestLoadScripts::keepsSecretsOut_data()
{
    QTest::addColumn<QString>("target");
    for (const ExportTarget &target : exportTargets())
        QTest::addRow("%s", target.id.data()) << QString(target.id);
}

void TestLoadScripts::keepsSecretsOut()
{
    QFETCH(QString, target);
    const ExportJob job = jobOf([](RequestSpec &spec) {
        spec.method = u"POST"_s;
        spec.headers = {{u"X-Key"_s, u"a-{{key}}-b"_s}};
        spec.body = {.kind = BodySpec::Kind::Json, .text = u"\"{{key}}\""_s};
        spec.auth = {u"basic"_s, {{u"username"_s, u"me"_s}, {u"password"_s, u"{{key}}"_s}}};
    });
    const Result<Exported> exported = exportFor(target, job);
    VERIFY_RESULT(exported);
    QVERIFY2(!exported->text.contains("s3cret-key"), exported->text.constData());
    const QByteArray base64 = QByteArray("me:s3cret-key").toBase64();
    QVERIFY2(!exported->text.contains(base64), exported->text.constData());
}

QTEST_GUILESS_MAIN(TestLoadScripts)
#include "tst_loadscripts.moc"
