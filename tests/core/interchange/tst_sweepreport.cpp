// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/sweepreport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Sluice;
using namespace Qt::StringLiterals;

class TestSweepReport final : public QObject
{
    Q_OBJECT

private slots:
    void writesTheSchema();
    void writesNullWithoutAKnee();
    void tellsMeasurementsApart();
    void writesAWholePage();
    void writesAPageOfNothing();
    void printsATable();
    void readsWhatItWrote();
    void refusesWhatIsNoReport_data();
    void refusesWhatIsNoReport();
};

namespace {

SweepResult eightWorkers(const std::vector<int> &limits)
{
    SweepResult sweep;
    for (int block = 0; block < 3; ++block) {
        for (int limit : limits) {
            const double rate = std::min(limit, 8) * 25.0;
            const double us = limit / rate * 1e6;
            sweep.levels.push_back({.limit = limit,
                                    .pass = block == 0 ? SweepPass::Ascent : SweepPass::Repeat,
                                    .block = block,
                                    .completed = 200,
                                    .throughput = rate,
                                    .ciHalfWidth = rate * 0.02,
                                    .meanUs = us,
                                    .p50Us = qint64(us),
                                    .p95Us = qint64(us * 1.5),
                                    .p99Us = qint64(us * 2)});
        }
    }
    sweep.host = u"http://127.0.0.1:8107"_s;
    sweep.request = u"GET <list> & more"_s;
    sweep.protocol = u"HTTP/1.1"_s;
    sweep.startedAt = QDateTime::fromString(u"2026-11-22T12:00:00Z"_s, Qt::ISODate);
    sweep.durationUs = 41'000'000;
    sweep.sent = 5012;
    sweep.stoppedBecause = SweepStop::NoGain;
    sweep.recommendation = recommend(sweep.levels, {});
    sweep.verdict = sweepVerdict(sweep.recommendation, sweep.levels, sweep.host);
    return sweep;
}

const std::vector<int> Limits{1, 2, 4, 6, 8, 12, 16, 24};

} // namespace

void TestSweepReport::writesTheSchema()
{
    const QJsonObject json = sweepReportJson(eightWorkers(Limits));
    QCOMPARE(json[u"schema"].toString(), u"sluice.sweep/1"_s);
    QCOMPARE(json[u"host"].toString(), u"http://127.0.0.1:8107"_s);
    QCOMPARE(json[u"recommended"].toInt(), 8);
    QCOMPARE(json[u"goodRange"].toArray().size(), 2);
    QCOMPARE(json[u"confidence"].toString(), u"high"_s);
    QCOMPARE(json[u"stoppedBecause"].toString(), u"three levels brought no more throughput"_s);
    QCOMPARE(json[u"durationMs"].toDouble(), 41'000.0);
    QCOMPARE(json[u"loop"].toString(), u"closed"_s);
    QCOMPARE(json[u"latency"].toString(), u"onWire"_s);
    QVERIFY(json[u"coordinatedOmission"].toBool());
    QVERIFY(json[u"usl"].toObject().contains("kappa"_L1));
    QVERIFY(json[u"verdict"].toString().startsWith("Use 8 connections"_L1));
    const QJsonArray levels = json[u"levels"].toArray();
    QCOMPARE(levels.size(), 8);
    const QJsonObject level = levels[4].toObject();
    QCOMPARE(level[u"limit"].toInt(), 8);
    QCOMPARE(level[u"throughputPerSecond"].toDouble(), 200.0);
    QCOMPARE(level[u"latencyMs"].toObject()[u"p50"].toDouble(), 40.0);
    QVERIFY(level[u"ciHalfWidth"].toDouble() > 0);
    QCOMPARE(level[u"errors"].toInt(-1), 0);
    QCOMPARE(level[u"rejected"].toInt(-1), 0);
}

void TestSweepReport::writesNullWithoutAKnee()
{
    const QJsonObject json = sweepReportJson(eightWorkers({1, 2, 4}));
    QVERIFY(json[u"recommended"].isNull());
    QVERIFY(json[u"goodRange"].isNull());
    QVERIFY(json[u"usl"].isNull());
    QVERIFY(json[u"verdict"].toString().startsWith("No knee up to 4"_L1));
}

void TestSweepReport::tellsMeasurementsApart()
{
    SweepResult sweep = eightWorkers(Limits);
    sweep.levels.back().stop = SweepStop::Rejections;
    const QJsonArray measurements = sweepReportJson(sweep)[u"measurements"].toArray();
    QCOMPARE(measurements.size(), qsizetype(3 * Limits.size()));
    QCOMPARE(measurements.first().toObject()[u"pass"].toString(), u"ascent"_s);
    QVERIFY(measurements.first().toObject()[u"stop"].isNull());
    QCOMPARE(measurements.last().toObject()[u"stop"].toString(),
             u"the server answered 429 or 503"_s);
}

void TestSweepReport::writesAWholePage()
{
    const QString page = sweepReportHtml(eightWorkers(Limits));
    QVERIFY(page.startsWith("<!DOCTYPE html>"_L1));
    QCOMPARE(page.count("<svg "_L1), 2);
    QCOMPARE(page.count("<tr"_L1), 9);
    QVERIFY(page.contains("GET &lt;list&gt; &amp; more"_L1));
    for (const char *text : {"Little’s law", "coordinated omission", "without time in Sluice"})
        QVERIFY2(page.contains(QString::fromUtf8(text)), text);
    QVERIFY(!page.contains("<script"_L1) && !page.contains("src="_L1) && !page.contains("%1"_L1));
    const qsizetype from = page.indexOf("<svg "_L1);
    QXmlStreamReader svg(page.mid(from, page.indexOf("</svg>"_L1) + 6 - from));
    while (!svg.atEnd())
        svg.readNext();
    QVERIFY2(!svg.hasError(), qPrintable(svg.errorString()));
    QVERIFY(!page.contains("nan"_L1) && !page.contains("'inf"_L1));
}

void TestSweepReport::writesAPageOfNothing()
{
    SweepResult sweep;
    sweep.verdict = sweepVerdict(sweep.recommendation, {}, u"api"_s);
    QVERIFY(sweepReportHtml(sweep).contains("Too few levels"_L1));
    QVERIFY(sweepReportJson(sweep)[u"levels"].toArray().isEmpty());
}

void TestSweepReport::printsATable()
{
    const QStringList lines = sweepTableText(eightWorkers(Limits)).split(u'\n');
    QCOMPARE(lines.size(), 10);
    QVERIFY(lines[0].contains("req/s"_L1));
    for (int i = 1; i <= 8; ++i)
        QCOMPARE(lines[i].startsWith(u'>'), i == 5);
    QCOMPARE(lines[5].simplified(), u"> 8 200.0 2.3 40.0 60.0 80.0 0 0"_s);
}

void TestSweepReport::readsWhatItWrote()
{
    const SweepResult sweep = eightWorkers(Limits);
    const QByteArray bytes = QJsonDocument(sweepReportJson(sweep)).toJson();
    const Result<SweepResult> read = readSweepReport(bytes);
    QVERIFY(read);
    QCOMPARE(read->host, sweep.host);
    QCOMPARE(read->levels.size(), sweep.levels.size());
    QCOMPARE(read->levels[3].p95Us, sweep.levels[3].p95Us);
    QCOMPARE(read->recommendation.limit, sweep.recommendation.limit);
    QCOMPARE(read->verdict.headline, sweep.verdict.headline);
}

void TestSweepReport::refusesWhatIsNoReport_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("no JSON") << QByteArray("{\"schema\":");
    QTest::newRow("another schema") << QByteArray("{\"schema\":\"sluice.run/1\"}");
    QTest::newRow("nothing measured")
        << QByteArray("{\"schema\":\"sluice.sweep/1\",\"measurements\":[{\"limit\":0}]}");
}

void TestSweepReport::refusesWhatIsNoReport()
{
    QFETCH(QByteArray, bytes);
    const Result<SweepResult> read = readSweepReport(bytes);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Parse);
}

QTEST_GUILESS_MAIN(TestSweepReport)
#include "tst_sweepreport.moc"
