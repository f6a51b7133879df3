// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/virtualserver.h"

#include "core/dispatch/dispatcher.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 SecondUs = 1'000'000;

/** Keeps a host busy under a limit that finds itself, and remembers what it decided. */
class Load final : public DispatchClient, private AdmissionObserver
{
public:
    explicit Load(const QString &kind)
    {
        m_request.url = QUrl(u"http://127.0.0.1:8080/"_s);
        Limits limits;
        limits.hosts = {{u"127.0.0.1"_s, 0, kind}};
        limits.holdStatuses.clear(); // The rule by itself: no rest after each 429.
        m_dispatcher.admission().setLimits(limits);
        for (int i = 0; i < Waiting; ++i)
            submit();
    }

    VirtualServer &server() { return m_server; }
    qint64 nowUs() const { return m_clock.nowUs(); }
    void run(qint64 us)
    {
        const qint64 endUs = nowUs() + us;
        while (nowUs() < endUs) {
            m_server.step(endUs);
            QCoreApplication::sendPostedEvents();
            m_dispatcher.advance();
        }
    }
    /** Weighted by time. */
    double meanLimit(qint64 fromUs, qint64 toUs) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < m_course.size(); ++i) {
            const qint64 until = i + 1 < m_course.size() ? m_course[i + 1].first : toUs;
            const qint64 begin = std::max(m_course[i].first, fromUs);
            sum += double(std::max<qint64>(0, std::min(until, toUs) - begin)) * m_course[i].second;
        }
        return sum / double(toUs - fromUs);
    }
    /** When the limit was at most \a limit for the first time from \a fromUs on; -1 = never. */
    qint64 timeUntil(qint64 fromUs, double limit) const
    {
        const auto found = std::ranges::find_if(m_course, [=](const auto &step) {
            return step.first >= fromUs && step.second <= limit;
        });
        return found == m_course.end() ? -1 : found->first - fromUs;
    }

private:
    static constexpr int Waiting = 90;

    void submit() { m_dispatcher.submit(m_request, Priority::Run, *this, 0); }
    void requestFinished(RequestId, quint64, Response &&) override { submit(); }
    void admissionEvent(const AdmissionEvent &event) override
    {
        if (event.kind == AdmissionEvent::Kind::LimitsChanged && event.endpoint != EndpointId::None)
            m_course.emplace_back(event.atUs, event.adaptiveLimit);
    }

    FakeClock m_clock;
    std::vector<std::pair<qint64, int>> m_course;
    PreparedRequest m_request;
    VirtualServer m_server{m_clock};
    Dispatcher m_dispatcher{m_clock, m_server, this};
};

} // namespace

/** Adaptive limits through the dispatcher and the queue, in virtual time. */
class TestAdaptiveDispatch final : public QObject
{
    Q_OBJECT

private slots:
    void settlesAndBacksOff_data();
    void settlesAndBacksOff();
};

void TestAdaptiveDispatch::settlesAndBacksOff_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("workers");
    QTest::addColumn<bool>("rejects");

    for (const int workers : {8, 16, 32}) {
        const auto row = [workers](const char *kind, bool rejects) {
            QTest::addRow("%s, %d workers%s", kind, workers, rejects ? ", 429 above" : "")
                << QString::fromLatin1(kind) << workers << rejects;
        };
        row("auto", false);
        row("vegas", false);
        row("aimd", true);
    }
}

void TestAdaptiveDispatch::settlesAndBacksOff()
{
    QFETCH(QString, kind);
    QFETCH(int, workers);
    QFETCH(bool, rejects);
    Load load(kind);
    const auto setWorkers = [&load, rejects](int count) {
        load.server().workers = count;
        load.server().rejectAbove = rejects ? count : 0;
    };
    setWorkers(workers);
    load.run(10 * SecondUs);
    const qint64 settledUs = load.nowUs();
    load.run(10 * SecondUs);
    const qint64 halvedUs = load.nowUs();
    const double settled = load.meanLimit(settledUs, halvedUs) / workers;
    setWorkers(workers / 2);
    load.run(15 * SecondUs);
    const qint64 backoffUs = load.timeUntil(halvedUs, 1.25 * workers / 2);
    const double again =
        load.meanLimit(halvedUs + 5 * SecondUs, load.nowUs()) / (double(workers) / 2);
    const QString figures =
        u"settles at %1 of the knee, backs off in %2 s, settles at %3 of the new one"_s
            .arg(settled, 0, 'f', 2)
            .arg(double(backoffUs) / 1e6, 0, 'f', 2)
            .arg(again, 0, 'f', 2);
    qInfo("%s", qPrintable(figures));
    QVERIFY2(settled >= 0.75 && settled <= 1.25, qPrintable(figures));
    QVERIFY2(backoffUs >= 0 && backoffUs <= 2 * SecondUs, qPrintable(figures));
    QVERIFY2(again >= 0.75 && again <= 1.25, qPrintable(figures));
}

QTEST_GUILESS_MAIN(TestAdaptiveDispatch)
#include "tst_adaptivedispatch.moc"
