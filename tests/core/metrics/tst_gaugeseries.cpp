// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/gaugeseries.h"

#include <QTest>

#include <random>

using namespace Sluice;

namespace {

constexpr qint64 Second = 1'000'000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Start = 7 * Second + 1234;

LiveGauges inFlight(int count)
{
    return {count, 0, 0, 0, 0};
}

int highest(const LiveSeries &series)
{
    int max = 0;
    for (const LiveBucket &bucket : series.buckets)
        max = std::max(max, bucket[LiveGauge::InFlight].max);
    return max;
}

int lowest(const LiveSeries &series)
{
    int min = std::numeric_limits<int>::max();
    for (const LiveBucket &bucket : series.buckets)
        min = std::min(min, bucket[LiveGauge::InFlight].min);
    return min;
}

/** The obvious way: every state with its span of time. */
struct Model
{
    struct Span
    {
        qint64 fromUs = 0;
        qint64 toUs = 0;
        int value = 0;
    };
    std::vector<Span> spans;

    GaugeRange range(qint64 fromUs, qint64 toUs) const
    {
        GaugeRange range{std::numeric_limits<int>::max(), 0, 0};
        double integral = 0;
        qint64 covered = 0;
        for (const Span &span : spans) {
            const qint64 overlap = std::min(toUs, span.toUs) - std::max(fromUs, span.fromUs);
            if (overlap <= 0)
                continue;
            range.min = std::min(range.min, span.value);
            range.max = std::max(range.max, span.value);
            integral += double(span.value) * double(overlap);
            covered += overlap;
        }
        range.mean = covered == 0 ? 0 : float(integral / double(covered));
        return range;
    }
};

} // namespace

class TestGaugeSeries final : public QObject
{
    Q_OBJECT

private slots:
    void emptyShowsNothing();
    void agreesWithTheObviousModel_data();
    void agreesWithTheObviousModel();
    void shortBurstIsSeenAtEveryZoom_data();
    void shortBurstIsSeenAtEveryZoom();
    void stateOfNoDurationIsNoState();
    void meansOfAStackAddUp();
    void repliesAreCountedOnce();
    void longIdleTimeIsFilled();
    void socketsAreALineOfTheirOwn();
    void finerLevelsForgetFirst();
};

void TestGaugeSeries::emptyShowsNothing()
{
    const GaugeSeries series;
    QVERIFY(series.isEmpty());
    QVERIFY(series.window({}, Start).buckets.empty());
}

void TestGaugeSeries::agreesWithTheObviousModel_data()
{
    QTest::addColumn<qint64>("spanUs");
    QTest::addColumn<int>("columns");
    QTest::addColumn<qint64>("bucketUs");

    QTest::newRow("1 s, finest") << Second << 200 << qint64(5000);
    QTest::newRow("10 s") << 10 * Second << 400 << qint64(20'000);
    QTest::newRow("60 s") << Minute << 500 << qint64(80'000);
    QTest::newRow("60 s, few columns") << Minute << 10 << qint64(5'120'000);
}

void TestGaugeSeries::agreesWithTheObviousModel()
{
    QFETCH(qint64, spanUs);
    QFETCH(int, columns);
    QFETCH(qint64, bucketUs);

    std::mt19937 random(42);
    std::exponential_distribution<double> gap(1.0 / 3000);
    GaugeSeries series;
    Model model;
    qint64 now = Start;
    while (now < Start + 70 * Second) {
        const int value = int(random() % 50);
        series.set(now, inFlight(value));
        const qint64 next = now + qint64(gap(random));
        if (next > now)
            model.spans.push_back({now, next, value});
        now = next;
    }
    series.advance(now);
    const LiveView view{.spanUs = spanUs, .columns = columns};
    const LiveSeries window = series.window(view, now);
    QCOMPARE(window.bucketUs, bucketUs);
    QVERIFY(window.beginUs <= now - spanUs);
    QVERIFY(window.endUs() >= now);
    for (std::size_t i = 0; i < window.buckets.size(); ++i) {
        const qint64 from = window.beginUs + qint64(i) * bucketUs;
        const GaugeRange expected = model.range(from, std::min(now, from + bucketUs));
        const GaugeRange &found = window.buckets[i][LiveGauge::InFlight];
        QCOMPARE(found.min, expected.min);
        QCOMPARE(found.max, expected.max);
        QVERIFY(std::abs(found.mean - expected.mean) < 0.01f);
    }
}

void TestGaugeSeries::shortBurstIsSeenAtEveryZoom_data()
{
    QTest::addColumn<qint64>("agoUs");
    QTest::addColumn<qint64>("spanUs");

    QTest::newRow("10 s") << 3 * Second << 10 * Second;
    QTest::newRow("60 s") << 30 * Second << Minute;
    QTest::newRow("10 min") << 4 * Minute << 10 * Minute;
    QTest::newRow("1 h") << 50 * Minute << Hour;
    QTest::newRow("1 day") << 23 * Hour << 24 * Hour;
}

void TestGaugeSeries::shortBurstIsSeenAtEveryZoom()
{
    QFETCH(qint64, agoUs);
    QFETCH(qint64, spanUs);

    GaugeSeries series;
    series.set(Start, inFlight(4));
    qint64 now = Start + spanUs - agoUs + Second;
    series.set(now, inFlight(40)); // The burst: 5 ms.
    series.set(now + 5000, inFlight(4));
    now += agoUs;
    series.advance(now);
    const LiveSeries window = series.window({.spanUs = spanUs}, now);
    QCOMPARE(highest(window), 40);
    QCOMPARE(lowest(window), 4);
    QVERIFY(window.buckets.size() >= 400);
}

void TestGaugeSeries::stateOfNoDurationIsNoState()
{
    GaugeSeries series;
    series.set(Start, inFlight(8));
    for (int i = 1; i < 1000; ++i) { // A slot is released and taken in the same microsecond.
        series.set(Start + i * 100, inFlight(7));
        series.set(Start + i * 100, inFlight(8));
    }
    series.advance(Start + 100'000);
    QCOMPARE(lowest(series.window({}, Start + 100'000)), 8);
}

void TestGaugeSeries::meansOfAStackAddUp()
{
    GaugeSeries series;
    std::mt19937 random(1);
    for (qint64 now = Start; now < Start + Second; now += 700) {
        const auto draw = [&random] { return int(random() % 20); };
        series.set(now, {draw(), draw(), draw(), draw(), draw()});
    }
    const LiveSeries window = series.window({.spanUs = Second}, Start + Second);
    QVERIFY(!window.buckets.empty());
    for (const LiveBucket &bucket : window.buckets) {
        float sum = 0;
        for (const GaugeRange &gauge : bucket.gauges)
            sum += gauge.mean;
        QVERIFY(std::abs(sum - bucket.all.mean) < 0.01f);
        QVERIFY(bucket.all.max <= 5 * 19);
    }
}

void TestGaugeSeries::repliesAreCountedOnce()
{
    GaugeSeries series;
    series.set(Start, inFlight(1));
    qint64 now = Start;
    for (int i = 0; i < 5000; ++i) {
        now += 1700;
        series.set(now, inFlight(i % 3));
        series.countReply(i % 10 == 0 ? ReplyClass::Limited : ReplyClass::Success);
    }
    series.advance(now);
    for (const int columns : {1, 7, 100, 1000}) {
        ReplyCounts sum{};
        const LiveSeries window = series.window({.columns = columns}, now);
        for (const LiveBucket &bucket : window.buckets) {
            for (std::size_t i = 0; i < ReplyClassCount; ++i)
                sum[i] += bucket.replies[i];
        }
        QCOMPARE(sum[std::size_t(ReplyClass::Success)], 4500);
        QCOMPARE(sum[std::size_t(ReplyClass::Limited)], 500);
    }
}

void TestGaugeSeries::longIdleTimeIsFilled()
{
    GaugeSeries series;
    series.set(Start, inFlight(9));
    series.set(Start + Second, inFlight(2));
    const qint64 now = Start + 30 * Hour;
    series.set(now, inFlight(5));
    series.advance(now + 2 * Second);
    for (const qint64 spanUs : {10 * Second, Minute, 10 * Minute, Hour, 24 * Hour}) {
        const LiveSeries window = series.window({.spanUs = spanUs}, now + 2 * Second);
        QVERIFY(window.beginUs <= now + 2 * Second - spanUs);
        QCOMPARE(lowest(window), 2);
        QCOMPARE(highest(window), 5);
    }
    QCOMPARE(highest(series.window({.spanUs = 40 * Hour}, now + 2 * Second)), 9);
}

void TestGaugeSeries::socketsAreALineOfTheirOwn()
{
    GaugeSeries series;
    series.setSockets(Start, 3); // Before anything happened: nothing to draw them on.
    series.set(Start, inFlight(4));
    series.advance(Start + Second);
    series.setSockets(Start + Second, 6);
    series.advance(Start + 2 * Second);
    const LiveSeries window = series.window({.spanUs = 2 * Second}, Start + 2 * Second);
    QVERIFY(window.buckets.front().sockets.max < 0);
    QCOMPARE(window.buckets.back().sockets.min, 6);
    QCOMPARE(window.buckets.back().all.max, 4); // Not a part of the stack.
}

void TestGaugeSeries::finerLevelsForgetFirst()
{
    GaugeSeries series;
    series.set(Start, inFlight(3));
    const qint64 now = Start + Hour;
    series.advance(now);
    // Ten seconds that were half an hour ago are kept, more coarsely than the last ten.
    const LiveSeries recent = series.window({.spanUs = 10 * Second}, now);
    const LiveSeries old = series.window({.spanUs = 10 * Second, .endUs = now - Hour / 2}, now);
    QCOMPARE(recent.bucketUs, qint64(5000));
    QCOMPARE(old.bucketUs, qint64(1'280'000));
    QVERIFY(old.beginUs <= now - Hour / 2 - 10 * Second);
    QVERIFY(old.endUs() >= now - Hour / 2);
    QVERIFY(old.endUs() < now - Hour / 2 + 2 * old.bucketUs);
}

QTEST_GUILESS_MAIN(TestGaugeSeries)
#include "tst_gaugeseries.moc"
