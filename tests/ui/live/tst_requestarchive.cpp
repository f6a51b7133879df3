// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/redactor.h"
#include "core/interchange/importformats.h"
#include "core/metrics/livemetrics.h"
#include "tests/support/livesimulation.h"
#include "tests/support/textfile.h"
#include "ui/live/requestarchive.h"
#include "ui/live/waterfall.h"

#include <QAction>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr qint64 Second = 1'000'000;

Limits shopLimits()
{
    Limits limits;
    limits.total = 16;
    limits.perHost = 8;
    return limits;
}

QJsonArray entriesOf(const QByteArray &har)
{
    return QJsonDocument::fromJson(har)[u"log"_s][u"entries"_s].toArray();
}

/** One request that ended, asked for \a url. */
LiveSnapshotPtr snapshotOf(const QByteArray &url, const QStringList &secrets)
{
    static const Limits limits;
    LiveMetrics metrics;
    LiveSource source;
    source.snapshot = [] { return AdmissionSnapshot{}; };
    source.limits = []() -> const Limits & { return limits; };
    source.endpointName = [](EndpointId) { return QString(); };
    source.wallMs = [] { return qint64(1'700'000'000'000); };
    metrics.setSource(source);
    metrics.addSecrets(secrets);
    Sample sample;
    sample.status = 201;
    sample.bytesBody = 77;
    sample.bytesWire = 60;
    sample.timings.enqueuedUs = Second;
    sample.timings.waits = {150'000, 50'000};
    sample.timings.admittedUs = 1'200'000;
    sample.timings.connectUs = 1'210'000;
    sample.timings.sentUs = 1'230'000;
    sample.timings.headersUs = 1'330'000;
    sample.timings.finishedUs = 1'350'000;
    metrics.sampleFinished(sample, u"log in"_s, {"POST", url});
    return metrics.snapshot(2 * Second);
}

constexpr TimeRange Always{0, 1'000'000 * Second};

} // namespace

/** What leaves the waterfall as an HTTP archive. */
class TestRequestArchive final : public QObject
{
    Q_OBJECT

private slots:
    void entryHasThePhases();
    void phasesAddUp();
    void isReadAgain();
    void secretsAreRedacted();
    void tooManySecretsLeaveTheHostOnly();
    void holdsWhatIsShown_data();
    void holdsWhatIsShown();
    void holdsTheMarkedRange();
    void menuWritesAFile();
};

/** HAR 1.2 (Odvarko): what must be there, and our `_blocked_queueing`. */
void TestRequestArchive::entryHasThePhases()
{
    const LiveSnapshotPtr snapshot = snapshotOf("https://a.example/users?page=2", {});
    const QByteArray har = requestsHar(*snapshot, {}, Always);
    const QJsonObject log = QJsonDocument::fromJson(har)[u"log"_s].toObject();
    QCOMPARE(log[u"version"_s].toString(), u"1.2"_s);
    QCOMPARE(log[u"creator"_s][u"name"_s].toString(), u"Sluice"_s);
    QCOMPARE(entriesOf(har).size(), 1);
    const QJsonObject entry = entriesOf(har)[0].toObject();
    // 1 s before the snapshot.
    QCOMPARE(entry[u"startedDateTime"_s].toString(), u"2023-11-14T22:13:19.000Z"_s);
    QCOMPARE(entry[u"comment"_s].toString(), u"log in"_s);
    const QJsonObject request = entry[u"request"_s].toObject();
    QCOMPARE(request[u"method"_s].toString(), u"POST"_s);
    QCOMPARE(request[u"url"_s].toString(), u"https://a.example/users?page=2"_s);
    QCOMPARE(request[u"queryString"_s][0][u"value"_s].toString(), u"2"_s);
    for (const char *key : {"httpVersion", "cookies", "headers", "headersSize", "bodySize"})
        QVERIFY2(request.contains(QLatin1StringView(key)), key);
    const QJsonObject response = entry[u"response"_s].toObject();
    QCOMPARE(response[u"status"_s].toInt(), 201);
    QCOMPARE(response[u"bodySize"_s].toInt(), 60);
    QCOMPARE(response[u"content"_s][u"size"_s].toInt(), 77);
    QVERIFY(!response[u"content"_s].toObject().contains(u"text"_s)); // It was not kept.
    for (const char *key : {"statusText", "httpVersion", "cookies", "headers", "redirectURL"})
        QVERIFY2(response.contains(QLatin1StringView(key)), key);
    QVERIFY(entry.contains(u"cache"_s));
    const QJsonObject timings = entry[u"timings"_s].toObject();
    const std::pair<QString, double> phases[] = {{u"blocked"_s, 210}, {u"_blocked_queueing"_s, 200},
                                                 {u"connect"_s, 20},  {u"send"_s, 0},
                                                 {u"wait"_s, 100},    {u"receive"_s, 20}};
    for (const auto &[phase, ms] : phases)
        QCOMPARE(timings[phase].toDouble(), ms);
    QCOMPARE(entry[u"time"_s].toDouble(), 350.0);
}

void TestRequestArchive::phasesAddUp()
{
    LiveSimulation simulation(shopLimits());
    simulateShop(simulation);
    const LiveSnapshotPtr snapshot = simulation.snapshot();
    const QJsonArray entries = entriesOf(requestsHar(*snapshot, {}, Always));
    QCOMPARE(std::size_t(entries.size()), snapshot->flights.size());
    QVERIFY(entries.size() > 5000);
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QJsonObject timings = entries[i][u"timings"_s].toObject();
        double sum = 0;
        for (const char *phase : {"blocked", "dns", "connect", "send", "wait", "receive"})
            sum += std::max(0.0, timings[QLatin1StringView(phase)].toDouble());
        const PhaseTimings &measured = snapshot->flights.at(std::size_t(i)).sample.timings;
        QVERIFY(std::abs(sum - entries[i][u"time"_s].toDouble()) < 1e-6);
        QVERIFY(std::abs(sum - double(measured.totalUs()) / 1000) < 0.01);
        QVERIFY(timings[u"_blocked_queueing"_s].toDouble() <= timings[u"blocked"_s].toDouble());
    }
}

/** By the reader of archives of other programs, which takes nothing that is none. */
void TestRequestArchive::isReadAgain()
{
    const LiveSnapshotPtr snapshot = snapshotOf("https://a.example/users?page=2", {});
    const auto read = importText(requestsHar(*snapshot, {}, Always), u"live.har"_s);
    QVERIFY2(read, read ? "" : qPrintable(read.error().toString()));
    QCOMPARE(requestCount(read->items), 1);
    const RequestSpec &request = read->items.front().request;
    QCOMPARE(request.method, u"POST"_s);
    QCOMPARE(request.url, u"https://a.example/users?page=2"_s);
}

void TestRequestArchive::secretsAreRedacted()
{
    const LiveSnapshotPtr snapshot =
        snapshotOf("https://a.example/users?key=s%C3%A4cret%2F1&page=2", {u"s\u00E4cret/1"_s});
    const QByteArray har = requestsHar(*snapshot, {}, Always);
    const QJsonObject request = entriesOf(har)[0][u"request"_s].toObject();
    QCOMPARE(request[u"url"_s].toString(),
             u"https://a.example/users?key=%1&page=2"_s.arg(QLatin1StringView(Redactor::Mark)));
    QCOMPARE(request[u"queryString"_s][0][u"value"_s].toString(),
             QString::fromLatin1(Redactor::Mark));
    QVERIFY(!har.contains("cret"));
}

void TestRequestArchive::tooManySecretsLeaveTheHostOnly()
{
    QStringList secrets;
    for (int i = 0; i <= LiveMetrics::MaxSecrets; ++i)
        secrets << u"secret-%1"_s.arg(i, 5);
    const LiveSnapshotPtr snapshot =
        snapshotOf("https://a.example/users/" + secrets.last().toUtf8(), secrets);
    QVERIFY(!snapshot->secrets->areAll);
    const QByteArray har = requestsHar(*snapshot, {}, Always);
    QCOMPARE(entriesOf(har)[0][u"request"_s][u"url"_s].toString(), u"https://a.example/"_s);
    QVERIFY(!har.contains("secret-"));
}

void TestRequestArchive::holdsWhatIsShown_data()
{
    QTest::addColumn<WaterfallChoice::Filter>("filter");

    QTest::newRow("all") << WaterfallChoice::Filter::All;
    QTest::newRow("queued over 100 ms") << WaterfallChoice::Filter::Waited;
    QTest::newRow("failed") << WaterfallChoice::Filter::Failed;
}

void TestRequestArchive::holdsWhatIsShown()
{
    QFETCH(WaterfallChoice::Filter, filter);
    LiveSimulation simulation(shopLimits());
    simulateShop(simulation);
    simulation.server(0).errorShare = 0.1;
    simulation.enqueue(0, 100);
    simulation.run(5 * Second);
    LiveCrosshair crosshair;
    Waterfall waterfall(&crosshair);
    waterfall.resize(900, 320);
    waterfall.setSnapshot(simulation.snapshot());
    const WaterfallChoice choice{WaterfallChoice::Order::Requests, filter};
    waterfall.setChoice(choice);
    const LiveSnapshot &snapshot = *waterfall.snapshot();
    const auto inFlight = std::ranges::count_if(
        snapshot.open, [&choice](const Flight &flight) { return choice.accepts(flight); });
    const QJsonArray entries = entriesOf(requestsHar(snapshot, choice, waterfall.chosenTime()));
    QVERIFY(!entries.isEmpty());
    QCOMPARE(qint64(entries.size()), waterfall.rows().count() - inFlight);
    if (filter == WaterfallChoice::Filter::Waited) {
        for (const QJsonValue &entry : entries)
            QVERIFY(entry[u"timings"_s][u"_blocked_queueing"_s].toDouble() > 100);
    }
}

void TestRequestArchive::holdsTheMarkedRange()
{
    LiveSimulation simulation(shopLimits());
    simulateShop(simulation);
    LiveCrosshair crosshair;
    Waterfall waterfall(&crosshair);
    waterfall.resize(900, 320);
    waterfall.setSnapshot(simulation.snapshot());
    const qint64 nowUs = simulation.clock().nowUs();
    const TimeRange range{nowUs - 3 * Second, nowUs - 2 * Second};
    crosshair.setRange(range);
    const LiveFlights &flights = waterfall.snapshot()->flights;
    qsizetype expected = 0;
    for (std::size_t i = 0; i < flights.size(); ++i) {
        const PhaseTimings &timings = flights.at(i).sample.timings;
        expected += timings.finishedUs >= range.beginUs && timings.enqueuedUs < range.endUs;
    }
    QVERIFY(expected > 50);
    QCOMPARE(entriesOf(requestsHar(*waterfall.snapshot(), {}, waterfall.chosenTime())).size(),
             expected);
}

void TestRequestArchive::menuWritesAFile()
{
    LiveSimulation simulation(shopLimits());
    simulateShop(simulation);
    LiveCrosshair crosshair;
    Waterfall waterfall(&crosshair);
    waterfall.resize(900, 320);
    QMenu menu;
    waterfall.addMenuEntries(&menu);
    QVERIFY(!menu.actions().constFirst()->isEnabled()); // There is nothing to save.
    menu.clear();
    waterfall.setSnapshot(simulation.snapshot());
    waterfall.addMenuEntries(&menu);
    menu.actions().constFirst()->trigger();
    auto *dialog = waterfall.findChild<QFileDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->defaultSuffix(), u"har"_s);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"live.har"_s);
    emit dialog->fileSelected(path);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 20'000);
    QVERIFY(!entriesOf(Test::contentOf(path)).isEmpty());
}

QTEST_MAIN(TestRequestArchive)
#include "tst_requestarchive.moc"
