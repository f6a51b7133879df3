// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/auth/authcatalog.h"
#include "tests/support/testresult.h"

using namespace Sluice;
using namespace Qt::StringLiterals;

using Params = QMap<QString, QString>;

class TestAuth final : public QObject
{
    Q_OBJECT

private slots:
    void signs_data();
    void signs();
    void refuses_data();
    void refuses();
    void apiKeyInQuery();
    void inherits_data();
    void inherits();
};

void TestAuth::signs_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Params>("params");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");

    QTest::newRow("none") << u"none"_s << Params{} << "Authorization"_ba << QByteArray();
    // The example of RFC 7617 2.
    QTest::newRow("basic") << u"basic"_s
                           << Params{{u"username"_s, u"Aladdin"_s},
                                     {u"password"_s, u"open sesame"_s}}
                           << "Authorization"_ba << "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="_ba;
    // The example of RFC 7617 2.1: UTF-8.
    QTest::newRow("basic, UTF-8") << u"basic"_s
                                  << Params{{u"username"_s, u"test"_s},
                                            {u"password"_s, u"123\u00a3"_s}}
                                  << "Authorization"_ba << "Basic dGVzdDoxMjPCow=="_ba;
    QTest::newRow("bearer") << u"bearer"_s << Params{{u"token"_s, u"mF_9.B5f-4.1JqM\n"_s}}
                            << "Authorization"_ba << "Bearer mF_9.B5f-4.1JqM"_ba;
    QTest::newRow("API key") << u"apikey"_s
                             << Params{{u"key"_s, u"X-Key"_s}, {u"value"_s, u"k 1"_s}} << "X-Key"_ba
                             << "k 1"_ba;
}

void TestAuth::signs()
{
    QFETCH(QString, type);
    QFETCH(Params, params);
    QFETCH(QByteArray, header);
    PreparedRequest request;
    const Result<> result = AuthCatalog().sign(request, {type, params});
    VERIFY_RESULT(result);
    QTEST(request.headers.value(header), "value");
}

void TestAuth::refuses_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<Params>("params");
    QTest::addColumn<ErrorCode>("code");

    QTest::newRow("unknown type") << u"hawk"_s << Params{} << ErrorCode::Unsupported;
    QTest::newRow("colon in user name")
        << u"basic"_s << Params{{u"username"_s, u"a:b"_s}} << ErrorCode::Usage;
    QTest::newRow("header injection")
        << u"bearer"_s << Params{{u"token"_s, u"a\r\nX: y"_s}} << ErrorCode::Usage;
    QTest::newRow("API key without a name") << u"apikey"_s << Params{} << ErrorCode::Usage;
}

void TestAuth::refuses()
{
    QFETCH(QString, type);
    QFETCH(Params, params);
    PreparedRequest request;
    const Result<> result = AuthCatalog().sign(request, {type, params});
    QVERIFY(!result);
    QTEST(result.error().code, "code");
    QVERIFY(request.headers.isEmpty());
}

void TestAuth::apiKeyInQuery()
{
    PreparedRequest request;
    request.url = QUrl(u"http://h/p?a=1"_s);
    const AuthSpec auth{
        u"apikey"_s, {{u"key"_s, u"k"_s}, {u"value"_s, u"a&b=c"_s}, {u"placement"_s, u"query"_s}}};
    const Result<> result = AuthCatalog().sign(request, auth);
    VERIFY_RESULT(result);
    QCOMPARE(request.url.toEncoded(), "http://h/p?a=1&k=a%26b%3Dc"_ba);
}

void TestAuth::inherits_data()
{
    QTest::addColumn<QString>("own");
    QTest::addColumn<QStringList>("levels"); // Outermost first.
    QTest::addColumn<QString>("effective");

    QTest::newRow("own wins") << u"basic"_s << QStringList{u"bearer"_s} << u"basic"_s;
    QTest::newRow("not written is none") << QString() << QStringList{u"bearer"_s} << QString();
    QTest::newRow("from the collection")
        << u"inherit"_s << QStringList{u"bearer"_s, QString()} << u"bearer"_s;
    QTest::newRow("the innermost folder")
        << u"inherit"_s << QStringList{u"bearer"_s, u"basic"_s} << u"basic"_s;
    QTest::newRow("through a folder that inherits")
        << u"inherit"_s << QStringList{u"bearer"_s, u"inherit"_s} << u"bearer"_s;
    QTest::newRow("nothing to inherit") << u"inherit"_s << QStringList{QString()} << QString();
}

void TestAuth::inherits()
{
    QFETCH(QString, own);
    QFETCH(QStringList, levels);
    std::vector<RequestDefaults> defaults;
    for (const QString &type : levels) {
        defaults.emplace_back();
        defaults.back().auth.type = type;
    }
    AuthSpec spec;
    spec.type = own;
    QTEST(effectiveAuth(spec, defaults).type, "effective");
}

QTEST_GUILESS_MAIN(TestAuth)
#include "tst_auth.moc"
