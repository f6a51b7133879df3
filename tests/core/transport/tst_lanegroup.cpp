// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/lanegroup.h"

#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

PreparedRequest requestTo(const QString &url)
{
    PreparedRequest request;
    request.url = QUrl(url);
    request.headers.append("X-Run", "1");
    return request;
}

} // namespace

class TestLaneGroup : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void sameRequestIsWrittenOnce();
    void differentRequestIsWrittenAnew_data();
    void differentRequestIsWrittenAnew();
    void bodyIsNeverRemembered();
    void brokenRequestIsNotRemembered();
    void poolsHaveNames();

private:
    Result<WireRequest> write(const PreparedRequest &request, const QByteArray &cookies = {});

    std::unique_ptr<LaneGroup> m_group;
};

void TestLaneGroup::init()
{
    const ConnectionProfile profile;
    Result<WireRequestWriter> writer = WireRequestWriter::create(profile, 15);
    QVERIFY(writer);
    m_group = std::make_unique<LaneGroup>(profile, std::move(*writer), 2);
}

Result<WireRequest> TestLaneGroup::write(const PreparedRequest &request, const QByteArray &cookies)
{
    return m_group->wire(request, m_group->target(request), cookies);
}

void TestLaneGroup::sameRequestIsWrittenOnce()
{
    PreparedRequest request = requestTo(u"http://127.0.0.1:8080/a"_s);
    request.method = "POST"; // Its length is a text made anew by each writing.
    const Result<WireRequest> first = write(request, "a=1");
    const Result<WireRequest> second = write(request, "a=1");
    QVERIFY(first && second);
    QCOMPARE(second->request, first->request);
    QCOMPARE(second->sentHeaders, first->sentHeaders);
    QCOMPARE(static_cast<const void *>(second->sentHeaders.value("Content-Length").constData()),
             static_cast<const void *>(first->sentHeaders.value("Content-Length").constData()));
}

void TestLaneGroup::differentRequestIsWrittenAnew_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("cookies");
    QTest::addColumn<QString>("resolve");
    const QString url = u"http://127.0.0.1:8080/a"_s;
    const QByteArray get = "GET";
    QTest::newRow("path") << u"http://127.0.0.1:8080/b"_s << get << "1"_ba << QByteArray()
                          << QString();
    QTest::newRow("host") << u"http://127.0.0.2:8080/a"_s << get << "1"_ba << QByteArray()
                          << QString();
    QTest::newRow("method") << url << "HEAD"_ba
                            << "1"_ba << QByteArray() << QString();
    QTest::newRow("header") << url << get << "2"_ba << QByteArray() << QString();
    QTest::newRow("cookies") << url << get << "1"_ba
                             << "a=2"_ba << QString();
    QTest::newRow("resolve") << url << get << "1"_ba << QByteArray()
                             << u"127.0.0.1:8080:127.0.0.3"_s;
}

void TestLaneGroup::differentRequestIsWrittenAnew()
{
    QFETCH(const QString, url);
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, cookies);
    QFETCH(const QString, resolve);

    QVERIFY(write(requestTo(u"http://127.0.0.1:8080/a"_s)));
    PreparedRequest request = requestTo(url);
    request.method = method;
    request.headers.set("X-Run", header);
    if (!resolve.isEmpty())
        request.resolve = {resolve};
    const Result<WireRequest> wire = write(request, cookies);
    QVERIFY(wire);
    QCOMPARE(wire->method, method);
    QCOMPARE(wire->sentHeaders.value("X-Run"), header);
    QCOMPARE(wire->sentHeaders.value("Cookie"), cookies);
    QCOMPARE(wire->request.url().path(), QUrl(url).path());
    QCOMPARE(wire->request.url().host(), resolve.isEmpty() ? QUrl(url).host() : u"127.0.0.3"_s);
}

void TestLaneGroup::bodyIsNeverRemembered()
{
    PreparedRequest request = requestTo(u"http://127.0.0.1:8080/a"_s);
    request.method = "POST";
    request.body = "one";
    QCOMPARE(write(request)->body, "one"_ba);
    request.body = "two!";
    const Result<WireRequest> second = write(request);
    QCOMPARE(second->body, "two!"_ba);
    QCOMPARE(second->sentHeaders.value("Content-Length"), "4"_ba);
    request.body.clear();
    QCOMPARE(write(request)->sentHeaders.value("Content-Length"), "0"_ba);
}

void TestLaneGroup::brokenRequestIsNotRemembered()
{
    PreparedRequest request = requestTo(u"http://127.0.0.1:8080/a"_s);
    request.headers.set("X-Run", "a\r\nb");
    QVERIFY(!write(request));
    QVERIFY(!write(request));
    request.headers.set("X-Run", "1");
    QVERIFY(write(request));
}

/** Qt keeps connections of the same endpoint and name in one pool. */
void TestLaneGroup::poolsHaveNames()
{
    const auto name = [this](const QString &url, int pool) {
        PreparedRequest request = requestTo(url);
        request.resolve = {u"a.test:80:127.0.0.1"_s, u"b.test:80:127.0.0.1"_s};
        const RequestTarget target = m_group->target(request);
        const Result<WireRequest> wire = m_group->wire(request, target, {});
        return m_group->requestFor(*wire, target.host, pool).peerVerifyName();
    };
    // Hosts at one address differ.
    std::set<QString> names;
    for (const QString &url : {u"http://a.test/"_s, u"http://b.test/"_s}) {
        for (const int pool : {2, 0, 1, 31})
            names.insert(name(url, pool));
    }
    QCOMPARE(int(names.size()), 8);
    QCOMPARE(name(u"http://a.test/"_s, 0), u"a.test"_s);
    QCOMPARE(name(u"http://a.test/"_s, 31), u"A.TEST"_s);
    QCOMPARE(name(u"http://a.test/"_s, 31), name(u"http://a.test/"_s, 31));
    // Where the URL names the host, no name is the first.
    QCOMPARE(name(u"https://c.test:8443/"_s, 0), QString());
    QCOMPARE(name(u"https://c.test:8443/"_s, 1), u"c.test"_s);
    QCOMPARE(name(u"https://c.test:8443/"_s, 2), u"C.test"_s);
    QCOMPARE(name(u"https://[::1]/"_s, 1), u"::1"_s);
}

QTEST_GUILESS_MAIN(TestLaneGroup)
#include "tst_lanegroup.moc"
