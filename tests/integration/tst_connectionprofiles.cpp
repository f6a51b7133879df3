// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dispatchrig.h"
#include "tests/support/haproxyserver.h"
#include "tests/support/nghttpdserver.h"
#include "tests/support/nginxserver.h"
#include "tests/support/testresult.h"
#include "tests/support/tunnelproxy.h"

#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

/** Which requests share connections, and as whom their servers see them. */
class TestConnectionProfiles : public QObject
{
    Q_OBJECT

private slots:
    void lanesAreGroupedByProfile();
    void tlsHostsKeepTheirNames_data();
    void tlsHostsKeepTheirNames();
};

/** What is secured or routed otherwise never shares a connection, and what is not does. */
void TestConnectionProfiles::lanesAreGroupedByProfile()
{
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    HaproxyServer::Options options;
    options.certificate = certificates.certificate();
    options.key = certificates.key();
    HaproxyServer server;
    VERIFY_RESULT(server.start(options));
    TunnelProxy proxy(server.port());
    std::vector<ConnectionProfile> profiles(4);
    for (ConnectionProfile &profile : profiles)
        profile.verifyTls = false;
    profiles[1].httpVersion = HttpVersion::Http1;
    profiles[2].verifyTls = true;
    profiles[2].caFile = certificates.certificate();
    profiles[3].proxy = u"http://127.0.0.1:%1"_s.arg(proxy.port());
    DispatchRig rig(limitsOf(10));
    for (std::size_t i = 0; i < 3 * profiles.size(); ++i) {
        PreparedRequest request = getRequest(server.url());
        request.profile = profiles[i % profiles.size()];
        rig.submit(request);
        QVERIFY(rig.waitIdle());
        QVERIFY2(!rig.responses.back().failed(),
                 qPrintable(rig.responses.back().error.value_or(Error()).message));
        QCOMPARE(rig.responses.back().timings.isNewConnection(), i < profiles.size());
        QCOMPARE(rig.responses.back().protocol, i % 4 == 1 ? "HTTP/1.1"_ba : "HTTP/2"_ba);
    }
    QCOMPARE(server.counters()->value(QString()).total, int(profiles.size()));
    QCOMPARE(proxy.targets().size(), 1);
}

void TestConnectionProfiles::tlsHostsKeepTheirNames_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("resolve");
    QTest::addColumn<bool>("verifyTls");
    QTest::addColumn<QString>("told");
    QTest::addColumn<int>("lanes"); // At least.
    const QString none;
    const QString name = u"localhost"_s;
    QTest::newRow("name") << name << none << true << name << 1;
    QTest::newRow("name, not checked") << name << none << false << name << 1;
    QTest::newRow("name at an address") << name << u"localhost:%1:127.0.0.1"_s << true << name << 1;
    // RFC 6066 3 forbids addresses.
    QTest::newRow("address") << u"127.0.0.1"_s << none << true << none << 3;
    QTest::newRow("address, not checked") << u"127.0.0.1"_s << none << false << none << 1;
}

/** All connections of a host are alike to its server, and each is checked against its name. */
void TestConnectionProfiles::tlsHostsKeepTheirNames()
{
    QFETCH(const QString, host);
    QFETCH(const QString, resolve);
    QFETCH(const bool, verifyTls);
    QFETCH(const QString, told);
    QFETCH(const int, lanes);
    constexpr int Limit = 30;
    NghttpdServer certificates;
    VERIFY_RESULT(certificates.start({}));
    NginxServer server;
    VERIFY_RESULT(server.start(NginxServer::certificateLines(certificates)
                               << u"listen 127.0.0.1:%1 ssl;"_s.arg(server.port())
                               << u"limit_conn_status 503;"_s << u"limit_conn all %1;"_s.arg(Limit)
                               << u"if ($ssl_server_name != '%1') { return 421; }"_s.arg(told)
                               << u"location / { return 200 ok; }"_s));
    DispatchRig rig(limitsOf(Limit));
    PreparedRequest request = getRequest(server.url());
    request.url.setScheme(u"https"_s);
    request.url.setHost(host);
    request.profile.httpVersion = HttpVersion::Http1;
    if (!resolve.isEmpty())
        request.resolve = {resolve.arg(server.port())};
    request.profile.verifyTls = verifyTls;
    if (verifyTls)
        request.profile.caFile = certificates.certificate();
    rig.submitMany(request, 300);
    QVERIFY(rig.waitIdle());
    QVERIFY(std::ranges::none_of(rig.responses, &Response::failed));
    QVERIFY(std::ranges::all_of(rig.responses,
                                [](const Response &response) { return response.status == 200; }));
    QCOMPARE(rig.transport.laneCount(), std::clamp(QThread::idealThreadCount() - 1, lanes, 8));
    request.profile.verifyTls = true;
    request.profile.caFile.clear();
    rig.submitMany(request, Limit);
    QVERIFY(rig.waitIdle());
    QCOMPARE(int(std::ranges::count_if(rig.responses, &Response::failed)), Limit);
}

QTEST_GUILESS_MAIN(TestConnectionProfiles)
#include "tst_connectionprofiles.moc"
