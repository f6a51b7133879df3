// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/modelrun.h"
#include "tests/support/shrink.h"
#include "tests/support/testresult.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace Sluice;

/**
 * Random operations against the obvious model. SLUICE_MODEL_STEPS sets how many operations to run
 * (two million by default), SLUICE_MODEL_SEED the first seed, to repeat a failure.
 *
 * What is checked, and where:
 * - at each event: no limit exceeded, order, priority and turns of hosts (admitted, checkPriority,
 *   checkTurn), waits by reason (checkWaits), refusals, holds and tokens as the rules say, ends
 * that somebody asked for, changes that are changes, gauges that replay (compareGauges);
 * - after each call: nothing admissible waits, nothing overdue or closed is queued, the client was
 *   told once, idle once, the next deadline (endCall); each gauge and host (compareSnapshot); the
 *   rings, queues and memory inside (compareInside); Little's law, exactly (compareTimes);
 * - after each sequence: all that is left drains, and no deadline is left (ModelRun::drain).
 */
class TestAdmissionModel final : public QObject
{
    Q_OBJECT

private slots:
    void shrinks();
    void keepsEveryPromise();

private:
    static constexpr int OperationsPerSeed = 400;
    static constexpr int DefaultSteps = 2'000'000;
};

void TestAdmissionModel::shrinks()
{
    std::vector<int> numbers(500);
    std::iota(numbers.begin(), numbers.end(), 0);
    const auto fails = [](const std::vector<int> &some) {
        return std::ranges::count(some, 17) + std::ranges::count(some, 230)
                   + std::ranges::count(some, 499)
               == 3;
    };
    QCOMPARE(shrink(numbers, fails), (std::vector{17, 230, 499}));
}

void TestAdmissionModel::keepsEveryPromise()
{
    bool isSet = false;
    const int steps = qEnvironmentVariableIntValue("SLUICE_MODEL_STEPS", &isSet);
    const int rounds = ((isSet ? steps : DefaultSteps) + OperationsPerSeed - 1) / OperationsPerSeed;
    const auto firstSeed = quint32(qEnvironmentVariableIntValue("SLUICE_MODEL_SEED"));
    qInfo("%d sequences of %d operations from seed %u", rounds, OperationsPerSeed, firstSeed);
    for (int round = 0; round < rounds; ++round) {
        const quint32 seed = firstSeed + quint32(round);
        const ModelOperations operations = randomOperations(seed, OperationsPerSeed);
        const QString failure = ModelRun::failureOf(operations);
        if (failure.isEmpty())
            continue;
        const ModelOperations fewest = shrink(operations, [&failure](const ModelOperations &some) {
            return ModelRun::failureOf(some) == failure;
        });
        QStringList lines;
        for (const ModelOperation &operation : fewest)
            lines << operationText(operation);
        QFAIL(qPrintable(
            u"seed %1: %2, after\n  %3"_s.arg(seed).arg(failure, lines.join("\n  "_L1))));
    }
}

QTEST_GUILESS_MAIN(TestAdmissionModel)
#include "tst_admissionmodel.moc"
