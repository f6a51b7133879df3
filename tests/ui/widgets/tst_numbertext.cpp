// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/numbertext.h"
#include "ui/widgets/worker.h"

#include <QSemaphore>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

class TestNumberText : public QObject
{
    Q_OBJECT

private slots:
    void durations_data()
    {
        QTest::addColumn<qint64>("us");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(-1) << QString();
        QTest::newRow("µs") << qint64(850) << u"850 µs"_s;
        QTest::newRow("ms") << qint64(234'000) << u"234 ms"_s;
        QTest::newRow("small ms") << qint64(1'520) << u"1.52 ms"_s;
        QTest::newRow("rounds up to s") << qint64(999'600) << u"1 s"_s;
        QTest::newRow("s") << qint64(1'525'000) << u"1.52 s"_s;
        QTest::newRow("min") << qint64(185'000'000) << u"3 min 5 s"_s;
    }
    void durations()
    {
        QFETCH(qint64, us);
        QFETCH(QString, text);
        QCOMPARE(durationLabel(us), text);
    }

    void sizes_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << u"0 B"_s;
        QTest::newRow("bytes") << qint64(999) << u"999 B"_s;
        QTest::newRow("kB") << qint64(14'230) << u"14.2 kB"_s;
        QTest::newRow("no 1000 kB") << qint64(999'900) << u"1 MB"_s;
        QTest::newRow("GB") << qint64(123'456'789'012) << u"123 GB"_s;
    }
    void sizes()
    {
        QFETCH(qint64, bytes);
        QFETCH(QString, text);
        QCOMPARE(sizeLabel(bytes), text);
    }

    void workerDropsTheAnswerOfADeadAsker()
    {
        QSemaphore go;
        QSemaphore finished;
        bool answered = false;
        auto context = std::make_unique<QObject>();
        runInWorker(
            context.get(),
            [&] {
                go.acquire();
                finished.release();
                return 1;
            },
            [&](int) { answered = true; });
        context.reset();
        go.release();
        finished.acquire();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!answered);
    }
};

QTEST_GUILESS_MAIN(TestNumberText)
#include "tst_numbertext.moc"
