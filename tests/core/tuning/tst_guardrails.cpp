// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/guardrails.h"

#include <QTest>

using namespace Sluice;

class TestGuardrails final : public QObject
{
    Q_OBJECT

private slots:
    void endsALevel_data();
    void endsALevel();
    void endsTheAscent_data();
    void endsTheAscent();
    void startsAfreshAtEachLevel();
};

// A level as letters: . success, x failure, t timeout, r rejection; a digit repeats the next letter
// that many tens of times.
static std::vector<SweepEvent> eventsOf(const QString &letters)
{
    std::vector<SweepEvent> events;
    int times = 1;
    for (QChar letter : letters) {
        if (letter.isDigit()) {
            times = letter.digitValue() * 10;
            continue;
        }
        SweepEvent event;
        if (letter != u'.') {
            event.outcome = letter == u'r'   ? SweepOutcome::Rejected
                            : letter == u't' ? SweepOutcome::TimedOut
                                             : SweepOutcome::Failed;
        }
        events.insert(events.end(), std::size_t(times), event);
        times = 1;
    }
    return events;
}

void TestGuardrails::endsALevel_data()
{
    QTest::addColumn<QString>("events");
    QTest::addColumn<SweepStop>("stop");

    QTest::newRow("all good") << QStringLiteral("9.9.") << SweepStop::None;
    QTest::newRow("one rejection") << QStringLiteral("r") << SweepStop::Rejections;
    QTest::newRow("a late rejection") << QStringLiteral("9.r") << SweepStop::Rejections;
    QTest::newRow("one failure is none") << QStringLiteral("x") << SweepStop::None;
    QTest::newRow("four in a row") << QStringLiteral("xxxx.xxxx.") << SweepStop::None;
    QTest::newRow("five in a row") << QStringLiteral("xxxxx") << SweepStop::Errors;
    QTest::newRow("five timeouts in a row") << QStringLiteral("ttttt") << SweepStop::Timeouts;
    QTest::newRow("two of sixty") << QStringLiteral("5.x5.x") << SweepStop::Errors;
    QTest::newRow("two early of few") << QStringLiteral("x.x2.") << SweepStop::None;
    QTest::newRow("one percent exactly") << QStringLiteral("9.9.x9.x") << SweepStop::None;
    QTest::newRow("two timeouts of sixty") << QStringLiteral("5.t.t") << SweepStop::Timeouts;
}

void TestGuardrails::endsALevel()
{
    QFETCH(QString, events);
    Guardrails guard(SweepSettings{});
    guard.levelBegan();
    SweepStop stop = SweepStop::None;
    for (const SweepEvent &event : eventsOf(events)) {
        QCOMPARE(stop, SweepStop::None);
        stop = guard.eventEnded(event);
    }
    QTEST(stop, "stop");
}

using Levels = std::vector<std::pair<double, int>>; // Throughput, p95 in ms.

void TestGuardrails::endsTheAscent_data()
{
    QTest::addColumn<Levels>("levels");
    QTest::addColumn<int>("targetMs");
    QTest::addColumn<SweepStop>("stop");

    QTest::newRow("rising") << Levels{{25, 40}, {50, 40}, {100, 40}} << 0 << SweepStop::None;
    QTest::newRow("two without gain")
        << Levels{{200, 40}, {201, 50}, {203, 60}} << 0 << SweepStop::None;
    QTest::newRow("three without gain")
        << Levels{{200, 40}, {201, 50}, {203, 60}, {205, 70}} << 0 << SweepStop::NoGain;
    QTest::newRow("a gain in between")
        << Levels{{200, 40}, {201, 50}, {230, 60}, {231, 70}} << 0 << SweepStop::None;
    QTest::newRow("five times the latency")
        << Levels{{25, 40}, {30, 201}} << 0 << SweepStop::Latency;
    QTest::newRow("over the target") << Levels{{25, 40}, {50, 61}} << 60 << SweepStop::Target;
    QTest::newRow("one dip") << Levels{{200, 40}, {130, 60}, {210, 60}} << 0 << SweepStop::None;
    QTest::newRow("collapse") << Levels{{200, 40}, {130, 60}, {120, 80}} << 0
                              << SweepStop::Collapse;
}

void TestGuardrails::endsTheAscent()
{
    QFETCH(Levels, levels);
    QFETCH(int, targetMs);
    Guardrails guard(SweepSettings{.targetP95Us = targetMs * 1000});
    SweepStop stop = SweepStop::None;
    for (const auto &[throughput, p95Ms] : levels) {
        QCOMPARE(stop, SweepStop::None);
        stop = guard.levelEnded({.throughput = throughput, .p95Us = p95Ms * 1000});
    }
    QTEST(stop, "stop");
}

void TestGuardrails::startsAfreshAtEachLevel()
{
    Guardrails guard(SweepSettings{});
    for (int level = 0; level < 3; ++level) {
        guard.levelBegan();
        for (const SweepEvent &event : eventsOf(QStringLiteral("xxxx")))
            QCOMPARE(guard.eventEnded(event), SweepStop::None);
    }
}

QTEST_GUILESS_MAIN(TestGuardrails)
#include "tst_guardrails.moc"
