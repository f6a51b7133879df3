// SPDX-License-Identifier: GPL-3.0-or-later
// bench_bare_qnam URL REQUESTS CONCURRENCY [1.1|2]
// The fastest loop over QNetworkAccessManager we know of, with Sluice's lanes but nothing else of
// it: no queue, no metrics, no record. The host of URL is an address. Prints
// {"requestsPerSecond":…}.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

class BufferedSockets final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)};
    }
};

class Loop final : public QObject
{
public:
    Loop(const QUrl &url, int requests, int concurrency, bool http2)
        : m_toSend(requests), m_toFinish(requests), m_concurrency(concurrency)
    {
        // Qt keeps a pool of connections for each spelling of the name that it checks a certificate
        // against; see poolingOf() in core/transport. It takes an address with spaces for the same.
        const int pools = http2 ? 1 : 64;
        m_perPool = http2 ? concurrency : 1;
        for (int pool = 0; pool < pools; ++pool) {
            m_requests.push_back(requestTo(url, http2));
            if (pool > 0)
                m_requests.back().setPeerVerifyName(url.host() + QString(pool, u' '));
        }
        const int full = (concurrency + pools * m_perPool - 1) / (pools * m_perPool);
        const int spread = http2 ? 1 : std::clamp(QThread::idealThreadCount() - 1, 1, concurrency);
        for (int i = 0; i < std::max(full, spread); ++i) {
            m_lanes.push_back(std::make_unique<QNetworkAccessManager>());
            m_lanes.back()->setProxyFactory(std::make_unique<BufferedSockets>().release());
        }
    }

    void start()
    {
        for (int i = 0; i < m_concurrency; ++i) {
            const int lanes = int(m_lanes.size());
            send(m_lanes[std::size_t(i % lanes)].get(),
                 m_requests[std::size_t(i / lanes / m_perPool)]);
        }
    }
    int failed() const { return m_failed; }

private:
    static QNetworkRequest requestTo(const QUrl &url, bool http2)
    {
        QNetworkRequest request(url);
        request.setRawHeader("User-Agent", "bare");
        request.setAttribute(QNetworkRequest::Http2AllowedAttribute, http2);
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        request.setSslConfiguration(tls);
        return request;
    }

    void send(QNetworkAccessManager *lane, const QNetworkRequest &request)
    {
        if (m_toSend == 0)
            return;
        --m_toSend;
        QNetworkReply *reply = lane->get(request);
        connect(reply, &QNetworkReply::finished, this, [this, reply, lane, &request] {
            if (reply->error() != QNetworkReply::NoError)
                ++m_failed;
            reply->readAll();
            reply->deleteLater();
            send(lane, request);
            if (--m_toFinish == 0)
                QCoreApplication::quit();
        });
    }

    std::vector<QNetworkRequest> m_requests; ///< By pool.
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_lanes;
    int m_toSend;
    int m_toFinish;
    int m_concurrency;
    int m_perPool = 1;
    int m_failed = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.size() < 4) {
        std::fputs("usage: bench_bare_qnam URL REQUESTS CONCURRENCY [1.1|2]\n", stderr);
        return 1;
    }
    const int requests = args[2].toInt();
    QNetworkProxyFactory::setUseSystemConfiguration(false);
    Loop loop(QUrl(args[1]), requests, args[3].toInt(), args.value(4) == "2"_L1);
    QElapsedTimer timer;
    timer.start();
    loop.start();
    QCoreApplication::exec();
    std::printf("{\"requestsPerSecond\":%.1f,\"failed\":%d}\n",
                requests * 1e9 / double(timer.nsecsElapsed()), loop.failed());
    return 0;
}
