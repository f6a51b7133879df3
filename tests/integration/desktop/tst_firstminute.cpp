// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/desktop/desktop.h"
#include "ui/live/limithandle.h"
#include "ui/theme/mode.h"
#include "ui/tuning/tuningtab.h"
#include "ui/welcome/tourcard.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

constexpr int PatienceMs = 30'000;
/** Requests a second that the server can do: 8 workers, 40 ms each. */
constexpr double AtEight = 8 / 0.040;

/** How many demo servers this process has started that still live (proc(5), fields 2 to 4). */
int demoServers()
{
    int found = 0;
    for (const QString &pid : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile stat(u"/proc/"_s + pid + u"/stat"_s);
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = stat.readAll();
        const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        if (line.contains("(sluice-cli)") && fields.value(0) != "Z"
            && fields.value(1).toLongLong() == QCoreApplication::applicationPid())
            ++found;
    }
    return found;
}

} // namespace

/** Plays the first minute as a newcomer does, with a real demo server, and checks what it says. */
class TestFirstMinute final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Test::Desktop> m_desktop;

    FirstMinute &tour() { return *m_desktop->welcome->tour(); }
    QString title() const { return m_desktop->find<QLabel>(u"tourTitle"_s)->text(); }
    QString facts() const { return m_desktop->find<QLabel>(u"tourFacts"_s)->text(); }
    void press(const QString &button)
    {
        auto *found = m_desktop->find<QPushButton>(button);
        QTRY_VERIFY_WITH_TIMEOUT(found->isEnabled(), PatienceMs);
        QTest::mouseClick(found, Qt::LeftButton);
    }
    /** The figure in \a text that comes after \a word. */
    static double figure(const QString &text, const QString &word)
    {
        const QString rest = text.sliced(text.lastIndexOf(word) + word.size()).trimmed();
        return rest.left(rest.indexOf(QRegularExpression(u"[^0-9.]"_s))).toDouble();
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Light); }

    void init()
    {
        m_desktop = std::make_unique<Test::Desktop>();
        tour().setPace({.settleUs = 800'000, .levelUs = 400'000, .repeats = 1});
        QVERIFY(QTest::qWaitForWindowActive(&m_desktop->window));
    }

    void cleanup() { m_desktop.reset(); }

    void isOfferedOnceAndFromHelp()
    {
        auto *card = m_desktop->find<TourCard>(u"tourCard"_s);
        m_desktop->welcome->offerOnce(&m_desktop->settings);
        QVERIFY(card->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!card->isVisible());
        m_desktop->welcome->offerOnce(&m_desktop->settings);
        QVERIFY(!card->isVisible());
        m_desktop->window.actions()->action(u"help.firstMinute"_s)->trigger();
        QVERIFY(card->isVisible());
        QCOMPARE(demoServers(), 0);
    }

    void isSkippedInTheMiddle()
    {
        const Limits before = m_desktop->limits.limits();
        tour().offer();
        press(u"tourGoOn"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tour().step(), FirstMinute::Step::Queue, PatienceMs);
        QCOMPARE(demoServers(), 1);
        QCOMPARE(m_desktop->limits.limits().total, FirstMinute::Narrow);
        press(u"tourSkip"_s);
        QVERIFY(!m_desktop->find<TourCard>(u"tourCard"_s)->isVisible());
        QCOMPARE(m_desktop->limits.limits(), before);
        QTRY_COMPARE_WITH_TIMEOUT(demoServers(), 0, PatienceMs);
        // From Help it begins anew, with a server of its own.
        m_desktop->window.actions()->action(u"help.firstMinute"_s)->trigger();
        QCOMPARE(tour().step(), FirstMinute::Step::Offer);
        press(u"tourGoOn"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tour().step(), FirstMinute::Step::Queue, PatienceMs);
        QCOMPARE(demoServers(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(title().contains(u"waiting: your limit"_s), PatienceMs);
        press(u"tourSkip"_s);
        QTRY_COMPARE_WITH_TIMEOUT(demoServers(), 0, PatienceMs);
    }

    void showsWhatItSays()
    {
        tour().offer();
        press(u"tourGoOn"_s);
        // 1: the queue at limit 2.
        QTRY_VERIFY_WITH_TIMEOUT(title().contains(u"waiting: your limit"_s), PatienceMs);
        const double waiting = title().section(u' ', 0, 0).toDouble();
        QVERIFY2(waiting >= 30 && waiting <= 38, qPrintable(title()));
        const double narrow = figure(facts(), u"limit 2:"_s);
        press(u"tourGoOn"_s);
        // 2: the throughput at limit 8, set by keyboard on the handle.
        auto *handle = m_desktop->find<LimitHandle>(u"totalLimitHandle"_s);
        handle->setFocus();
        for (int limit = FirstMinute::Narrow; limit < FirstMinute::Right; ++limit)
            QTest::keyClick(handle, Qt::Key_Up);
        QTest::keyClick(handle, Qt::Key_Return);
        QCOMPARE(m_desktop->limits.limits().total, FirstMinute::Right);
        QTRY_VERIFY_WITH_TIMEOUT(facts().startsWith(u"limit 8:"_s), PatienceMs);
        const double right = figure(facts(), u"limit 8:"_s);
        const double rightMs = figure(facts(), u"p50"_s);
        QVERIFY2(right > 1.7 * narrow, qPrintable(title()));
        press(u"tourGoOn"_s);
        // 3: the latency at limit 32, set by the button.
        press(u"tourGoOn"_s);
        QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(u"More is not better"_s), PatienceMs);
        const double wideMs = figure(facts(), u","_s);
        QVERIFY2(wideMs > 1.7 * rightMs, qPrintable(facts()));
        // Of what eight workers can do at most, when this machine was too busy to see it at 8.
        QVERIFY2(figure(facts(), u"limit 32:"_s) < 1.3 * std::max(right, AtEight),
                 qPrintable(facts()));
        press(u"tourGoOn"_s);
        // 4: the sweep, in its own tab.
        press(u"tourGoOn"_s);
        QTRY_COMPARE_WITH_TIMEOUT(tour().step(), FirstMinute::Step::Verdict, PatienceMs);
        QVERIFY(m_desktop->window.findChild<TuningTab *>());
        // 5: the verdict, and what to do with it.
        QVERIFY(!title().isEmpty());
        // On a busy machine the honest verdict is that this machine was the bottleneck.
        if (title().startsWith(u"Use "_s)) {
            press(u"tourExtra"_s);
            QVERIFY(QApplication::clipboard()->text().contains(u"aiohttp"_s));
        }
        press(u"tourSkip"_s);
        QTRY_COMPARE_WITH_TIMEOUT(demoServers(), 0, PatienceMs);
    }
};

QTEST_MAIN(TestFirstMinute)
#include "tst_firstminute.moc"
