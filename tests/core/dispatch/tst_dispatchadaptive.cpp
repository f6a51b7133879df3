// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/dispatch/dispatcherrig.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

const QString Adaptive = u"http://a.example/"_s;

/** Forty requests to a host whose limit finds itself, ten of them in flight. */
void startAdaptive(DispatcherRig &rig, const QString &kind)
{
    rig.setLimits([&kind](Limits &limits) { limits.hosts = {{u"a.example"_s, 0, kind}}; });
    for (int i = 0; i < 40; ++i)
        rig.submit(get(Adaptive));
}

} // namespace

/** Limits that find themselves, and those that do not any more. */
class TestDispatchAdaptive final : public QObject
{
    Q_OBJECT

private slots:
    void adaptiveLimitFollowsTheReplies();
    void fixedLimitHoldsAtOnceAgain();
    void otherChangesLeaveAnAdaptiveLimitAlone();
};

void TestDispatchAdaptive::adaptiveLimitFollowsTheReplies()
{
    DispatcherRig rig(100);
    startAdaptive(rig, u"aimd"_s);
    QCOMPARE(rig.transport.open(), 10);
    rig.pass(20'000);
    for (std::size_t i = 0; i < 10; ++i)
        rig.transport.reply(i, 200);
    QCOMPARE(rig.transport.open(), 11); // A window is full: one more.
    rig.pass(20'000);
    rig.transport.reply(10, 429);
    rig.transport.reply(11, 503); // Of the same moment: the same drop.
    QCOMPARE(rig.transport.open(), 9);
    rig.transport.failWith(12, ErrorCode::Cancelled); // Says nothing.
    QCOMPARE(rig.transport.open(), 9);
}

void TestDispatchAdaptive::fixedLimitHoldsAtOnceAgain()
{
    DispatcherRig rig(100);
    startAdaptive(rig, u"auto"_s);
    QCOMPARE(rig.transport.open(), 5); // Half of the limit, to measure the time without load.
    rig.dispatcher.admission().pause();
    rig.setLimits([](Limits &limits) { limits.hosts = {{u"a.example"_s, 2}}; });
    for (std::size_t i = 0; i < 5; ++i)
        rig.transport.reply(i, 200);
    rig.dispatcher.admission().resume();
    QCOMPARE(rig.transport.open(), 2);
    rig.setLimits([](Limits &limits) { limits.hosts = {{u"*.example"_s, 0, u"vegas"_s}}; });
    QCOMPARE(rig.transport.open(), 5);
}

void TestDispatchAdaptive::otherChangesLeaveAnAdaptiveLimitAlone()
{
    DispatcherRig rig(100);
    startAdaptive(rig, u"aimd"_s);
    rig.pass(20'000);
    for (std::size_t i = 0; i < 10; ++i)
        rig.transport.reply(i, 200);
    rig.setLimits([](Limits &limits) { limits.total = 50; });
    QCOMPARE(rig.transport.open(), 11);
    rig.setLimits([](Limits &limits) { limits.total = 4; }); // And the total holds over it.
    for (std::size_t i = 10; i < 21; ++i)
        rig.transport.reply(i, 200);
    QCOMPARE(rig.transport.open(), 4);
}

QTEST_GUILESS_MAIN(TestDispatchAdaptive)
#include "tst_dispatchadaptive.moc"
