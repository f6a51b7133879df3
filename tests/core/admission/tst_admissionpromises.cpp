// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/admissionscript.h"
#include "tests/support/testresult.h"

using namespace Qt::StringLiterals;
using namespace Sluice;

/** The promises of the admission queue, each as rows of commands and the events they cause. */
class TestAdmissionPromises final : public QObject
{
    Q_OBJECT

private slots:
    void neverExceeded_data();
    void neverExceeded() { check(); }
    void workConserving_data();
    void workConserving() { check(); }
    void order_data();
    void order() { check(); }
    void priorities_data();
    void priorities() { check(); }
    void live_data();
    void live() { check(); }
    void cancel_data();
    void cancel() { check(); }
    void pauseAndClose_data();
    void pauseAndClose() { check(); }
    void hold_data();
    void hold() { check(); }
    void rates_data();
    void rates() { check(); }
    void boundAndTimeout_data();
    void boundAndTimeout() { check(); }
    void callbacks_data();
    void callbacks() { check(); }
    void explains_data();
    void explains() { check(); }
    void noPriorityStarves_data();
    void noPriorityStarves();
    void aCrowdDoesNotDelayOthers();
    void hostsLeaveNothingBehind();

private:
    static void check()
    {
        QFETCH(QString, script);
        const QString expected = AdmissionScript::normalized(script);
        const QString actual = AdmissionScript::play(script);
        if (actual != expected)
            qInfo("actual:\n%s", qPrintable(actual));
        QCOMPARE(actual, expected);
    }
    static void rows() { QTest::addColumn<QString>("script"); }
    static void row(const char *name, const char *script)
    {
        QTest::newRow(name) << QString::fromLatin1(script);
    }
};

void TestAdmissionPromises::neverExceeded_data()
{
    rows();
    row("total", R"(
        limits total=2   => limits
        + a A            => queued a, admitted a
        + b B            => queued b, admitted b
        + c C            => queued c
        ?                => in flight 2, 1 wait for total
        - a              => released a, admitted c
    )");
    row("per host", R"(
        limits total=0 perHost=1 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2
        + b1 B                   => queued b1, admitted b1
        ?                        => in flight 2, 1 wait for host
        - a1                     => released a1, admitted a2
    )");
    row("both: the smaller binds", R"(
        limits total=3 perHost=2 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2, admitted a2
        + a3 A                   => queued a3
        + b1 B                   => queued b1, admitted b1
        + b2 B                   => queued b2
        ? a3                     => host
        ? b2                     => total
    )");
    row("override", R"(
        limits hosts=a=1,*.z=2 => limits
        + a1 A                 => queued a1, admitted a1
        + a2 A                 => queued a2
        + z1 http://x.z:80     => queued z1, admitted z1
        + z2 http://x.z:80     => queued z2, admitted z2
        + z3 http://x.z:80     => queued z3
    )");
    row("0 is unlimited", R"(
        limits total=0 => limits
        + a A          => queued a, admitted a
        + b A          => queued b, admitted b
        + c A          => queued c, admitted c
    )");
    row("scheme and port are other endpoints", R"(
        limits perHost=1   => limits
        + a http://x:80    => queued a, admitted a
        + b https://x:443  => queued b, admitted b
        + c http://x:8080  => queued c, admitted c
        + d http://x:80    => queued d
    )");
}

void TestAdmissionPromises::workConserving_data()
{
    rows();
    row("a host at its limit blocks nobody else", R"(
        limits total=3 perHost=1 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2
        + a3 A                   => queued a3
        + b1 B                   => queued b1, admitted b1
        + c1 C                   => queued c1, admitted c1
    )");
    row("one event admits as many as fit", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d A          => queued d
        limits total=3 => limits, admitted b, admitted c
        limits total=0 => limits, admitted d
    )");
    row("work that waits for its host takes nothing from the total", R"(
        limits total=2 perHost=1 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2
        + a3 A                   => queued a3
        + b1 B                   => queued b1, admitted b1
        + c1 C                   => queued c1
        - b1                     => released b1, admitted c1
    )");
}

void TestAdmissionPromises::order_data()
{
    rows();
    row("first in, first out inside a host", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        - a            => released a, admitted b
        + d A          => queued d
        - b            => released b, admitted c
        - c            => released c, admitted d
    )");
    row("hosts take turns", R"(
        limits total=1 => limits
        + a1 A         => queued a1, admitted a1
        + a2 A         => queued a2
        + a3 A         => queued a3
        + a4 A         => queued a4
        + b1 B         => queued b1
        + b2 B         => queued b2
        - a1           => released a1, admitted a2
        - a2           => released a2, admitted b1
        - b1           => released b1, admitted a3
        - a3           => released a3, admitted b2
        - b2           => released b2, admitted a4
    )");
}

void TestAdmissionPromises::priorities_data()
{
    rows();
    row("inside a host", R"(
        limits total=1     => limits
        + a A              => queued a, admitted a
        + r A              => queued r
        + i A interactive  => queued i
        + c A continuation => queued c
        - a                => released a, admitted c
        - c                => released c, admitted i
        - i                => released i, admitted r
    )");
    row("across hosts", R"(
        limits total=1     => limits
        + a A              => queued a, admitted a
        + r B              => queued r
        + i C interactive  => queued i
        + c D continuation => queued c
        - a                => released a, admitted c
        - c                => released c, admitted i
        - i                => released i, admitted r
    )");
    row("no priority breaks a limit", R"(
        limits perHost=1   => limits
        + a A              => queued a, admitted a
        + c A continuation => queued c
        + r B              => queued r, admitted r
    )");
    row("an urgent ticket lifts its host over others", R"(
        limits total=1    => limits
        + a A             => queued a, admitted a
        + b B             => queued b
        + c1 C            => queued c1
        + c2 C interactive => queued c2
        - a               => released a, admitted c2
        - c2              => released c2, admitted b
        - b               => released b, admitted c1
    )");
}

void TestAdmissionPromises::live_data()
{
    rows();
    row("a raise admits at once, a cut drains", R"(
        limits total=3 => limits
        + a A          => queued a, admitted a
        + b A          => queued b, admitted b
        + c A          => queued c, admitted c
        + d A          => queued d
        limits total=1 => limits
        ?              => in flight 3, draining 2, 1 wait for total
        - a            => released a
        - b            => released b
        ?              => in flight 1, 1 wait for total
        - c            => released c, admitted d
    )");
    row("equal limits change nothing", R"(
        limits total=3 => limits
        limits total=3
    )");
    row("an override that changes re-keys what is queued", R"(
        limits hosts=a=1         => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2
        + a3 A                   => queued a3
        limits hosts=b=1         => limits, admitted a2, admitted a3
        limits hosts=a=1         => limits
        ?                        => in flight 3
        limits total=3           => limits
        + b B                    => queued b
        + a4 A                   => queued a4
        ? a4                     => host
        limits hosts=            => limits
        ? a4                     => total
    )");
    row("an adaptive limit is in force instead of the configured one", R"(
        limits perHost=1 => limits
        + a1 A           => queued a1, admitted a1
        + a2 A           => queued a2
        + a3 A           => queued a3
        adaptive A 2     => limits, admitted a2
        adaptive A 2
        adaptive A 0     => limits
        - a1             => released a1
        - a2             => released a2, admitted a3
    )");
    row("0 lifts the limit, and back", R"(
        limits total=1 perHost=1 => limits
        + a A                    => queued a, admitted a
        + b A                    => queued b
        + c B                    => queued c
        limits total=0 perHost=0 => limits, admitted c, admitted b
        limits total=1           => limits
        ?                        => in flight 3, draining 2
    )");
    row("a rate that is switched on starts with a full bucket; a change keeps the tokens", R"(
        limits rate=10/2 => limits
        + a A            => queued a, admitted a
        + b A            => queued b, admitted b
        limits rate=10/5 => limits
        + c A            => queued c
        ? due            => 100ms
        limits rate=0/1  => limits, admitted c
    )");
    row("a shorter timeout refuses at once, a longer one waits on", R"(
        limits total=1 timeout=100ms => limits
        + a A                        => queued a, admitted a
        + b A                        => queued b
        sleep 60ms
        limits timeout=200ms         => limits
        ? due                        => 140ms
        limits timeout=50ms          => limits, refused b queueTimeout (total 60ms)
    )");
}

void TestAdmissionPromises::cancel_data()
{
    rows();
    row("a queued ticket leaves and frees nothing", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        x b            => cancelled b
        x b            => not queued
        ?              => in flight 1, 1 wait for total
        - a            => released a, admitted c
    )");
    row("an admitted ticket keeps its slot until it is released, once", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        x a            => not queued
        - a            => released a, admitted b
        - a            => not admitted
        - b            => released b, idle
        - b            => not admitted
    )");
    row("granted, then given back before it began", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        on b: - b ignored
        - a            => released a, admitted b, released b, admitted c
    )");
}

void TestAdmissionPromises::pauseAndClose_data()
{
    rows();
    row("pause admits nothing and lets the rest finish", R"(
        + a A   => queued a, admitted a
        pause   => paused
        pause
        + b A   => queued b
        - a     => released a
        ?       => in flight 0, 1 wait for paused
        resume  => resumed, admitted b
        resume
    )");
    row("close refuses the queued and all to come", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c B          => queued c
        close          => closed, refused b closed, refused c closed
        + d A          => refused d closed
        close
        - a            => released a, idle
    )");
    row("drain: pause, and idle is told when the last one ends", R"(
        limits total=2 => limits
        + a A          => queued a, admitted a
        + b B          => queued b, admitted b
        + c A          => queued c
        pause          => paused
        - a            => released a
        x c            => cancelled c
        - b            => released b, idle
    )");
    row("limits may change while paused", R"(
        limits total=1 => limits
        pause          => paused
        + a A          => queued a
        + b B          => queued b
        limits total=2 => limits
        resume         => resumed, admitted a, admitted b
    )");
    row("timeouts run on while paused", R"(
        limits timeout=50ms => limits
        pause               => paused
        + a A               => queued a
        tick 50ms           => refused a queueTimeout (paused 50ms), idle
    )");
}

void TestAdmissionPromises::hold_data()
{
    rows();
    row("until then, and other hosts go on", R"(
        + a1 A    => queued a1, admitted a1
        hold A 5s => hold A 5s
        + a2 A    => queued a2
        + b B     => queued b, admitted b
        ? a2      => hold
        ? due     => 5s
        tick 4999ms
        tick 1ms  => hold ends A, admitted a2 (hold 5s)
    )");
    row("capped, never shortened, skippable", R"(
        limits holdMax=10s => limits
        hold A 1h          => hold A 10s
        hold A 2s
        + a A              => queued a
        endhold A          => hold ends A, admitted a
        endhold A
    )");
    row("ends by itself when nothing is queued", R"(
        hold A 5s => hold A 5s
        ? due     => 5s
        tick 5s   => hold ends A
        ? due     => never
    )");
    row("a longer one prolongs it", R"(
        hold A 2s  => hold A 2s
        + a A      => queued a
        hold A 5s  => hold A 5s
        tick 2s
        tick 3s    => hold ends A, admitted a (hold 5s)
    )");
    row("a lower cap shortens it", R"(
        hold A 50s         => hold A 50s
        + a A              => queued a
        limits holdMax=1s  => limits
        tick 1s            => hold ends A, admitted a (hold 1s)
        limits holdMax=0ms => limits
        hold A 5s
    )");
    row("what is in flight goes on", R"(
        + a A     => queued a, admitted a
        hold A 1s => hold A 1s
        - a       => released a, idle
        tick 1s   => hold ends A
    )");
}

void TestAdmissionPromises::rates_data()
{
    rows();
    row("total rate with burst", R"(
        limits rate=10/2 => limits
        + a A            => queued a, admitted a
        + b B            => queued b, admitted b
        + c C            => queued c
        ? c              => rate
        ? due            => 100ms
        tick 99ms
        tick 1ms         => admitted c (rate 100ms)
    )");
    row("rate per host", R"(
        limits hostRate=10/1 => limits
        + a1 A               => queued a1, admitted a1
        + a2 A               => queued a2
        + b1 B               => queued b1, admitted b1
        ? a2                 => hostRate
        tick 100ms           => admitted a2 (hostRate 100ms)
    )");
    row("a clock that jumps ahead fills the bucket and no more", R"(
        limits rate=10/2 => limits
        tick 10h
        + a A            => queued a, admitted a
        + b A            => queued b, admitted b
        + c A            => queued c
    )");
    row("a host that was idle still owes", R"(
        limits hostRate=10/1 => limits
        + a A                => queued a, admitted a
        - a                  => released a, idle
        tick 40ms
        + b A                => queued b
        tick 60ms            => admitted b (hostRate 60ms)
    )");
    row("both rates: the host's is named first", R"(
        limits rate=10/1 hostRate=5/1 => limits
        + a A                         => queued a, admitted a
        + b A                         => queued b
        + c C                         => queued c
        ? b                           => hostRate
        ? c                           => rate
        tick 100ms                    => admitted c (rate 100ms)
        tick 100ms                    => admitted b (hostRate 200ms)
    )");
    row("tokens are not given back", R"(
        limits rate=1/1 => limits
        + a A           => queued a, admitted a
        - a ignored     => released a, idle
        + b A           => queued b
        x b             => cancelled b, idle
        + c A           => queued c
        ? due           => 1s
    )");
    row("a token that came while nobody called is seen by the next call", R"(
        limits rate=10/1 => limits
        + a A            => queued a, admitted a
        + b A            => queued b
        sleep 150ms
        + c A            => admitted b (rate 150ms), queued c
        ? due            => 100ms
    )");
    row("reasons that change without an event are told", R"(
        limits total=2 hostRate=10/1 => limits
        + a A                        => queued a, admitted a
        + b A                        => queued b
        + c C                        => queued c, admitted c
        ?                            => in flight 2, 1 wait for hostRate
        tick 100ms                   => waits
        ?                            => in flight 2, 1 wait for total
    )");
}

void TestAdmissionPromises::boundAndTimeout_data()
{
    rows();
    row("a further request is refused at once", R"(
        limits total=1 max=1 => limits
        + a A                => queued a, admitted a
        + b A                => queued b
        + c A                => refused c queueFull
        - a                  => released a, admitted b
        + d A                => queued d
    )");
    row("a ticket that waited longer fails", R"(
        limits total=1 timeout=50ms => limits
        + a A                       => queued a, admitted a
        + b A                       => queued b
        ? due                       => 50ms
        tick 49ms
        tick 1ms                    => refused b queueTimeout (total 50ms)
        ? due                       => never
    )");
    row("the bound is for those who wait", R"(
        limits total=1 max=1 => limits
        + a A                => queued a, admitted a
        + b A                => queued b
        limits total=2       => limits, admitted b
        + c C                => queued c
        limits total=4       => limits, admitted c
        + d D                => queued d, admitted d
    )");
    row("a host's own limit fills the queue, others still pass", R"(
        limits perHost=1 max=1 => limits
        + a A                  => queued a, admitted a
        + b A                  => queued b
        + c A                  => refused c queueFull
        + d D                  => queued d, admitted d
        + e D                  => refused e queueFull
    )");
    row("a lower bound throws nobody out", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        limits max=1   => limits
        + d A          => refused d queueFull
        - a            => released a, admitted b
    )");
    row("the wait before a redirect counts", R"(
        limits total=1 timeout=50ms     => limits
        + a A                           => queued a, admitted a
        + b A                           => queued b
        + c A continuation waited=30ms  => queued c
        ? due                           => 20ms
        tick 20ms                       => refused c queueTimeout (total 20ms)
        ? due                           => 30ms
    )");
    row("who need not wait is never too late", R"(
        limits total=1 timeout=50ms     => limits
        + a A continuation waited=10s   => queued a, admitted a
        + b A continuation waited=10s   => queued b, refused b queueTimeout
    )");
    row("overdue goes before a token that came late", R"(
        limits rate=10/1 timeout=150ms => limits
        + a A                          => queued a, admitted a
        + b A                          => queued b
        tick 150ms                     => refused b queueTimeout (rate 150ms)
    )");
}

void TestAdmissionPromises::callbacks_data()
{
    rows();
    row("a callback may enqueue and release", R"(
        limits total=1 => limits
        on a: + b A; - a
        + a A          => queued a, admitted a, queued b, released a, admitted b
    )");
    row("close inside a callback refuses all, once", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        on b: close; close
        - a            => released a, admitted b, closed, refused c closed
    )");
    row("limits changed inside a callback hold for the next admission", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d A          => queued d
        on b: limits total=3
        - a            => released a, admitted b, limits, admitted c, admitted d
    )");
    row("a pause inside a callback stops the rest", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        on b: pause
        limits total=9 => limits, admitted b, paused
        resume         => resumed, admitted c
    )");
    row("a cancel inside a callback reaches the next in line", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d A          => queued d
        on b: x c
        limits total=9 => limits, admitted b, cancelled c, admitted d
    )");
    row("a hold inside a callback stops the host, not the others", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d D          => queued d
        on b: hold A 1s
        limits total=9 => limits, admitted b, hold A 1s, admitted d
        tick 1s        => hold ends A, admitted c (hold 1s)
    )");
    row("a refused ticket may be tried again from the callback", R"(
        limits total=1 timeout=10ms => limits
        + a A                       => queued a, admitted a
        + b A                       => queued b
        on b: + c A
        tick 10ms                   => refused b queueTimeout (total 10ms), queued c
    )");
    row("idle is told once, and not when a callback goes on", R"(
        on a: - a; + b A
        + a A   => queued a, admitted a, released a, queued b, admitted b
        - b     => released b, idle
    )");
}

void TestAdmissionPromises::explains_data()
{
    rows();
    row("waits by reason add up to the queued time", R"(
        limits total=1 perHost=1 => limits
        + a A                    => queued a, admitted a
        + b A                    => queued b
        sleep 10ms
        pause                    => paused
        sleep 5ms
        hold A 20ms              => hold A 20ms
        sleep 2ms
        resume                   => resumed
        sleep 3ms
        + c C                    => queued c
        - a                      => released a, admitted c
        tick 15ms                => hold ends A
        tick 7ms
        - c                      => released c, admitted b (paused 7ms hold 18ms host 10ms total 7ms)
    )");
}

void TestAdmissionPromises::noPriorityStarves_data()
{
    QTest::addColumn<QString>("limits");
    QTest::addColumn<QString>("urgentHost");
    QTest::newRow("inside a host") << u"limits total=1"_s << u"A"_s;
    QTest::newRow("across hosts") << u"limits total=1"_s << u"B"_s;
    QTest::newRow("inside a host, while others are served") << u"limits perHost=1"_s << u"A"_s;
}

void TestAdmissionPromises::noPriorityStarves()
{
    QFETCH(QString, limits);
    QFETCH(QString, urgentHost);
    QStringList lines{limits, u"+ first %1 interactive"_s.arg(urgentHost), u"+ patient A"_s};
    for (int i = 0; i < 40; ++i)
        lines << u"+ urgent%1 %2 interactive"_s.arg(i).arg(urgentHost);
    QString last = u"first"_s;
    for (int i = 0; i < PriorityTurns::OvertakeMax; ++i) {
        lines << "- "_L1 + last << u"+ other%1 C%1"_s.arg(i);
        last = u"urgent%1"_s.arg(i);
    }
    if (!limits.contains("perHost"_L1))
        lines.removeIf([](const QString &line) { return line.startsWith("+ other"_L1); });
    QVERIFY(!AdmissionScript::play(lines.join(u'\n')).contains("admitted patient"_L1));
    lines << "- "_L1 + last;
    QVERIFY(AdmissionScript::play(lines.join(u'\n')).endsWith("admitted patient"_L1));
}

void TestAdmissionPromises::aCrowdDoesNotDelayOthers()
{
    QStringList lines{u"limits total=4"_s};
    for (int i = 0; i < 10'000; ++i)
        lines << u"+ a%1 A"_s.arg(i);
    for (int i = 0; i < 50; ++i)
        lines << u"+ b%1 B"_s.arg(i);
    // B's first ticket gets the slot after next, and from then on they alternate.
    for (int i = 0; i < 4; ++i)
        lines << u"- a%1"_s.arg(i);
    const QString log = AdmissionScript::play(lines.join(u'\n'));
    QVERIFY(log.endsWith("- a0 => released a0, admitted a4\n- a1 => released a1, admitted b0\n"
                         "- a2 => released a2, admitted a5\n- a3 => released a3, admitted b1"_L1));
}

void TestAdmissionPromises::hostsLeaveNothingBehind()
{
    class Client final : public AdmissionClient
    {
    public:
        void ticketAdmitted(TicketId ticket, quint64, const WaitTimes &) override { last = ticket; }
        void ticketRefused(TicketId, quint64, Refusal) override {}
        TicketId last = TicketId::None;
    };
    FakeClock clock;
    Client client;
    AdmissionQueue queue(clock, client);
    std::size_t bytes = 0;
    for (int i = 0; i < 200'000; ++i) {
        const EndpointId host = queue.endpoint(u"http://host%1:80"_s.arg(i));
        queue.enqueue(host, Priority::Run, 0);
        QVERIFY(queue.release(client.last, Outcome::Success));
        if (i == 0)
            bytes = queue.ticketBytes() + queue.hostBytes();
    }
    QCOMPARE(queue.ticketBytes() + queue.hostBytes(), bytes);
    QVERIFY(queue.snapshot().endpoints.empty());
    QCOMPARE(queue.nextDeadlineUs(), -1);
}

QTEST_GUILESS_MAIN(TestAdmissionPromises)
#include "tst_admissionpromises.moc"
