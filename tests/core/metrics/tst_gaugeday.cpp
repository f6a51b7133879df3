// SPDX-License-Identifier: GPL-3.0-or-later
// A program of its own, because the sanitizers have nothing to gain from a day's transitions.
#include "core/metrics/gaugeseries.h"

#include <QTest>

using namespace Sluice;

namespace {

constexpr qint64 Start = 1'000'000'000;
constexpr qint64 Hour = qint64(3600) * 1'000'000;

} // namespace

class TestGaugeDay : public QObject
{
    Q_OBJECT

private slots:
    void dayIsBounded();
};

void TestGaugeDay::dayIsBounded()
{
    // A day in which every bucket has a transition; more often than that takes no more memory.
    GaugeSeries series;
    qint64 now = Start;
    for (int i = 0; now < Start + 24 * Hour; ++i, now += 4999)
        series.set(now, LiveGauges{i % 24, 0, 0, 0, 0});
    qInfo("a day: %zu bytes of at most %zu", series.bytes(), GaugeSeries::maxBytes());
    QVERIFY(series.bytes() <= GaugeSeries::maxBytes());
    QVERIFY(GaugeSeries::maxBytes() < 5'000'000);
    const LiveSeries day = series.window({.spanUs = 24 * Hour}, now);
    QVERIFY(day.buckets.size() >= 1000);
    QVERIFY(day.beginUs <= now - 24 * Hour + 5000);
}

QTEST_GUILESS_MAIN(TestGaugeDay)
#include "tst_gaugeday.moc"
