// SPDX-License-Identifier: GPL-3.0-or-later
//
// The latency chart's lines: what its modes draw, and how little is said of percentiles of few
// requests.
#include "tests/ui/live/latencychartwindow.h"
#include "ui/live/epochmodel.h"
#include "ui/live/liveaccessible.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTest>

#include <cmath>

using namespace Sluice;
using namespace Sluice::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

/** How the row of pixels at \a y of the plot is covered by \a color: pixels, and stretches. */
std::pair<int, int> coverage(const QImage &picture, const QRectF &plot, double y,
                             const QColor &color, int near = 90)
{
    int pixels = 0;
    int stretches = 0;
    bool was = false;
    const auto isNear = [&color, near](const QColor &other) {
        return std::abs(color.red() - other.red()) + std::abs(color.green() - other.green())
                   + std::abs(color.blue() - other.blue())
               < near;
    };
    for (int x = int(plot.left()) + 40; x < int(plot.right()) - 40; ++x) {
        bool is = false;
        for (int by = -1; by <= 1; ++by)
            is = is || isNear(picture.pixelColor(x, int(std::round(y)) + by));
        pixels += is;
        stretches += is && !was;
        was = is;
    }
    return {pixels, stretches};
}

} // namespace

class TestLatencyChart final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeMode::Light);
        installLiveAccessibility();
    }
    void init() { qApp->setPalette(Theme::lightMode().palette()); }
    void inclQueueIsDotted_data();
    void inclQueueIsDotted();
    void fewRequestsSayLittle_data();
    void fewRequestsSayLittle();
    void epochsSayLittleOfFew();
};

void TestLatencyChart::inclQueueIsDotted_data()
{
    QTest::addColumn<LatencyChart::Mode>("mode");
    QTest::addColumn<bool>("onWire");
    QTest::addColumn<bool>("dotted");

    QTest::newRow("on the wire") << LatencyChart::Mode::OnWire << true << false;
    QTest::newRow("incl. queue") << LatencyChart::Mode::WithQueue << false << false;
    QTest::newRow("both") << LatencyChart::Mode::Both << true << true;
}

void TestLatencyChart::inclQueueIsDotted()
{
    QFETCH(LatencyChart::Mode, mode);
    QFETCH(bool, onWire);
    QFETCH(bool, dotted);
    LatencyChartWindow c(mode, steadyLatencies(500));
    const QImage picture = c.chart.grab().toImage();
    const QRectF plot = c.chart.chartGeometry().plot;
    const LogRange range = mode == LatencyChart::Mode::OnWire ? LogRange::around(40'000, 100'000)
                           : mode == LatencyChart::Mode::Both ? LogRange::around(40'000, 800'000)
                                                              : LogRange::around(300'000, 800'000);
    const auto y = [&](double us) { return plot.bottom() - range.fraction(us) * plot.height(); };
    const int all = int(plot.width()) - 80;
    const auto [wire, wireParts] = coverage(picture, plot, y(100'000), Theme::lightMode().p99);
    if (onWire)
        QVERIFY2(wire > all - 4 && wireParts < 4, qPrintable(QString::number(wire)));
    if (mode == LatencyChart::Mode::OnWire)
        return;
    // Small dots blend with the paper.
    const auto [queued, queuedParts] =
        coverage(picture, plot, y(800'000), Theme::lightMode().p99, 300);
    if (dotted)
        QVERIFY2(queuedParts > all / 12 && queued < all * 2 / 3,
                 qPrintable(u"%1 in %2"_s.arg(queued).arg(queuedParts)));
    else
        QVERIFY(queued > all - 4);
}

void TestLatencyChart::fewRequestsSayLittle_data()
{
    QTest::addColumn<quint64>("count");
    QTest::addColumn<QStringList>("texts");
    QTest::addColumn<bool>("isPale");

    QTest::newRow("many") << quint64(100)
                          << QStringList{u"p50 40 ms, incl. queue 300 ms"_s,
                                         u"p95 60 ms, incl. queue 500 ms"_s,
                                         u"p99 100 ms, incl. queue 800 ms"_s}
                          << false;
    QTest::newRow("few") << quint64(99)
                         << QStringList{u"p50 40 ms, incl. queue 300 ms"_s,
                                        u"p95 60 ms, incl. queue 500 ms"_s,
                                        u"p99 ~100 ms, incl. queue ~800 ms"_s,
                                        u"of only 99 requests"_s}
                         << true;
    QTest::newRow("too few") << quint64(19)
                             << QStringList{u"p50 \u2013, incl. queue \u2013"_s,
                                            u"p95 \u2013, incl. queue \u2013"_s,
                                            u"p99 \u2013, incl. queue \u2013"_s,
                                            u"of only 19 requests"_s}
                             << true;
}

void TestLatencyChart::fewRequestsSayLittle()
{
    QFETCH(quint64, count);
    QFETCH(bool, isPale);
    LatencyChartWindow c(LatencyChart::Mode::OnWire, steadyLatencies(count));
    QTEST(c.chart.crosshairText(40 * Second), "texts");
    const QImage picture = c.chart.grab().toImage();
    const QRectF plot = c.chart.chartGeometry().plot;
    const double y =
        plot.bottom() - LogRange::around(40'000, 100'000).fraction(100'000) * plot.height();
    const int all = int(plot.width()) - 80;
    const int full = coverage(picture, plot, y, Theme::lightMode().p99).first;
    const int pale = coverage(picture, plot, y, Theme::lightMode().disabled).first;
    if (count < 20)
        return; // Points of so few have no percentiles; here they were given some.
    QVERIFY2((isPale ? pale : full) > all - 4, qPrintable(u"%1 %2"_s.arg(full).arg(pale)));
    QVERIFY((isPale ? full : pale) < all / 4);
}

void TestLatencyChart::epochsSayLittleOfFew()
{
    auto snapshot = std::make_shared<LiveSnapshot>();
    snapshot->atUs = 10 * Second;
    snapshot->epochs = {{.number = 1,
                         .endUs = Second,
                         .done = 500, // Of those, not all were sent.
                         .sent = 99,
                         .p50Us = 40'000,
                         .p95Us = 60'000,
                         .p99Us = 100'000},
                        {.number = 2, .beginUs = Second, .done = 500, .sent = 12},
                        {.number = 3,
                         .beginUs = 2 * Second,
                         .sent = 100,
                         .p50Us = 40'000,
                         .p95Us = 60'000,
                         .p99Us = 100'000}};
    EpochModel model;
    model.setSnapshot(snapshot);
    const auto text = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    const auto isPale = [&model](int row) {
        return model.index(row, EpochModel::P99Column).data(Qt::ForegroundRole).isValid();
    };
    QCOMPARE(text(2, EpochModel::P99Column), u"~100 ms"_s);
    QVERIFY(isPale(2));
    QCOMPARE(text(2, EpochModel::P95Column), u"60 ms"_s);
    QCOMPARE(text(1, EpochModel::P50Column), u"\u2013"_s);
    QCOMPARE(text(1, EpochModel::P99Column), u"\u2013"_s);
    QCOMPARE(text(0, EpochModel::P99Column), u"100 ms"_s);
    QVERIFY(!isPale(0));
}

QTEST_MAIN(TestLatencyChart)
#include "tst_latencychart.moc"
