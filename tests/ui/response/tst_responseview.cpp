// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/bodyview.h"
#include "ui/response/responseview.h"
#include "ui/response/timingbar.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"
#include "ui/widgets/underlinetabs.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

std::shared_ptr<SendResult> jsonResult(const QByteArray &body, int status = 200)
{
    auto result = std::make_shared<SendResult>();
    result->response.status = status;
    result->response.protocol = "HTTP/1.1";
    result->response.headers.append("Content-Type", "application/json");
    result->response.headers.append("X-In-Flight", "3");
    result->response.body = body;
    PhaseTimings &timings = result->response.timings;
    timings = {.enqueuedUs = 0,
               .admittedUs = 70'000,
               .connectUs = 70'000,
               .sentUs = 88'000,
               .headersUs = 208'000,
               .finishedUs = 234'000};
    timings.waits[2] = 70'000;
    return result;
}

QString textOf(const QWidget &view, const QString &name)
{
    const auto *label = view.findChild<QLabel *>(name);
    return label ? label->text() : QString();
}

} // namespace

class TestResponseView : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void statusIsSaidInWords_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("text");
        QTest::newRow("ok") << 200 << u"✓ 200 OK"_s;
        QTest::newRow("redirect") << 302 << u"→ 302 Found"_s;
        QTest::newRow("client error") << 404 << u"✕ 404 Not Found"_s;
        QTest::newRow("unregistered") << 599 << u"✕ 599"_s;
    }
    void statusIsSaidInWords()
    {
        QFETCH(int, status);
        QFETCH(QString, text);
        ResponseView view;
        view.showResult(jsonResult("{}", status));
        QCOMPARE(textOf(view, u"responseStatus"_s), text);
    }

    void timingIsSaidInWords()
    {
        QCOMPARE(TimingBar::legend(jsonResult({})->response.timings),
                 u"queued 70 · connect 18 · wait 120 · download 26 ms"_s);
    }

    void errorTakesThePlaceOfTheBody()
    {
        ResponseView view;
        auto result = std::make_shared<SendResult>();
        result->response.error = Error{ErrorCode::ConnectionRefused,
                                       u"Could not connect to 127.0.0.1:1: connection refused"_s};
        view.showResult(result);
        QCOMPARE(textOf(view, u"responseStatus"_s), u"✕ Failed"_s);
        QVERIFY(textOf(view, u"responseMessage"_s).contains(u"connection refused"_s));
    }

    void failedChecksAreCounted()
    {
        ResponseView view;
        auto result = jsonResult("{}");
        result->checks = {{{u"res.status"_s, u"eq"_s, u"200"_s}, true, {}},
                          {{u"res.body.total"_s, u"eq"_s, u"1"_s}, false, u"it is 2"_s}};
        view.showResult(result);
        QCOMPARE(textOf(view, u"responseChecks"_s), u"✕ 1 of 2 checks failed"_s);
    }

    void prettyKeepsBigNumbers()
    {
        ResponseView view;
        view.showResult(jsonResult(R"({"id":9007199254740993})"));
        const auto *code = view.findChild<CodeView *>();
        QVERIFY(code);
        QCOMPARE(code->text(), u"{\n  \"id\": 9007199254740993\n}"_s);
    }

    /** Also where the font that is preferred is not installed. */
    void lettersAreAllAsWide()
    {
        ResponseView view;
        view.showResult(jsonResult(R"({"a":"iiiiiiiiii","b":"mmmmmmmmmm"})"));
        auto *code = view.findChild<CodeView *>();
        QTRY_COMPARE(code->lines(), 4);
        const auto endOf = [code](int line) {
            const long end = code->SendScintilla(QsciScintilla::SCI_GETLINEENDPOSITION, line);
            return code->SendScintilla(QsciScintilla::SCI_POINTXFROMPOSITION, 0, end);
        };
        const long comma = code->SendScintilla(QsciScintilla::SCI_TEXTWIDTH, 0UL, ",");
        QVERIFY(comma > 0);
        QVERIFY(std::abs(endOf(1) - comma - endOf(2)) <= 2);
    }

    void tabsAreSeenBesideTheFilter()
    {
        ResponseView view;
        view.resize(770, 300);
        view.show();
        view.showResult(jsonResult("{}"));
        view.showResult(jsonResult("{\"a\":1}"));
        const QTabBar *bar = view.findChild<UnderlineTabs *>()->tabBar();
        QVERIFY(bar->isVisible());
        QVERIFY(bar->rect().contains(bar->tabRect(0)));
        QCOMPARE(bar->tabAt(bar->tabRect(0).center()), 0);
    }

    void aPathFiltersTheBody()
    {
        ResponseView view;
        view.show();
        view.showResult(jsonResult(R"({"users":[{"id":9007199254740993},{"id":2}]})"));
        auto *filter = view.findChild<QLineEdit *>(u"bodyFilter"_s);
        const auto *code = view.findChild<CodeView *>();
        filter->setFocus();
        QTest::keyClicks(filter, u"$.users[*].id"_s);
        QTRY_COMPARE(code->text(), u"[9007199254740993, 2]"_s);
        QTest::keyClicks(filter, u"["_s);
        const auto hasNote = [&view](const QString &text) {
            const auto labels = view.findChildren<QLabel *>();
            return std::ranges::any_of(labels, [&text](const QLabel *label) {
                return label->isVisible() && label->text() == text;
            });
        };
        QTRY_VERIFY(hasNote(u"Here an index, a quoted name or a * was expected."_s));
        filter->clear();
        QTRY_VERIFY(code->text().startsWith(u"{\n"_s));
    }

    void largeBodyShowsItsBeginningAtOnceAndAllOfItInTheEnd()
    {
        QByteArray body = "[";
        while (body.size() < 8 * 1024 * 1024)
            body += R"({"id":9007199254740993,"name":"Ada Lovelace","roles":["admin","buyer"]},)";
        body += "0]";
        BodyView view(true);
        view.resize(800, 400);
        view.show();
        view.setBody(body, "application/json");
        // Nothing has been waited for, yet the first screen is there.
        QVERIFY(view.code()->lines() > 50);
        QTRY_VERIFY_WITH_TIMEOUT(!view.isLoading(), 30'000);
        QVERIFY(view.code()->lines() > 500'000);
        QVERIFY(view.code()->text().endsWith(u"  0\n]"_s));
    }

    void theCharsetIsHeeded_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QString>("shown");
        const QString text = u"Zürich €"_s;
        QTest::newRow("none") << text.toUtf8() << QByteArray("text/plain") << text;
        QTest::newRow("utf-8") << text.toUtf8() << QByteArray("text/plain; charset=UTF-8") << text;
        QTest::newRow("latin 1") << QByteArray("Z\xfcrich")
                                 << QByteArray("text/plain; charset=\"ISO-8859-1\"") << u"Zürich"_s;
        QTest::newRow("windows") << QByteArray("Z\xfcrich \x80")
                                 << QByteArray("text/plain;Charset=windows-1252") << text;
        QTest::newRow("utf-16") << QByteArray("Z\0\xfc\0", 4)
                                << QByteArray("text/plain; charset=utf-16le") << u"Zü"_s;
        QTest::newRow("unknown") << QByteArray("plain") << QByteArray("text/plain; charset=klingon")
                                 << u"plain"_s;
        QTest::newRow("long") << QByteArray(200'000, '\xfc').replace(0, 1, "\n")
                              << QByteArray("text/plain; charset=latin1")
                              << u'\n' + QString(199'999, u'ü');
    }

    void theCharsetIsHeeded()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, type);
        QFETCH(const QString, shown);
        BodyView view(false);
        view.setBody(body, type);
        QTRY_VERIFY(!view.isLoading());
        QString text = view.code()->text();
        if (text.size() > shown.size()) // Broken for display.
            text = u'\n' + text.remove(u'\n');
        QCOMPARE(text, shown);
    }

    void invalidJsonIsShownAsItCame()
    {
        BodyView view(true);
        view.setBody("{\"a\": oops", "application/json");
        QCOMPARE(view.code()->text(), u"{\"a\": oops"_s);
    }

    void longLinesAreBrokenForDisplayAndSaidSo()
    {
        BodyView view(false);
        view.setBody(QByteArray(200'000, 'x'), "text/plain");
        QTRY_VERIFY(!view.isLoading());
        QVERIFY(view.code()->lines() > 10);
        const auto *note = view.findChild<QLabel *>();
        QVERIFY(note->text().contains(u"broken for display"_s));
        QCOMPARE(view.code()->text().remove(u'\n').size(), 200'000);
    }

    void binaryIsShownAsHex()
    {
        BodyView view(true);
        view.setBody(QByteArray("\0\1PNG", 5), "image/png");
        QVERIFY(view.code()->text().startsWith(u"00000000  00 01 50 4e 47"_s));
    }

    void headersAndTimingAreTables()
    {
        ResponseView view;
        view.showResult(jsonResult("{}"));
        auto *tabs = view.findChild<UnderlineTabs *>();
        QCOMPARE(tabs->tabBar()->tabText(3), u"Headers 2"_s);
        tabs->setCurrentIndex(3);
        const auto *headers = view.findChild<QTableView *>();
        QCOMPARE(headers->model()->index(1, 0).data().toString(), u"X-In-Flight"_s);
        tabs->setCurrentIndex(5);
        const auto *timing = qobject_cast<QTableView *>(tabs->page(5));
        QCOMPARE(timing->model()->index(0, 1).data().toString(), u"70.00"_s);
    }
};

QTEST_MAIN(TestResponseView)
#include "tst_responseview.moc"
