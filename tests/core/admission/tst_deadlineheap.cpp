// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/admission/deadlineheap.h"
#include "tests/support/testresult.h"

#include <map>
#include <random>

using namespace Sluice;

class TestDeadlineHeap final : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithAMap();
};

void TestDeadlineHeap::agreesWithAMap()
{
    std::mt19937 random(1);
    DeadlineHeap heap;
    std::map<quint32, qint64> times;
    for (int i = 0; i < 200'000; ++i) {
        const quint32 id = random() % 60;
        if (random() % 3 == 0) {
            heap.remove(id);
            times.erase(id);
        } else {
            const qint64 atUs = qint64(random() % 1000);
            heap.set(id, atUs);
            times[id] = atUs;
        }
        QCOMPARE(heap.isEmpty(), times.empty());
        if (times.empty())
            continue;
        const auto first =
            std::ranges::min_element(times, {}, [](const auto &entry) { return entry.second; });
        QCOMPARE(heap.firstUs(), first->second);
        QCOMPARE(times.at(heap.firstId()), heap.firstUs());
    }
}

QTEST_GUILESS_MAIN(TestDeadlineHeap)
#include "tst_deadlineheap.moc"
