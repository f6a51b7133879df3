// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/requestbuilder.h"
#include "tests/support/cliprocess.h"
#include "tests/support/testresult.h"

#include <QTemporaryDir>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

NameValue row(const QString &name, const QString &value, bool enabled = true)
{
    return {name, value, {}, enabled};
}

Param param(const QString &name, const QString &value, bool isPath = false, bool enabled = true)
{
    Param result;
    result.name = name;
    result.value = value;
    result.isPath = isPath;
    result.enabled = enabled;
    return result;
}

FormField field(const QString &name, const QString &value, bool isFile = false)
{
    FormField result;
    result.name = name;
    result.value = value;
    result.isFile = isFile;
    return result;
}

Result<PreparedRequest> built(const RequestInContext &request, const SendOptions &options = {})
{
    VariableInputs inputs;
    inputs.overrides = {row(u"host"_s, u"h:81"_s), row(u"nested"_s, u"{{host}}"_s),
                        row(u"space"_s, u"a b&c"_s)};
    RequestBuilder builder(inputs, options);
    return builder.build(request, builder.scopesOf(request));
}

} // namespace

class TestRequestBuilder final : public QObject
{
    Q_OBJECT

private slots:
    void urls_data();
    void urls();
    void innerHeadersReplaceOuterOnes();
    void bodies_data();
    void bodies();
    void multipartReadsItsFiles();
    void filesOutsideAreRefused();
    void refuses_data();
    void refuses();
    void settingsAndOptions();
    void credentialsInTheUrlBecomeBasic();
    void variableScopes();
};

void TestRequestBuilder::urls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<std::vector<Param>>("params");
    QTest::addColumn<QByteArray>("encoded");

    using Params = std::vector<Param>;
    QTest::newRow("plain") << u"http://h/p"_s << Params{} << "http://h/p"_ba;
    QTest::newRow("no path") << u"http://h"_s << Params{} << "http://h/"_ba;
    QTest::newRow("no scheme") << u"localhost:8080/x"_s << Params{} << "http://localhost:8080/x"_ba;
    QTest::newRow("nested variable") << u"http://{{nested}}/"_s << Params{} << "http://h:81/"_ba;
    QTest::newRow("fragment") << u"http://h/p#part"_s << Params{} << "http://h/p"_ba;
    QTest::newRow("query parameters")
        << u"http://h/"_s << Params{param(u"a"_s, u"1"_s), param(u"b"_s, u"{{space}}"_s)}
        << "http://h/?a=1&b=a%20b%26c"_ba;
    QTest::newRow("disabled") << u"http://h/"_s << Params{param(u"a"_s, u"1"_s, false, false)}
                              << "http://h/"_ba;
    QTest::newRow("already in the URL")
        << u"http://h/?a=1"_s << Params{param(u"a"_s, u"1"_s), param(u"b"_s, u"2"_s)}
        << "http://h/?a=1&b=2"_ba;
    QTest::newRow("path parameter")
        << u"http://h/users/:id/x"_s << Params{param(u"id"_s, u"7/8"_s, true)}
        << "http://h/users/7%2F8/x"_ba;
    QTest::newRow("a port is no path parameter")
        << u"http://h:80/:port"_s << Params{param(u"port"_s, u"x"_s, true)} << "http://h:80/x"_ba;
}

void TestRequestBuilder::urls()
{
    QFETCH(QString, url);
    QFETCH(std::vector<Param>, params);
    RequestInContext request;
    request.request.url = url;
    request.request.params = params;
    const Result<PreparedRequest> prepared = built(request);
    VERIFY_RESULT(prepared);
    QTEST(prepared->url.toEncoded(), "encoded");
}

void TestRequestBuilder::innerHeadersReplaceOuterOnes()
{
    RequestInContext request;
    request.request.url = u"http://h/"_s;
    request.defaults.resize(2);
    request.defaults[0].headers = {row(u"Accept"_s, u"a"_s), row(u"X-Root"_s, u"r"_s)};
    request.defaults[1].headers = {row(u"accept"_s, u"b"_s)};
    request.request.headers = {row(u"X-Two"_s, u"1"_s), row(u"X-Two"_s, u"2"_s),
                               row(u"X-Root"_s, u"off"_s, false)};
    const Result<PreparedRequest> prepared = built(request);
    VERIFY_RESULT(prepared);
    QCOMPARE(prepared->headers.values("Accept"), std::vector<QByteArray>{"b"});
    QCOMPARE(prepared->headers.value("X-Root"), "r"_ba);
    QCOMPARE(prepared->headers.values("X-Two"), (std::vector<QByteArray>{"1", "2"}));
}

void TestRequestBuilder::bodies_data()
{
    QTest::addColumn<BodySpec>("body");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("type");

    const auto text = [](BodySpec::Kind kind, const QString &content) {
        BodySpec body;
        body.kind = kind;
        body.text = content;
        return body;
    };
    using Kind = BodySpec::Kind;
    QTest::newRow("none") << BodySpec() << QByteArray() << QByteArray();
    QTest::newRow("json, numbers untouched")
        << text(Kind::Json, u"{\"id\": 9007199254740993, \"h\": \"{{host}}\"}"_s)
        << "{\"id\": 9007199254740993, \"h\": \"h:81\"}"_ba << "application/json"_ba;
    QTest::newRow("xml") << text(Kind::Xml, u"<a/>"_s) << "<a/>"_ba << "application/xml"_ba;
    QTest::newRow("text") << text(Kind::Text, u"é"_s) << "\xc3\xa9"_ba << "text/plain"_ba;
    BodySpec form;
    form.kind = Kind::FormUrlEncoded;
    form.fields = {field(u"a b"_s, u"{{space}}"_s), field(u"c"_s, u"~*é"_s)};
    QTest::newRow("form") << form << "a+b=a+b%26c&c=%7E*%C3%A9"_ba
                          << "application/x-www-form-urlencoded"_ba;
    BodySpec graph = text(Kind::GraphQl, u"{ me { \"x\" } }"_s);
    graph.graphQlVariables = u"{\"id\": 9007199254740993}"_s;
    QTest::newRow("GraphQL")
        << graph << R"({"query":"{ me { \"x\" } }","variables":{"id": 9007199254740993}})"_ba
        << "application/json"_ba;
}

void TestRequestBuilder::bodies()
{
    QFETCH(BodySpec, body);
    RequestInContext request;
    request.request.url = u"http://h/"_s;
    request.request.method = u"post"_s;
    request.request.body = body;
    const Result<PreparedRequest> prepared = built(request);
    VERIFY_RESULT(prepared);
    QCOMPARE(prepared->method, "POST"_ba);
    QTEST(prepared->body, "bytes");
    QTEST(prepared->headers.value("Content-Type"), "type");

    request.request.headers = {row(u"content-type"_s, u"x/y"_s)};
    const Result<PreparedRequest> own = built(request);
    VERIFY_RESULT(own);
    QCOMPARE(own->headers.values("Content-Type"), std::vector<QByteArray>{"x/y"});
}

void TestRequestBuilder::multipartReadsItsFiles()
{
    const QTemporaryDir folder;
    QVERIFY(Test::writeFile(folder.filePath(u"in/a.txt"_s), "content"));
    RequestInContext request;
    request.collectionPath = folder.path();
    request.request.url = u"http://h/"_s;
    request.request.body.kind = BodySpec::Kind::Multipart;
    request.request.body.fields = {field(u"n"_s, u"v"_s), field(u"f"_s, u"in/a.txt"_s, true)};
    const Result<PreparedRequest> prepared = built(request);
    VERIFY_RESULT(prepared);
    const QByteArray type = prepared->headers.value("Content-Type");
    QVERIFY(type.startsWith("multipart/form-data; boundary="));
    const QByteArray boundary = type.sliced(type.indexOf('=') + 1);
    QCOMPARE(prepared->body,
             "--" + boundary + "\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--"
                 + boundary
                 + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n"
                   "Content-Type: text/plain\r\n\r\ncontent\r\n--"
                 + boundary + "--\r\n");
}

void TestRequestBuilder::filesOutsideAreRefused()
{
    const QTemporaryDir folder;
    QVERIFY(Test::writeFile(folder.filePath(u"secret"_s), "outside"));
    QVERIFY(Test::writeFile(folder.filePath(u"c/inside"_s), "inside"));
    QVERIFY(QFile::link(folder.filePath(u"secret"_s), folder.filePath(u"c/link"_s)));
    RequestInContext request;
    request.collectionPath = folder.filePath(u"c"_s);
    request.request.url = u"http://h/"_s;
    request.request.body.kind = BodySpec::Kind::File;
    for (const QString &path : {u"../secret"_s, u"link"_s, folder.filePath(u"secret"_s)}) {
        request.request.body.filePath = path;
        const Result<PreparedRequest> refused = built(request);
        QVERIFY2(!refused && refused.error().message.contains(u"--allow-outside-files"_s),
                 qPrintable(path));
        SendOptions options;
        options.allowOutsideFiles = true;
        const Result<PreparedRequest> allowed = built(request, options);
        VERIFY_RESULT(allowed);
        QCOMPARE(allowed->body, "outside"_ba);
    }
    request.request.body.filePath = u"inside"_s;
    VERIFY_RESULT(built(request));
}

void TestRequestBuilder::refuses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("header");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("says");

    QTest::newRow("unknown variable")
        << u"http://{{x}}/"_s << u"A"_s << ErrorCode::UnknownVariable << u"\"x\""_s;
    QTest::newRow("empty URL") << u" "_s << u"A"_s << ErrorCode::InvalidUrl << u"empty"_s;
    QTest::newRow("expanded text is named")
        << u"http://{{space}}/"_s << u"A"_s << ErrorCode::InvalidUrl << u"http://a b&c/"_s;
    QTest::newRow("port out of range")
        << u"http://h:99999/"_s << u"A"_s << ErrorCode::InvalidUrl << u"http://h:99999/"_s;
    QTest::newRow("scheme") << u"gopher://h/"_s << u"A"_s << ErrorCode::InvalidUrl
                            << u"http and https"_s;
    QTest::newRow("header name") << u"http://h/"_s << u"A b"_s << ErrorCode::Usage
                                 << u"not a header name"_s;
}

void TestRequestBuilder::refuses()
{
    QFETCH(QString, url);
    QFETCH(QString, header);
    QFETCH(QString, says);
    RequestInContext request;
    request.request.url = url;
    request.request.headers = {row(header, u"v"_s)};
    const Result<PreparedRequest> prepared = built(request);
    QVERIFY(!prepared);
    QTEST(prepared.error().code, "code");
    QVERIFY2(prepared.error().message.contains(says), qPrintable(prepared.error().message));
}

void TestRequestBuilder::settingsAndOptions()
{
    RequestInContext request;
    request.request.url = u"http://h/"_s;
    request.defaults.resize(1);
    request.defaults[0].settings.timeoutMs = 5000;
    request.defaults[0].settings.maxRedirects = 3;
    request.request.settings.verifyTls = false;
    Result<PreparedRequest> prepared = built(request);
    VERIFY_RESULT(prepared);
    QCOMPARE(prepared->timeouts.totalUs, qint64(5'000'000));
    QCOMPARE(prepared->maxRedirects, 3);
    QVERIFY(!prepared->profile.verifyTls);
    QCOMPARE(prepared->profile.httpVersion, HttpVersion::Auto);

    request.defaults[0].settings.httpVersion = HttpVersion::Http1; // A whole collection's.
    QCOMPARE(built(request)->profile.httpVersion, HttpVersion::Http1);
    request.request.settings.httpVersion = HttpVersion::Http2;
    QCOMPARE(built(request)->profile.httpVersion, HttpVersion::Http2);

    request.request.settings.followRedirects = false;
    SendOptions options;
    options.httpVersion = HttpVersion::Http1; // A flag is stronger.
    options.totalTimeoutUs = 1;
    options.cookies = CookieMode::Off;
    prepared = built(request, options);
    VERIFY_RESULT(prepared);
    QCOMPARE(prepared->timeouts.totalUs, qint64(1));
    QCOMPARE(prepared->profile.httpVersion, HttpVersion::Http1);
    options.httpVersion = HttpVersion::Auto;
    QCOMPARE(built(request, options)->profile.httpVersion, HttpVersion::Auto);
    QCOMPARE(prepared->maxRedirects, 0);
    QVERIFY(!prepared->useCookies);
}

void TestRequestBuilder::credentialsInTheUrlBecomeBasic()
{
    RequestInContext request;
    request.request.url = u"http://me:p%40ss@h/"_s;
    const Result<PreparedRequest> prepared = built(request);
    VERIFY_RESULT(prepared);
    QCOMPARE(prepared->url.toEncoded(), "http://h/"_ba);
    QCOMPARE(prepared->headers.value("Authorization"), "Basic " + "me:p@ss"_ba.toBase64());
}

void TestRequestBuilder::variableScopes()
{
    VariableInputs inputs;
    inputs.environment.variables = {{u"v"_s, u"environment"_s, true, false, {}}};
    RequestInContext request;
    request.request.url = u"http://h/{{v}}"_s;
    request.defaults.resize(2);
    request.defaults[0].variables = {row(u"v"_s, u"collection"_s)};
    const auto path = [&] {
        RequestBuilder builder(inputs, {});
        const Result<PreparedRequest> prepared = builder.build(request, builder.scopesOf(request));
        return prepared ? prepared->url.path() : prepared.error().message;
    };
    QCOMPARE(path(), u"/environment"_s);
    request.defaults[1].variables = {row(u"v"_s, u"folder"_s)};
    QCOMPARE(path(), u"/folder"_s);
    request.request.variables = {row(u"v"_s, u"request"_s)};
    QCOMPARE(path(), u"/request"_s);
    inputs.overrides = {row(u"v"_s, u"override"_s)};
    QCOMPARE(path(), u"/override"_s);
}

QTEST_GUILESS_MAIN(TestRequestBuilder)
#include "tst_requestbuilder.moc"
