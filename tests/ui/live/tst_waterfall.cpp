// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/livesimulation.h"
#include "ui/live/hostheatmap.h"
#include "ui/live/waterfall.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000;

Limits shopLimits()
{
    Limits limits;
    limits.total = 16;
    limits.perHost = 8;
    return limits;
}

struct Fixture
{
    LiveCrosshair crosshair;
    Waterfall waterfall{&crosshair};
    LiveSimulation simulation{shopLimits()};

    Fixture()
    {
        waterfall.resize(900, 320);
        simulateShop(simulation);
        show();
        waterfall.show();
    }
    void show() { waterfall.setSnapshot(simulation.snapshot()); }
    LiveFlights flights() const { return waterfall.snapshot()->flights; }
    QScrollBar &scroll() { return *waterfall.findChild<QScrollBar *>(); }
    /** The middle of the bar of the newest request whose row is in sight. */
    std::pair<const Flight *, QPoint> newestInSight() const
    {
        const LiveFlights &all = waterfall.snapshot()->flights;
        for (std::size_t i = all.size(); i-- > 0;) {
            const PhaseTimings &timings = all.at(i).sample.timings;
            const int row = waterfall.rows().rowOf(all.at(i));
            const QPointF at(
                waterfall.chartGeometry().mapTimeToX((timings.admittedUs + timings.finishedUs) / 2),
                waterfall.rowRect(row).center().y());
            if (row >= 0 && waterfall.chartGeometry().plot.contains(at))
                return {&all.at(i), at.toPoint()};
        }
        return {nullptr, {}};
    }
};

} // namespace

class TestWaterfall final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }
    void connectionsAreGroupedByHost();
    void everyRequestHasARow();
    void filters_data();
    void filters();
    void phasesAreColoured();
    void figuresAreTold();
    void doubleClickAndEnterOpenTheResult();
    void keysMoveTheCurrentRow();
    void placeIsKeptWhileRequestsEnd();
    void wheelScrollsRowsThenThePage();
    void heatmapShowsAndSelectsHosts();
};

void TestWaterfall::connectionsAreGroupedByHost()
{
    Fixture f;
    const WaterfallRows &rows = f.waterfall.rows();
    int hosts = 0;
    quint32 announced = 0;
    int slotRows = 0;
    for (int row = 0; row < rows.count(); ++row) {
        if (rows.at(row).kind == WaterfallRow::Kind::Host) {
            ++hosts;
            announced += rows.at(row).slot;
        } else {
            ++slotRows;
        }
    }
    QCOMPARE(hosts, 3);
    QCOMPARE(slotRows, int(announced));
    QVERIFY(slotRows <= 3 * 8); // No host was ever over its limit of 8.
}

void TestWaterfall::everyRequestHasARow()
{
    Fixture f;
    f.waterfall.setChoice({.order = WaterfallChoice::Order::Requests});
    const WaterfallRows &rows = f.waterfall.rows();
    QCOMPARE(rows.count(), int(f.flights().size()));
    QCOMPARE(rows.at(0).flight, f.flights().size() - 1); // The newest on top.
    QVERIFY(rows.count() > 5000);
    QVERIFY(f.scroll().maximum() > 5000 - 50);
}

void TestWaterfall::filters_data()
{
    QTest::addColumn<WaterfallChoice::Filter>("filter");

    QTest::newRow("all") << WaterfallChoice::Filter::All;
    QTest::newRow("waited") << WaterfallChoice::Filter::Waited;
    QTest::newRow("failed") << WaterfallChoice::Filter::Failed;
}

void TestWaterfall::filters()
{
    QFETCH(WaterfallChoice::Filter, filter);
    Fixture f;
    f.simulation.server(0).errorShare = 0.1;
    f.simulation.enqueue(0, 100);
    f.simulation.run(5 * Second);
    f.show();
    f.waterfall.setChoice({WaterfallChoice::Order::Requests, filter});
    int expected = 0;
    const LiveFlights flights = f.flights();
    for (std::size_t i = 0; i < flights.size(); ++i) {
        const Flight &flight = flights.at(i);
        const bool isInSight =
            flight.sample.timings.finishedUs >= f.waterfall.chartGeometry().beginUs();
        if (filter == WaterfallChoice::Filter::Waited)
            expected += isInSight && flight.sample.timings.queuedUs() > 100'000;
        else
            expected += isInSight
                        && (filter == WaterfallChoice::Filter::All || flight.sample.status == 429);
    }
    QVERIFY(expected > 0);
    QCOMPARE(f.waterfall.rows().count(), expected);
}

void TestWaterfall::phasesAreColoured()
{
    Fixture f;
    f.simulation.metrics().setView({.spanUs = 10 * Second});
    f.show();
    const auto [flight, at] = f.newestInSight();
    QVERIFY(flight);
    const QImage picture = f.waterfall.grab().toImage();
    QCOMPARE(picture.pixelColor(at), Theme::lightMode().inFlight); // Waiting for the reply.
    f.waterfall.setChoice({.order = WaterfallChoice::Order::Requests});
    const Theme &theme = Theme::lightMode();
    f.simulation.enqueue(0, 200);
    f.simulation.run(Second);
    f.show();
    const QImage queued = f.waterfall.grab().toImage();
    const QRectF &plot = f.waterfall.chartGeometry().plot;
    int hatched = 0;
    for (int x = int(plot.left()); x < int(plot.right()); ++x)
        hatched +=
            queued.pixelColor(x, int(f.waterfall.rowRect(0).center().y())) == theme.waitingHost;
    QVERIFY(hatched > 0);
}

void TestWaterfall::figuresAreTold()
{
    Fixture f;
    const auto [flight, at] = f.newestInSight();
    QVERIFY(flight);
    QCOMPARE(f.waterfall.flightAt(at)->sample.seq, flight->sample.seq);
    const QStringList lines = Waterfall::describe(*flight);
    QVERIFY(lines.join(u'\n').contains(u"queued"_s));
    QVERIFY(lines.join(u'\n').contains(u"on the wire"_s));
    QVERIFY(!f.waterfall.summary().isEmpty());
}

void TestWaterfall::doubleClickAndEnterOpenTheResult()
{
    Fixture f;
    QSignalSpy activated(&f.waterfall, &Waterfall::requestActivated);
    const auto [flight, at] = f.newestInSight();
    QVERIFY(flight);
    const quint64 seq = flight->sample.seq;
    QTest::mouseDClick(&f.waterfall, Qt::LeftButton, {}, at);
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated.takeFirst()[1].toULongLong(), seq);
    f.waterfall.setChoice({.order = WaterfallChoice::Order::Requests});
    f.waterfall.setFocus();
    QTest::keyClick(&f.waterfall, Qt::Key_Down);
    QTest::keyClick(&f.waterfall, Qt::Key_Down);
    QTest::keyClick(&f.waterfall, Qt::Key_Return);
    QCOMPARE(activated.count(), 1);
    const LiveFlights flights = f.flights();
    QCOMPARE(activated.takeFirst()[1].toULongLong(), flights.at(flights.size() - 2).sample.seq);
}

void TestWaterfall::keysMoveTheCurrentRow()
{
    Fixture f;
    f.waterfall.setChoice({.order = WaterfallChoice::Order::Requests});
    f.waterfall.setFocus();
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(&f.waterfall, Qt::Key_Down);
    const int scrolled = f.scroll().value();
    QVERIFY(scrolled > 0);
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(&f.waterfall, Qt::Key_Up);
    QCOMPARE(f.scroll().value(), 0);
}

void TestWaterfall::placeIsKeptWhileRequestsEnd()
{
    Fixture f;
    f.simulation.metrics().setView({.spanUs = 300 * Second});
    f.show();
    f.waterfall.setChoice({.order = WaterfallChoice::Order::Requests});
    f.scroll().setValue(500);
    const auto seqOnTop = [&f] {
        return f.flights().at(f.waterfall.rows().at(f.scroll().value()).flight).sample.seq;
    };
    const quint64 before = seqOnTop();
    for (int i = 0; i < 3; ++i) { // Once while the log fills, and when it is full.
        f.simulation.run(Second * 7);
        f.show();
        QCOMPARE(seqOnTop(), before);
    }
    // So is what was chosen, even at the top.
    f.scroll().setValue(0);
    QSignalSpy activated(&f.waterfall, &Waterfall::requestActivated);
    f.waterfall.setFocus();
    QTest::keyClick(&f.waterfall, Qt::Key_Down);
    QTest::keyClick(&f.waterfall, Qt::Key_Return);
    f.simulation.run(Second);
    f.show();
    QTest::keyClick(&f.waterfall, Qt::Key_Return);
    QCOMPARE(activated.count(), 2);
    QCOMPARE(activated[1], activated[0]);
    QVERIFY(f.scroll().value() > 0);
    for (int i = 0; i < 500; ++i)
        QTest::keyClick(&f.waterfall, Qt::Key_Up);
    f.scroll().setValue(0); // At the top, new ones are followed.
    f.simulation.run(Second);
    f.show();
    QCOMPARE(f.scroll().value(), 0);
}

void TestWaterfall::wheelScrollsRowsThenThePage()
{
    Fixture f;
    f.waterfall.setChoice({.order = WaterfallChoice::Order::Requests});
    const auto wheel = [&f](int delta) {
        const QPointF at = QRectF(f.waterfall.rect()).center();
        QWheelEvent event(at, f.waterfall.mapToGlobal(at), {}, {0, delta}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&f.waterfall, &event);
        return event.isAccepted();
    };
    QVERIFY(!wheel(120)); // Already at the top.
    QVERIFY(wheel(-120));
    QCOMPARE(f.scroll().value(), 3);
}

void TestWaterfall::heatmapShowsAndSelectsHosts()
{
    LiveCrosshair crosshair;
    HostHeatmap heatmap(&crosshair);
    heatmap.resize(900, 240);
    LiveSimulation simulation(shopLimits());
    for (int i = 0; i < 12; ++i)
        simulation.addServer(
            {.endpoint = u"https://h%1.example:443"_s.arg(i), .serviceUs = 400'000, .jitter = 0});
    simulation.run(3 * Second);
    simulation.enqueue(4, 60);
    simulation.run(4 * Second);
    heatmap.setSnapshot(simulation.snapshot());
    heatmap.show();
    QCOMPARE(simulation.snapshot()->hosts.size(), 1u); // Only those with requests are rows.
    for (std::size_t i = 0; i < 12; ++i)
        simulation.enqueue(i, 1);
    simulation.run(Second);
    heatmap.setSnapshot(simulation.snapshot());
    QCOMPARE(heatmap.snapshot()->hosts.size(), 12u);
    const QImage picture = heatmap.grab().toImage();
    const double x = heatmap.chartGeometry().mapTimeToX(simulation.clock().nowUs() - 3 * Second);
    const QColor busy = picture.pixelColor(int(x), int(heatmap.lineRect(4).center().y()));
    const QColor idle = picture.pixelColor(int(x), int(heatmap.lineRect(7).center().y()));
    QCOMPARE(idle, Theme::lightMode().background);
    QVERIFY(busy != idle);
    QSignalSpy selected(&heatmap, &HostHeatmap::hostSelected);
    QTest::mouseClick(&heatmap, Qt::LeftButton, {}, heatmap.lineRect(4).center().toPoint());
    QCOMPARE(selected.takeFirst()[0].toString(), u"https://h4.example:443"_s);
    heatmap.setSelectedHost(u"https://h4.example:443"_s);
    heatmap.setFocus();
    QTest::keyClick(&heatmap, Qt::Key_Down);
    QCOMPARE(selected.takeFirst()[0].toString(), u"https://h5.example:443"_s);
}

QTEST_MAIN(TestWaterfall)
#include "tst_waterfall.moc"
