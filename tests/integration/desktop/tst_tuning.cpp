// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/desktop/desktop.h"
#include "tests/support/demoserverprocess.h"
#include "tests/support/textfile.h"
#include "ui/live/limitsediting.h"
#include "ui/mainwindow/requesttab.h"
#include "ui/theme/mode.h"
#include "ui/tuning/staircase.h"
#include "ui/tuning/tuningtab.h"

#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

const QString Host = u"http://127.0.0.1:8107"_s;

/** Eight connections were found for Host. */
SweepResultPtr foundEight()
{
    auto sweep = std::make_shared<SweepResult>();
    for (int limit : {1, 2, 4, 6, 8, 12, 16, 24}) {
        const double rate = std::min(limit, 8) * 25.0;
        const auto us = qint64(limit / rate * 1e6);
        sweep->levels.push_back({.limit = limit,
                                 .completed = 300,
                                 .throughput = rate,
                                 .meanUs = double(us),
                                 .p50Us = us,
                                 .p95Us = us,
                                 .p99Us = us});
    }
    sweep->host = Host;
    sweep->recommendation = recommend(sweep->levels, sweep->settings);
    sweep->verdict = sweepVerdict(sweep->recommendation, sweep->levels, sweep->host);
    return sweep;
}

RequestInContext requestTo(const DemoServerProcess &server)
{
    RequestInContext request;
    request.displayPath = u"List"_s;
    request.request.method = u"GET"_s;
    request.request.url = server.url(u"/json"_s);
    return request;
}

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

/** The tuning tab inside the window, from the open request to the limits that hold. */
class TestTuning final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Test::Desktop> m_desktop;
    TuningTab *m_tab = nullptr;

    MainWindow &window() { return m_desktop->window; }
    QString collection() const { return m_folder->filePath(u"opencollection.yml"_s); }
    const Limits &limits() const { return m_desktop->limits.limits(); }
    int limitOfHost() const { return limitForEndpoint(limits(), Host); }

    void openTuningTab()
    {
        window().open(m_folder->filePath(u"list.yml"_s));
        QTRY_VERIFY(window().currentRequest());
        QTest::keyClick(&window(), Qt::Key_F6, Qt::ShiftModifier);
        QTRY_VERIFY(m_tab = window().findChild<TuningTab *>());
    }

    QPushButton *button(const QString &text) const
    {
        const QList<QPushButton *> all = m_tab->findChildren<QPushButton *>();
        const auto at = std::ranges::find_if(
            all, [&text](const QPushButton *each) { return each->text().startsWith(text); });
        return at == all.end() ? nullptr : *at;
    }

    QLabel *label(const QString &text) const
    {
        const QList<QLabel *> all = m_tab->findChildren<QLabel *>();
        const auto at = std::ranges::find_if(
            all, [&text](const QLabel *each) { return each->text().contains(text); });
        return at == all.end() ? nullptr : *at;
    }

    void apply()
    {
        m_tab->showResult(foundEight());
        press(button(u"Apply"_s));
    }

    void press(QPushButton *which)
    {
        QVERIFY(which && which->isEnabled());
        QTest::mouseClick(which, Qt::LeftButton);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(write(collection(), "opencollection: 1.0.0\ninfo:\n  name: Shop\n"));
        QVERIFY(write(m_folder->filePath(u"list.yml"_s),
                      "info:\n  name: List\n  type: http\nhttp:\n  method: GET\n  url: \""
                          + Host.toUtf8() + "/users\"\n"));
        m_desktop = std::make_unique<Test::Desktop>();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        openTuningTab();
    }

    void cleanup()
    {
        m_desktop.reset();
        m_tab = nullptr;
    }

    void applyingIsOneStepOfTheHistory()
    {
        const QByteArray before = contentOf(collection());
        m_desktop->limits.edit(withTotal(limits(), 7)); // By hand, and not in the file.
        apply();
        QTRY_COMPARE(limitOfHost(), 8);
        QTRY_VERIFY(contentOf(collection()).contains("127.0.0.1:8107"));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(contentOf(collection()), before);
        QTRY_COMPARE(limitOfHost(), 0);
        QCOMPARE(limits().total, 7);
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(limitOfHost(), 8);
        QTRY_VERIFY(contentOf(collection()).contains("127.0.0.1:8107"));
    }

    void aStoppedSweepKeepsWhatItMeasured()
    {
        DemoServerProcess server;
        QVERIFY(server.start({u"--workers"_s, u"8"_s, u"--service"_s, u"5ms"_s}));
        m_tab->setSubject({u"GET List"_s, server.url(u"/json"_s), {requestTo(server)}, {}, {}});
        press(button(u"Find the limit"_s));
        QTRY_VERIFY(label(u" s left"_s));
        auto *levels = m_tab->findChild<QTableView *>()->model();
        QTRY_VERIFY_WITH_TIMEOUT(levels->rowCount() >= 2, 20'000);
        QVERIFY(m_tab->isRunning());
        press(button(u"Stop"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!m_tab->isRunning(), 20'000);
        QVERIFY(levels->rowCount() >= 2);
        QVERIFY(button(u"Save report"_s)->isEnabled());
        QVERIFY(!label(u" s left"_s));
        QVERIFY(server.stats()[u"peakInFlight"_s].toInt() <= 32);
        // A step of the staircase takes the live view to its time.
        QSignalSpy shown(m_desktop->live, &LiveDock::viewRequested);
        QTest::keyClick(m_tab->findChild<Staircase *>(), Qt::Key_End);
        QCOMPARE(shown.size(), 1);
        QVERIFY(shown.first().at(0).value<LiveView>().endUs > 0);
    }

    void aSmallWindowShowsAllOfIt()
    {
        window().resize(1280, 800);
        m_tab->showResult(foundEight());
        QTRY_COMPARE(window().size(), QSize(1280, 800));
        const QSize least = window().minimumSizeHint();
        QVERIFY2(least.width() <= 1280 && least.height() <= 800,
                 qPrintable(u"%1 x %2"_s.arg(least.width()).arg(least.height())));
        const auto *header = m_tab->findChild<QTableView *>()->horizontalHeader();
        for (int i = 0; i < header->count(); ++i) {
            const QString title = header->model()->headerData(i, Qt::Horizontal).toString();
            const QSize needed = header->fontMetrics().size(0, title);
            QVERIFY2(header->sectionSize(i) >= needed.width(), qPrintable(title));
        }
    }

    void applyingNothingNewStillHolds()
    {
        apply();
        QTRY_COMPARE(limitOfHost(), 8);
        const QByteArray applied = contentOf(collection());
        m_desktop->limits.edit({}); // By hand; the file still says 8.
        QCOMPARE(limitOfHost(), 0);
        apply();
        QTRY_COMPARE(limitOfHost(), 8);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(limitOfHost(), 0);
        QCOMPARE(contentOf(collection()), applied);
    }
};

QTEST_MAIN(TestTuning)
#include "tst_tuning.moc"
