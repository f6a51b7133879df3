// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/dispatcher.h"
#include "core/transport/qnamtransport.h"
#include "tests/support/demoserverprocess.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 SecondUs = 1'000'000;

/** Keeps a host busy under a limit that finds itself, and remembers what it decided. */
class Load final : public DispatchClient, private AdmissionObserver
{
public:
    Load(const QUrl &url, const QString &kind)
    {
        m_request.url = url;
        m_request.profile.httpVersion = HttpVersion::Http1;
        Limits limits;
        limits.hosts = {{url.host(), 0, kind}};
        m_dispatcher.admission().setLimits(limits);
        for (int i = 0; i < Waiting; ++i)
            submit();
    }
    ~Load() override { m_isEnding = true; }

    qint64 nowUs() const { return m_clock.nowUs(); }
    void run(qint64 us)
    {
        const qint64 endUs = nowUs() + us;
        (void)QTest::qWaitFor([this, endUs] { return nowUs() >= endUs; }, int(us / 1000) + 5000);
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
    void requestFinished(RequestId, quint64, Response &&) override
    {
        if (!m_isEnding)
            submit();
    }
    void admissionEvent(const AdmissionEvent &event) override
    {
        if (event.kind == AdmissionEvent::Kind::LimitsChanged && event.endpoint != EndpointId::None)
            m_course.emplace_back(event.atUs, event.adaptiveLimit);
    }

    SteadyClock m_clock;
    bool m_isEnding = false;
    std::vector<std::pair<qint64, int>> m_course;
    PreparedRequest m_request;
    QnamTransport m_transport{m_clock};
    Dispatcher m_dispatcher{m_clock, m_transport, this};
};

} // namespace

/**
 * One kind against a server whose workers are known and then halve; a line of figures. True when
 * it settles within a quarter of the knee and has backed off after two seconds. What only learns
 * from drops gets a server that answers 429 above its workers.
 */
static bool measure(const QString &kind)
{
    constexpr int Workers = 16;
    DemoServerProcess server;
    QStringList arguments{u"--workers"_s, QString::number(Workers),
                          u"--service"_s, u"40ms"_s,
                          u"--jitter"_s,  u"0.3"_s};
    if (kind == "aimd"_L1)
        arguments << u"--reject-above"_s << QString::number(Workers);
    if (!server.start(arguments)) {
        std::fprintf(stderr,
                     "No demo server: does SLUICE_BIN_DIR name the folder of sluice-cli?\n");
        return false;
    }
    Load load(QUrl(server.url(u"/json"_s)), kind);
    load.run(4 * SecondUs);
    const qint64 settledUs = load.nowUs();
    load.run(3 * SecondUs);
    const qint64 halvedUs = load.nowUs();
    if (!server.setWorkers(Workers / 2))
        return false;
    load.run(4 * SecondUs);
    const double settled = load.meanLimit(settledUs, halvedUs) / Workers;
    const double backOff = double(load.timeUntil(halvedUs, 1.25 * Workers / 2)) / 1e6;
    const double settledAgain =
        load.meanLimit(halvedUs + 2 * SecondUs, load.nowUs()) / (double(Workers) / 2);
    const bool isGood = std::abs(settled - 1) <= 0.25 && std::abs(settledAgain - 1) <= 0.25
                        && backOff >= 0 && backOff <= 2;
    std::printf("%-10s settles at %.2f of the knee, backs off in %.2f s, settles at %.2f of the "
                "new one%s\n",
                qPrintable(kind), settled, backOff, settledAgain, isGood ? "" : ": MISSED");
    return isGood;
}

/**
 * How adaptive limits do with real requests against the demo server; SLUICE_BIN_DIR says where
 * sluice-cli is. Needs an idle machine: on a busy one the time that requests take is not the
 * server's.
 */
int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    bool isGood = true;
    for (const QString &kind : {u"gradient2"_s, u"vegas"_s, u"aimd"_s})
        isGood = measure(kind) && isGood;
    return isGood ? 0 : 1;
}
