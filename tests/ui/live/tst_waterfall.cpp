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

#include <algorithm>
#include <cmath>

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
    int openCount() const { return int(waterfall.snapshot()->open.size()); }
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
    void requestsInFlightGrow_data();
    void requestsInFlightGrow();
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
    const int open = f.openCount();
    QCOMPARE(rows.count(), int(f.flights().size()) + open);
    QCOMPARE(rows.at(open).flight, f.flights().size() - 1); // The newest on top.
    QVERIFY(rows.count() > 5000);
    QVERIFY(f.scroll().maximum() > 5000 - 50);
}

void TestWaterfall::requestsInFlightGrow_data()
{
    QTest::addColumn<WaterfallChoice::Order>("order");

    QTest::newRow("by connection") << WaterfallChoice::Order::Connections;
    QTest::newRow("by request") << WaterfallChoice::Order::Requests;
}

/** A request that hangs is seen long before it ends, and keeps its place when it does. */
void TestWaterfall::requestsInFlightGrow()
{
    QFETCH(WaterfallChoice::Order, order);
    LiveSimulation simulation(shopLimits());
    simulation.addServer(
        {.endpoint = u"https://slow.example:443"_s, .serviceUs = 30 * Second, .jitter = 0});
    LiveCrosshair crosshair;
    Waterfall waterfall(&crosshair);
    waterfall.resize(900, 320);
    waterfall.setChoice({.order = order});
    simulation.run(Second);
    simulation.enqueue(0, 1);
    const int row = order == WaterfallChoice::Order::Requests ? 0 : 1; // Below the host's name.
    const QColor color = Theme::lightMode().inFlight;
    const auto width = [&] {
        waterfall.setSnapshot(simulation.snapshot());
        const QImage picture = waterfall.grab().toImage();
        int wide = 0;
        for (int x = 0; x < picture.width(); ++x) {
            bool isBar = false;
            for (int y = 0; y < int(waterfall.rowRect(row).height()); ++y)
                isBar |= picture.pixelColor(x, int(waterfall.rowRect(row).top()) + y) == color;
            wide += isBar && waterfall.chartGeometry().plot.contains(x, 20);
        }
        return wide;
    };
    simulation.run(5 * Second);
    const int after5 = width();
    simulation.run(15 * Second);
    const int after20 = width();
    const double secondWide = waterfall.chartGeometry().plot.width() / 60;
    QVERIFY2(std::abs(after5 - 5 * secondWide) < 3, qPrintable(QString::number(after5)));
    QVERIFY2(std::abs(after20 - 20 * secondWide) < 3, qPrintable(QString::number(after20)));
    const QPointF at(waterfall.chartGeometry().mapTimeToX(simulation.clock().nowUs() - Second),
                     waterfall.rowRect(row).center().y());
    const Flight *flight = waterfall.flightAt(at);
    QVERIFY(flight && flight->isOpen());
    QCOMPARE(Waterfall::describe(*flight, simulation.clock().nowUs())[0], u"in flight for 20 s"_s);
    QSignalSpy activated(&waterfall, &Waterfall::requestActivated);
    QTest::mouseDClick(&waterfall, Qt::LeftButton, {}, at.toPoint());
    QVERIFY(activated.isEmpty()); // There is no result yet.
    simulation.run(15 * Second);
    waterfall.setSnapshot(simulation.snapshot());
    QVERIFY(waterfall.snapshot()->open.empty());
    flight = waterfall.flightAt(at - QPointF(15 * secondWide, 0));
    QVERIFY(flight && !flight->isOpen());
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
    // Of those in flight, only that they waited is known.
    int expected = filter == WaterfallChoice::Filter::All ? f.openCount() : 0;
    if (filter == WaterfallChoice::Filter::Waited)
        expected =
            int(std::ranges::count_if(f.waterfall.snapshot()->open, [](const Flight &flight) {
                return flight.sample.timings.queuedUs() > 100'000;
            }));
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
    const QStringList lines = Waterfall::describe(*flight, f.simulation.clock().nowUs());
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
    for (int i = 0; i < f.openCount() + 2; ++i) // Past those in flight.
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
    for (int i = 0; i < f.openCount() + 1; ++i)
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
