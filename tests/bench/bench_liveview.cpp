// SPDX-License-Identifier: GPL-3.0-or-later
//
// How smooth the live view is: a collector in its own thread takes 5,000 requests a second and
// hands the window a snapshot every 16 ms; the window shows it. Prints the time that the GUI thread
// computes for each snapshot (a frame), the time of one repaint of each panel, what an event and a
// finished request cost the collector, and what the window costs when nothing happens. Exit status
// 1 when a goal is missed.
#include "tests/support/livesimulation.h"
#include "ui/live/concurrencychart.h"
#include "ui/live/limitsmodel.h"
#include "ui/live/livedock.h"
#include "ui/theme/mode.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMainWindow>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>

using namespace Sluice;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int RequestsPerSecond = 5000;
constexpr int Hosts = 12; ///< More than lanes are good for: they are shown over time, too.

/** The engine thread's part: the simulated queue in real time, a snapshot every 16 ms. */
class Feeder final : public QObject
{
    Q_OBJECT

public:
    explicit Feeder(qint64 spanUs) : m_simulation(limits()), m_timer(this)
    {
        for (int host = 0; host < Hosts; ++host)
            m_simulation.addServer({.endpoint = u"https://h%1.example:443"_s.arg(host),
                                    .serviceUs = 5000,
                                    .arrivalsPerSecond = double(RequestsPerSecond) / Hosts});
        m_simulation.metrics().setView({.spanUs = spanUs});
        m_simulation.run(spanUs); // A full chart from the first frame on.
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Feeder::tick);
    }

public slots:
    void start()
    {
        m_elapsed.start();
        m_timer.start(16ms);
    }
    void stop() { m_timer.stop(); }

signals:
    void snapshotReady(Sluice::LiveSnapshotPtr snapshot);

private:
    static Limits limits()
    {
        Limits limits;
        limits.total = 24;
        limits.perHost = 10;
        return limits;
    }
    void tick()
    {
        m_simulation.run(m_elapsed.nsecsElapsed() / 1000);
        m_elapsed.start();
        emit snapshotReady(m_simulation.snapshot());
    }

    LiveSimulation m_simulation;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
};

/** Nanoseconds that this thread has computed; a busy machine does not change it. */
qint64 threadNs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

bool report(const char *name, double value, const char *unit, double goal)
{
    const bool good = value <= goal;
    std::printf("%-44s %8.2f %s (goal %.0f)%s\n", name, value, unit, goal, good ? "" : "  MISSED");
    return good;
}

/** Adds up the time that the GUI thread is busy, from one snapshot to the next. */
class MeasuredApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        if (event->type() == QEvent::MetaCall && m_busyNs > 0)
            m_frames.push_back(double(std::exchange(m_busyNs, 0)) / 1e6);
        const qint64 before = threadNs();
        ++m_depth;
        const bool handled = QApplication::notify(receiver, event);
        --m_depth;
        m_busyNs += threadNs() - before;
        return handled;
    }
    std::vector<double> takeFrames() { return std::exchange(m_frames, {}); }

private:
    int m_depth = 0;
    qint64 m_busyNs = 0;
    std::vector<double> m_frames;
};

void runFor(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

std::vector<double> frames(MeasuredApplication &app, LiveDock &dock, qint64 spanUs)
{
    QThread engine;
    Feeder feeder(spanUs);
    feeder.moveToThread(&engine);
    QObject::connect(&engine, &QThread::started, &feeder, &Feeder::start);
    QObject::connect(&feeder, &Feeder::snapshotReady, &dock, &LiveDock::showSnapshot);
    engine.start();
    runFor(500ms); // The first frame lays everything out.
    app.takeFrames();
    runFor(5s);
    QMetaObject::invokeMethod(&feeder, &Feeder::stop, Qt::BlockingQueuedConnection);
    engine.quit();
    engine.wait();
    return app.takeFrames();
}

/** Median of one repaint in ms. */
double repaint(TimePanel &panel)
{
    std::vector<double> times;
    for (int i = 0; i < 100; ++i) {
        const qint64 before = threadNs();
        panel.repaint();
        times.push_back(double(threadNs() - before) / 1e6);
    }
    return percentile(std::move(times), 0.5);
}

/** With \a rescaled, every pixel changes each time; else nothing does. */
std::vector<double> repaints(ConcurrencyChart &chart, bool rescaled)
{
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        Limits limits;
        limits.total = rescaled && i % 2 == 0 ? 48 : 24;
        chart.setLimits(limits);
        const qint64 before = threadNs();
        chart.repaint();
        times.push_back(double(threadNs() - before) / 1e6);
    }
    return times;
}

double nanosecondsPerEvent()
{
    LiveMetrics metrics;
    Limits limits;
    metrics.setSource({[] { return AdmissionSnapshot{}; },
                       [&limits]() -> const Limits & { return limits; },
                       [](EndpointId) { return QString(); }});
    constexpr int Events = 3'000'000;
    AdmissionEvent event;
    event.kind = AdmissionEvent::Kind::Admitted;
    event.atUs = 1'000'000;
    const qint64 before = threadNs();
    for (int i = 0; i < Events; ++i) {
        event.atUs += 22; // 15,000 requests a second, three events each.
        event.endpoint = EndpointId(quint32(i % 16));
        event.inFlight = i % 48;
        event.queued = i % 100;
        metrics.admissionEvent(event);
    }
    return double(threadNs() - before) / Events;
}

double nanosecondsPerRequest()
{
    LiveMetrics metrics;
    Limits limits;
    metrics.setSource({[] { return AdmissionSnapshot{}; },
                       [&limits]() -> const Limits & { return limits; },
                       [](EndpointId) { return QString(); }});
    constexpr int Requests = 500'000;
    Sample sample;
    sample.status = 200;
    qint64 nowUs = 1'000'000;
    const qint64 before = threadNs();
    for (int i = 0; i < Requests; ++i) {
        nowUs += 1'000'000 / RequestsPerSecond;
        sample.endpoint = EndpointId(quint32(i % 16));
        sample.timings.admittedUs = nowUs - 3000 - i % 7 * 1000;
        sample.timings.sentUs = sample.timings.admittedUs + 40;
        sample.timings.finishedUs = nowUs;
        sample.timings.waits[0] = i % 50'000;
        metrics.sampleFinished(sample);
    }
    return double(threadNs() - before) / Requests;
}

double idleShare()
{
    const double before = cpuSeconds();
    runFor(2s);
    return (cpuSeconds() - before) / 2 * 100;
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    MeasuredApplication app(argc, argv);
    applyTheme(app, ThemeMode::Light);
    LimitsModel limits(nullptr);
    QMainWindow window;
    auto *dock = new LiveDock(&limits, &window);
    window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    dock->setMoreCharts(true); // All panels, not only the first.
    dock->setWaterfallShown(true);
    window.resize(1600, 900);
    window.show();

    bool good = true;
    for (const qint64 minutes : {1, 10}) {
        const std::vector<double> times = frames(app, *dock, minutes * 60'000'000);
        std::printf("window of %d min: %zu frames in 5 s, p50 %.2f ms\n", int(minutes),
                    times.size(), percentile(times, 0.50));
        good &= report("  frame, 99th percentile", percentile(times, 0.99), "ms", 16);
    }
    auto *chart = dock->findChild<ConcurrencyChart *>();
    const std::vector<double> docked = repaints(*chart, false);
    std::printf("repaint of the chart at %dx%d: p50 %.2f ms\n", chart->width(), chart->height(),
                percentile(docked, 0.5));
    for (TimePanel *panel : dock->findChildren<TimePanel *>())
        good &=
            report(qPrintable(u"repaint, "_s + panel->accessibleName()), repaint(*panel), "ms", 4);
    LiveCrosshair crosshair;
    ConcurrencyChart large(&crosshair);
    large.resize(1600, 900);
    LiveSimulation simulation(Limits{});
    simulateShop(simulation);
    large.setSnapshot(simulation.snapshot());
    large.show();
    runFor(200ms);
    good &= report("repaint at 1600x900, unchanged, median",
                   percentile(repaints(large, false), 0.5), "ms", 4);
    good &= report("repaint at 1600x900, new scale, median", percentile(repaints(large, true), 0.5),
                   "ms", 4);
    large.hide();
    good &= report("collector, an event", nanosecondsPerEvent(), "ns", 100);
    good &= report("collector, a finished request", nanosecondsPerRequest(), "ns", 2000);
    good &= report("idle, share of one core", idleShare(), "%", 5);
    return good ? 0 : 1;
}
#include "bench_liveview.moc"
