// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/recommendation.h"
#include "tests/core/tuning/serversimulator.h"

#include <QTest>

#include <cmath>
#include <future>
#include <map>
#include <thread>

using namespace Sluice;

/** What a sweep says, against servers whose knee is known. Seeds by compile definition. */
class TestSweepSimulation final : public QObject
{
    Q_OBJECT

private slots:
    void recommendsTheKnee_data();
    void recommendsTheKnee();
};

Q_DECLARE_METATYPE(Sluice::ServerModel)

void TestSweepSimulation::recommendsTheKnee_data()
{
    QTest::addColumn<ServerModel>("model");

    for (int workers : {4, 8, 16, 32, 64}) {
        const auto row = [workers](const char *name, ServerModel model) {
            model.workers = workers;
            QTest::addRow("%d workers, %s", workers, name) << model;
        };
        row("constant service", {.spread = 0});
        row("spread 0.5", {});
        row("spread 1", {.spread = 1});
        row("slower when overloaded", {.overload = 0.012});
        row("overloaded, spread 1", {.spread = 1, .overload = 0.012});
        row("20 ms of network", {.networkUs = 20'000});
        row("fast service", {.serviceUs = 5'000, .networkUs = 500});
    }
}

namespace {

/** What many sweeps of the same server said. */
struct Tally
{
    std::map<int, int> said; ///< How often each limit; 0 = none.
    double seconds = 0;
    double sent = 0;
};

/** The sweeps with the seeds \a first, \a first + \a step, ... up to the last. */
Tally sweep(const ServerModel &model, quint32 first, quint32 step)
{
    Tally tally;
    for (quint32 seed = first; seed <= SLUICE_SIMULATION_SEEDS; seed += step) {
        ServerSimulator server(model, seed);
        SweepPlan plan({.ladder = sweepLadder(128)}, std::mt19937(seed));
        tally.seconds += double(server.run(plan)) / 1e6;
        tally.sent += plan.progress(0).sent;
        ++tally.said[recommend(plan.levels(), plan.settings()).limit.value_or(0)];
    }
    return tally;
}

/** On every core: each sweep is a world of its own. */
Tally sweepAll(const ServerModel &model)
{
    const quint32 threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::future<Tally>> parts;
    for (quint32 first = 1; first <= threads; ++first)
        parts.push_back(std::async(std::launch::async, sweep, model, first, threads));
    Tally all;
    for (std::future<Tally> &part : parts) {
        const Tally tally = part.get();
        all.seconds += tally.seconds;
        all.sent += tally.sent;
        for (const auto &[limit, count] : tally.said)
            all.said[limit] += count;
    }
    return all;
}

/** Long enough that chance is under a half per cent. */
double trueThroughput(const ServerModel &model, int limit)
{
    constexpr double Requests = 60'000;
    return ServerSimulator(model, 1).throughput(limit,
                                                qint64(Requests * model.serviceUs / model.workers));
}

} // namespace

void TestSweepSimulation::recommendsTheKnee()
{
    QFETCH(ServerModel, model);
    constexpr int Seeds = SLUICE_SIMULATION_SEEDS;
    const double knee = model.knee();
    const double atKnee = trueThroughput(model, int(std::lround(knee)));
    const Tally tally = sweepAll(model);
    int near = 0;
    int costly = 0;
    double leastShare = 1e9;
    QString table;
    for (const auto &[limit, count] : tally.said) {
        near += std::abs(limit - knee) <= 0.25 * knee ? count : 0;
        const double share = limit > 0 ? trueThroughput(model, limit) / atKnee : 0;
        costly += share < 0.95 ? count : 0;
        leastShare = std::min(leastShare, share);
        table += QStringLiteral(" %1×%2").arg(limit).arg(count);
    }
    qInfo("knee %.1f: within 25 %% %d of %d, over 5 %% lost %d, least throughput %.3f, "
          "%.0f s, %.0f requests; said%s",
          knee, near, Seeds, costly, leastShare, tally.seconds / Seeds, tally.sent / Seeds,
          qPrintable(table));
    QVERIFY(near >= 0.9 * Seeds);
    QCOMPARE(costly, 0);
}

QTEST_GUILESS_MAIN(TestSweepSimulation)
#include "tst_sweepsimulation.moc"
