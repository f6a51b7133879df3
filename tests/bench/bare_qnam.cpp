// SPDX-License-Identifier: GPL-3.0-or-later
// bench_bare_qnam URL REQUESTS CONCURRENCY [1.1|2]
// The fastest loop over QNetworkAccessManager we know of, with Sluice's lanes but nothing else of
// it: no queue, no metrics, no record. Prints {"requestsPerSecond":…}.
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
        : m_request(url), m_toSend(requests), m_toFinish(requests), m_concurrency(concurrency)
    {
        m_request.setRawHeader("User-Agent", "bare");
        m_request.setAttribute(QNetworkRequest::Http2AllowedAttribute, http2);
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_request.setSslConfiguration(tls);
        const int full = http2 ? 1 : (concurrency + 5) / 6;
        const int spread = http2 ? 1 : std::clamp(QThread::idealThreadCount() - 1, 1, concurrency);
        for (int i = 0; i < std::max(full, spread); ++i) {
            m_lanes.push_back(std::make_unique<QNetworkAccessManager>());
            m_lanes.back()->setProxyFactory(std::make_unique<BufferedSockets>().release());
        }
    }

    void start()
    {
        for (int i = 0; i < m_concurrency; ++i)
            send(m_lanes[std::size_t(i) % m_lanes.size()].get());
    }
    int failed() const { return m_failed; }

private:
    void send(QNetworkAccessManager *lane)
    {
        if (m_toSend == 0)
            return;
        --m_toSend;
        QNetworkReply *reply = lane->get(m_request);
        connect(reply, &QNetworkReply::finished, this, [this, reply, lane] {
            if (reply->error() != QNetworkReply::NoError)
                ++m_failed;
            reply->readAll();
            reply->deleteLater();
            send(lane);
            if (--m_toFinish == 0)
                QCoreApplication::quit();
        });
    }

    QNetworkRequest m_request;
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_lanes;
    int m_toSend;
    int m_toFinish;
    int m_concurrency;
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
