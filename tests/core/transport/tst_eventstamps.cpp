// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/eventstamps.h"

#include <QCoreApplication>
#include <QTest>

#include <vector>

using namespace Sluice;

namespace {

/** Asks for the date of each event that it gets, much later than it was posted. */
class Listener final : public QObject
{
public:
    explicit Listener(const EventStamps &stamps) : m_stamps(stamps) {}
    void post()
    {
        QMetaObject::invokeMethod(
            this, [this] { dates.push_back(m_stamps.postedBy(90'000)); }, Qt::QueuedConnection);
    }

    std::vector<qint64> dates;

private:
    const EventStamps &m_stamps;
};

} // namespace

class TestEventStamps : public QObject
{
    Q_OBJECT

private slots:
    void datesByTheNextStamp();
    void stampsAreApart();
};

void TestEventStamps::datesByTheNextStamp()
{
    EventStamps stamps;
    Listener listener(stamps);
    listener.post();
    stamps.post(1000);
    listener.post();
    listener.post();
    stamps.post(2000);
    listener.post();
    QCoreApplication::sendPostedEvents();
    // Behind the last stamp, nothing is known but that it is before now.
    QCOMPARE(listener.dates, (std::vector<qint64>{1000, 2000, 2000, 90'000}));
    QCOMPARE(stamps.postedBy(95'000), qint64(95'000));
}

void TestEventStamps::stampsAreApart()
{
    EventStamps stamps;
    Listener listener(stamps);
    stamps.post(1000);
    listener.post();
    stamps.post(1000 + EventStamps::EveryUs - 1);
    listener.post();
    stamps.post(1000 + EventStamps::EveryUs);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(listener.dates, std::vector<qint64>(2, 1000 + EventStamps::EveryUs));
}

QTEST_GUILESS_MAIN(TestEventStamps)
#include "tst_eventstamps.moc"
