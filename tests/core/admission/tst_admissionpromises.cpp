// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/admissionscript.h"
#include "tests/support/testresult.h"

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

QTEST_GUILESS_MAIN(TestAdmissionPromises)
#include "tst_admissionpromises.moc"
