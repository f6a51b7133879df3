// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/retrypolicy.h"

#include <QTest>
#include <QTimeZone>

using namespace Sluice;

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }
    void retryAfter_data();
    void retryAfter();
    void backoff_data();
    void backoff();
    void retryable_data();
    void retryable();
};

void TestRetryPolicy::retryAfter_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<qint64>("seconds"); // -1 = none
    const QByteArray date = "Sun, 06 Nov 1994 08:49:37 GMT";
    QTest::newRow("missing") << QByteArray() << QByteArray() << qint64(-1);
    QTest::newRow("seconds") << QByteArray("120") << QByteArray() << qint64(120);
    QTest::newRow("blanks") << QByteArray(" 7 ") << QByteArray() << qint64(7);
    QTest::newRow("zero") << QByteArray("0") << QByteArray() << qint64(0);
    QTest::newRow("negative") << QByteArray("-1") << QByteArray() << qint64(-1);
    QTest::newRow("not a number") << QByteArray("soon") << QByteArray() << qint64(-1);
    QTest::newRow("date after Date")
        << QByteArray("Sun, 06 Nov 1994 08:50:37 GMT") << date << qint64(60);
    QTest::newRow("date after now")
        << QByteArray("Sun, 06 Nov 1994 08:49:47 GMT") << QByteArray() << qint64(10);
    QTest::newRow("date over") << QByteArray("Sun, 06 Nov 1994 08:00:00 GMT") << date << qint64(0);
    QTest::newRow("RFC 850 date") << QByteArray("Sunday, 06-Nov-94 08:50:37 GMT") << date
                                  << qint64(60);
    QTest::newRow("asctime date") << QByteArray("Sun Nov  6 08:50:37 1994") << date << qint64(60);
    QTest::newRow("a year at most")
        << QByteArray("99999999999") << QByteArray() << qint64(365LL * 24 * 3600);
    QTest::newRow("more than a number holds")
        << QByteArray("99999999999999999999") << QByteArray() << qint64(365LL * 24 * 3600);
    QTest::newRow("sent twice") << QByteArray("5, 9") << QByteArray() << qint64(5);
    QTest::newRow("a sign") << QByteArray("+5") << QByteArray() << qint64(-1);
    QTest::newRow("a fraction") << QByteArray("5.0") << QByteArray() << qint64(-1);
    // In Berlin the clocks go from two to three on that day.
    QTest::newRow("an hour that local time skips")
        << QByteArray("Sun, 29 Mar 2026 02:30:00 GMT")
        << QByteArray("Sun, 29 Mar 2026 02:29:00 GMT") << qint64(60);
    QTest::newRow("over the hour that local time skips")
        << QByteArray("Sun, 29 Mar 2026 03:01:00 GMT")
        << QByteArray("Sun, 29 Mar 2026 01:59:00 GMT") << qint64(62 * 60);
}

void TestRetryPolicy::retryAfter()
{
    QFETCH(const QByteArray, field);
    QFETCH(const QByteArray, date);
    QFETCH(const qint64, seconds);
    HeaderList headers;
    if (!field.isNull())
        headers.append("Retry-After", field);
    if (!date.isNull())
        headers.append("Date", date);
    const QDateTime now(QDate(1994, 11, 6), QTime(8, 49, 37), QTimeZone::utc());
    const auto wait = retryAfterUs(headers, now);
    QCOMPARE(wait ? *wait / 1'000'000 : -1, seconds);
}

void TestRetryPolicy::backoff_data()
{
    QTest::addColumn<int>("attempt");
    QTest::addColumn<double>("random");
    QTest::addColumn<qint64>("us");
    QTest::newRow("first, no luck") << 1 << 0.0 << qint64(0);
    QTest::newRow("first, half") << 1 << 0.5 << qint64(125'000);
    QTest::newRow("second") << 2 << 0.5 << qint64(250'000);
    QTest::newRow("fourth") << 4 << 0.5 << qint64(1'000'000);
    QTest::newRow("capped") << 12 << 0.5 << qint64(15'000'000);
    QTest::newRow("far out") << 100000 << 0.5 << qint64(15'000'000);
}

void TestRetryPolicy::backoff()
{
    QFETCH(const int, attempt);
    QFETCH(const double, random);
    QFETCH(const qint64, us);
    QCOMPARE(backoffUs(attempt, random), us);
}

void TestRetryPolicy::retryable_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code"); // -1 = no error
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const char *method, int status, int code, bool expected) {
        QTest::newRow(name) << QByteArray(method) << status << code << expected;
    };
    row("good", "GET", 200, -1, false);
    row("not found", "GET", 404, -1, false);
    row("too many requests", "GET", 429, -1, true);
    row("unavailable", "PUT", 503, -1, true);
    row("bad gateway", "DELETE", 502, -1, true);
    row("server error", "GET", 500, -1, false);
    row("POST unavailable", "POST", 503, -1, false);
    row("PATCH refused", "PATCH", 0, int(ErrorCode::ConnectionRefused), false);
    row("refused", "GET", 0, int(ErrorCode::ConnectionRefused), true);
    row("closed", "GET", 0, int(ErrorCode::ConnectionClosed), true);
    row("idle timeout", "GET", 0, int(ErrorCode::IdleTimeout), true);
    row("cancelled", "GET", 0, int(ErrorCode::Cancelled), false);
    row("certificate", "GET", 0, int(ErrorCode::Tls), false);
    row("too large", "GET", 200, int(ErrorCode::BodyTooLarge), false);
}

void TestRetryPolicy::retryable()
{
    QFETCH(const QByteArray, method);
    QFETCH(const int, status);
    QFETCH(const int, code);
    QFETCH(const bool, expected);
    PreparedRequest request;
    request.method = method;
    Response response;
    response.status = status;
    if (code >= 0)
        response.error = Error{ErrorCode(code), {}, {}, 0, 0};
    QCOMPARE(isRetryable(request, response), expected);
}

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
