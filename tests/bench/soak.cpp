// SPDX-License-Identifier: GPL-3.0-or-later
// bench_soak PORT REQUESTS [SEED]
// Puts requests through the whole engine against a demo server that listens on PORT of several
// loopback addresses, and does to them what goes wrong in life: aborts, resets, broken and endless
// replies, redirects, pauses, holds, limits that change. Prints what came of it as one JSON object
// and exits with 1 when something was lost or leaked. tests/bench/soak.py starts it.
#include "core/run/enginecore.h"
#include "core/transport/socketcounter.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <array>
#include <cstdio>
#include <random>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr int Addresses = 8;
constexpr qsizetype MaxOutstanding = 2000;
constexpr qint64 ChangeEveryMs = 50;
/** What the allocator's own housekeeping may move the peaks of resident memory by. */
constexpr qint64 ToleranceBytes = qint64(1) * 1024 * 1024;

qint64 residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

class Soak final : public QObject, private DispatchClient
{
public:
    Soak(int port, quint64 requests, quint32 seed)
        : m_core(EngineCore::Live::On), m_port(port), m_requests(requests), m_random(seed)
    {
        connect(&m_core.dispatcher(), &Dispatcher::idle, this, &Soak::endIfDone);
        connect(&m_changes, &QTimer::timeout, this, &Soak::changeSomething);
    }

    void start()
    {
        m_timer.start();
        m_changes.start(ChangeEveryMs);
        submitMore();
    }

    /** True when nothing was lost and nothing is left. */
    bool report()
    {
        const AdmissionQueue &queue = m_core.admission();
        const AdmissionSnapshot left = queue.snapshot();
        const qint64 growth = growthBytes();
        const bool good = m_done == m_requests && m_live.empty() && queue.inFlight() == 0
                          && queue.queued() == 0 && left.endpoints.empty()
                          && m_core.dispatcher().isIdle() && m_overshoots == 0 && m_twice == 0
                          && growth <= ToleranceBytes;
        QByteArrayList resident;
        QByteArrayList history;
        for (const Memory &memory : m_memory) {
            resident.append(QByteArray::number(mib(memory.residentBytes), 'f', 2));
            history.append(QByteArray::number(mib(memory.historyBytes), 'f', 2));
        }
        std::printf("{\"good\":%s,\"requests\":%llu,\"seconds\":%.1f,\"succeeded\":%llu,"
                    "\"failed\":%llu,\"cancelled\":%llu,\"limitChanges\":%llu,\"overshoots\":%llu,"
                    "\"toldTwice\":%llu,\"neverTold\":%lld,\"inFlight\":%d,\"queued\":%d,"
                    "\"hosts\":%zu,\"growthMiB\":%.2f,\"rssMiBEveryTenth\":[%s],"
                    "\"ofThatHistoryMiB\":[%s]}\n",
                    good ? "true" : "false", m_done, double(m_timer.elapsed()) / 1000, m_succeeded,
                    m_failed, m_cancelled, m_limitChanges, m_overshoots, m_twice, m_live.size(),
                    queue.inFlight(), queue.queued(), left.endpoints.size(), mib(growth),
                    resident.join(',').constData(), history.join(',').constData());
        return good;
    }

private:
    /**
     * How much the peak of the second half is above that of the first, without the live history,
     * which fills for days within its bounds. Single samples differ by a mebibyte, as buffers come
     * and go; the last is taken with nothing left to do, and so tells nothing.
     */
    qint64 growthBytes() const
    {
        const auto peak = [this](std::size_t first, std::size_t last) {
            qint64 most = 0;
            for (std::size_t i = first; i < last && i < m_memory.size(); ++i)
                most = std::max(most, m_memory[i].restBytes());
            return most;
        };
        return peak(Tenths / 2, Tenths - 1) - peak(0, Tenths / 2);
    }

    static constexpr std::size_t Tenths = 10;

    struct Memory
    {
        qint64 residentBytes = 0;
        qint64 historyBytes = 0; ///< Of those, what the live history holds.

        qint64 restBytes() const { return residentBytes - historyBytes; }
    };

    static double mib(qint64 bytes) { return double(bytes) / (1024 * 1024); }
    EndpointId hostAt(quint32 index)
    {
        return m_core.admission().endpoint(u"http://127.0.0.%1:%2"_s.arg(1 + index).arg(m_port));
    }
    quint32 below(quint32 count) { return quint32(m_random() % count); }

    PreparedRequest randomRequest()
    {
        // Of a hundred.
        static const std::array Unusual{u"/reset"_s,      u"/reset"_s,      u"/truncated"_s,
                                        u"/garbage"_s,    u"/hang"_s,       u"/redirect/2"_s,
                                        u"/status/500"_s, u"/bytes/20000"_s};
        const quint32 pick = below(100);
        PreparedRequest request;
        request.url = QUrl(u"http://127.0.0.%1:%2%3"_s.arg(1 + below(Addresses))
                               .arg(m_port)
                               .arg(pick < Unusual.size() ? Unusual[pick] : u"/status/200"_s));
        request.timeouts.idleUs = 200'000;
        if (below(20) == 0) {
            request.method = "POST";
            request.body = QByteArray(int(below(5000)), 'x');
        }
        return request;
    }

    void submitMore()
    {
        while (m_submitted < m_requests && m_live.size() < MaxOutstanding) {
            const quint64 tag = m_submitted++;
            const Priority priority = below(10) == 0 ? Priority::Interactive : Priority::Run;
            m_live.insert(tag, m_core.dispatcher().submit(randomRequest(), priority, *this, tag));
        }
    }

    void requestFinished(RequestId, quint64 tag, Response &&response) override
    {
        m_twice += m_live.remove(tag) == 0;
        ++m_done;
        if (!response.error)
            ++m_succeeded;
        else
            ++(response.error->code == ErrorCode::Cancelled ? m_cancelled : m_failed);
        const int inFlight = m_core.admission().inFlight();
        m_highest = std::min(m_highest, inFlight);
        m_overshoots += inFlight > std::max(m_core.admission().limits().total, m_highest);
        if (below(20) == 0 && !m_live.isEmpty())
            m_core.dispatcher().cancel(m_live.value((tag + below(MaxOutstanding)) % m_submitted));
        if (m_done * Tenths / m_requests > m_memory.size())
            m_memory.push_back({residentBytes(), qint64(m_core.liveBytes())});
        submitMore();
    }

    void changeSomething()
    {
        AdmissionQueue &queue = m_core.admission();
        const EndpointId host = hostAt(below(Addresses));
        m_core.liveSnapshot(); // As the window does.
        switch (below(8)) {
        case 0:
            queue.pause();
            break;
        case 1:
            queue.hold(host, m_core.clock().nowUs() + 100'000);
            break;
        case 2:
            queue.setAdaptiveLimit(host, int(below(20)));
            break;
        default:
            changeLimits();
            queue.resume();
            break;
        }
    }

    void changeLimits()
    {
        Limits limits;
        limits.total = int(1 + below(150));
        limits.perHost = int(below(30));
        if (below(3) == 0)
            limits.hosts = {{u"127.0.0.%1"_s.arg(1 + below(Addresses)), int(1 + below(5))}};
        limits.holdStatuses = {};
        m_core.setLimits(limits);
        m_highest = m_core.admission().inFlight();
        ++m_limitChanges;
    }

    void endIfDone()
    {
        if (m_done != m_requests)
            return;
        m_changes.stop();
        for (quint32 i = 0; i < Addresses; ++i)
            m_core.admission().endHold(hostAt(i));
        QCoreApplication::quit();
    }

    EngineCore m_core;
    int m_port;
    quint64 m_requests;
    std::mt19937 m_random;
    QTimer m_changes;
    QElapsedTimer m_timer;
    QHash<quint64, RequestId> m_live; ///< By tag.
    quint64 m_submitted = 0;
    quint64 m_done = 0;
    quint64 m_succeeded = 0;
    quint64 m_failed = 0;
    quint64 m_cancelled = 0;
    quint64 m_limitChanges = 0;
    quint64 m_overshoots = 0;
    quint64 m_twice = 0;
    int m_highest = 0;            ///< What may be in flight above a lowered limit: it only falls.
    std::vector<Memory> m_memory; ///< After each tenth of the requests.
};

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.size() < 3) {
        std::fputs("usage: bench_soak PORT REQUESTS [SEED]\n", stderr);
        return 1;
    }
    Soak soak(args[1].toInt(), args[2].toULongLong(), args.value(3, u"1"_s).toUInt());
    soak.start();
    QCoreApplication::exec();
    return soak.report() ? 0 : 1;
}
