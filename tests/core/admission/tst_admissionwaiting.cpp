// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/admissionscript.h"
#include "tests/support/testresult.h"

using namespace Sluice;

/** What makes tickets wait, or go without a slot, and what callbacks may do meanwhile. */
class TestAdmissionWaiting final : public QObject
{
    Q_OBJECT

private slots:
    void pauseAndClose_data();
    void pauseAndClose() { AdmissionScript::checkRow(); }
    void hold_data();
    void hold() { AdmissionScript::checkRow(); }
    void rates_data();
    void rates() { AdmissionScript::checkRow(); }
    void boundAndTimeout_data();
    void boundAndTimeout() { AdmissionScript::checkRow(); }
    void callbacks_data();
    void callbacks() { AdmissionScript::checkRow(); }
    void explains_data();
    void explains() { AdmissionScript::checkRow(); }
};

void TestAdmissionWaiting::pauseAndClose_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("pause admits nothing and lets the rest finish", R"(
        + a A   => queued a, admitted a
        pause   => paused
        pause
        + b A   => queued b
        - a     => released a
        ?       => in flight 0, 1 wait for paused
        resume  => resumed, admitted b
        resume
    )");
    AdmissionScript::addRow("close refuses the queued and all to come", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c B          => queued c
        close          => closed, refused b closed, refused c closed
        + d A          => refused d closed
        close
        - a            => released a, idle
    )");
    AdmissionScript::addRow("drain: pause, and idle is told when the last one ends", R"(
        limits total=2 => limits
        + a A          => queued a, admitted a
        + b B          => queued b, admitted b
        + c A          => queued c
        pause          => paused
        - a            => released a
        x c            => cancelled c
        - b            => released b, idle
    )");
    AdmissionScript::addRow("limits may change while paused", R"(
        limits total=1 => limits
        pause          => paused
        + a A          => queued a
        + b B          => queued b
        limits total=2 => limits
        resume         => resumed, admitted a, admitted b
    )");
    AdmissionScript::addRow("timeouts run on while paused", R"(
        limits timeout=50ms => limits
        pause               => paused
        + a A               => queued a
        tick 50ms           => refused a queueTimeout (paused 50ms), idle
    )");
}

void TestAdmissionWaiting::hold_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("until then, and other hosts go on", R"(
        + a1 A    => queued a1, admitted a1
        hold A 5s => hold A 5s
        + a2 A    => queued a2
        + b B     => queued b, admitted b
        ? a2      => hold
        ? due     => 5s
        tick 4999ms
        tick 1ms  => hold ends A, admitted a2 (hold 5s)
    )");
    AdmissionScript::addRow("capped, never shortened, skippable", R"(
        limits holdMax=10s => limits
        hold A 1h          => hold A 10s
        hold A 2s
        + a A              => queued a
        endhold A          => hold ends A, admitted a
        endhold A
    )");
    AdmissionScript::addRow("ends by itself when nothing is queued", R"(
        hold A 5s => hold A 5s
        ? due     => 5s
        tick 5s   => hold ends A
        ? due     => never
    )");
    AdmissionScript::addRow("a longer one prolongs it", R"(
        hold A 2s  => hold A 2s
        + a A      => queued a
        hold A 5s  => hold A 5s
        tick 2s
        tick 3s    => hold ends A, admitted a (hold 5s)
    )");
    AdmissionScript::addRow("a lower cap shortens it", R"(
        hold A 50s         => hold A 50s
        + a A              => queued a
        limits holdMax=1s  => limits
        tick 1s            => hold ends A, admitted a (hold 1s)
        limits holdMax=0ms => limits
        hold A 5s
    )");
    AdmissionScript::addRow("what is in flight goes on", R"(
        + a A     => queued a, admitted a
        hold A 1s => hold A 1s
        - a       => released a, idle
        tick 1s   => hold ends A
    )");
}

void TestAdmissionWaiting::rates_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("total rate with burst", R"(
        limits rate=10/2 => limits
        + a A            => queued a, admitted a
        + b B            => queued b, admitted b
        + c C            => queued c
        ? c              => rate
        ? due            => 100ms
        tick 99ms
        tick 1ms         => admitted c (rate 100ms)
    )");
    AdmissionScript::addRow("rate per host", R"(
        limits hostRate=10/1 => limits
        + a1 A               => queued a1, admitted a1
        + a2 A               => queued a2
        + b1 B               => queued b1, admitted b1
        ? a2                 => hostRate
        tick 100ms           => admitted a2 (hostRate 100ms)
    )");
    AdmissionScript::addRow("a clock that jumps ahead fills the bucket and no more", R"(
        limits rate=10/2 => limits
        tick 10h
        + a A            => queued a, admitted a
        + b A            => queued b, admitted b
        + c A            => queued c
    )");
    AdmissionScript::addRow("a host that was idle still owes", R"(
        limits hostRate=10/1 => limits
        + a A                => queued a, admitted a
        - a                  => released a, idle
        tick 40ms
        + b A                => queued b
        tick 60ms            => admitted b (hostRate 60ms)
    )");
    AdmissionScript::addRow("both rates: the host's is named first", R"(
        limits rate=10/1 hostRate=5/1 => limits
        + a A                         => queued a, admitted a
        + b A                         => queued b
        + c C                         => queued c
        ? b                           => hostRate
        ? c                           => rate
        tick 100ms                    => admitted c (rate 100ms)
        tick 100ms                    => admitted b (hostRate 200ms)
    )");
    AdmissionScript::addRow("tokens are not given back", R"(
        limits rate=1/1 => limits
        + a A           => queued a, admitted a
        - a ignored     => released a, idle
        + b A           => queued b
        x b             => cancelled b, idle
        + c A           => queued c
        ? due           => 1s
    )");
    AdmissionScript::addRow("a token that came while nobody called is seen by the next call", R"(
        limits rate=10/1 => limits
        + a A            => queued a, admitted a
        + b A            => queued b
        sleep 150ms
        + c A            => admitted b (rate 150ms), queued c
        ? due            => 95ms
    )");
    AdmissionScript::addRow("a timer that is late costs the rate nothing", R"(
        limits rate=500/1 => limits
        + a A            => queued a, admitted a
        + b A            => queued b
        + c A            => queued c
        + d B            => queued d
        tick 5ms         => admitted b (rate 5ms), admitted d (rate 5ms)
        ? due            => 1ms
        tick 1ms         => admitted c (rate 6ms)
        ? due            => never
        tick 3ms
        + e A            => queued e, admitted e
        + f A            => queued f
        ? due            => 2ms
    )");
    AdmissionScript::addRow("nor one host's rate", R"(
        limits hostRate=500/1 => limits
        + a A                => queued a, admitted a
        + b A                => queued b
        + c A                => queued c
        tick 3ms             => admitted b (hostRate 3ms)
        ? due                => 1ms
        + d B                => queued d, admitted d
        tick 1ms             => admitted c (hostRate 4ms)
    )");
    AdmissionScript::addRow("what waited for something else comes from now on", R"(
        limits rate=500/1 total=1 => limits
        + a A                    => queued a, admitted a
        + b A                    => queued b
        + c A                    => queued c
        tick 9ms
        - a                      => released a, admitted b (total 9ms)
        - b                      => released b
        ? due                    => 2ms
    )");
    AdmissionScript::addRow("reasons that change without an event are told", R"(
        limits total=2 hostRate=10/1 => limits
        + a A                        => queued a, admitted a
        + b A                        => queued b
        + c C                        => queued c, admitted c
        ?                            => in flight 2, 1 wait for hostRate
        tick 100ms                   => waits
        ?                            => in flight 2, 1 wait for total
    )");
}

void TestAdmissionWaiting::boundAndTimeout_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("a further request is refused at once", R"(
        limits total=1 max=1 => limits
        + a A                => queued a, admitted a
        + b A                => queued b
        + c A                => refused c queueFull
        - a                  => released a, admitted b
        + d A                => queued d
    )");
    AdmissionScript::addRow("a ticket that waited longer fails", R"(
        limits total=1 timeout=50ms => limits
        + a A                       => queued a, admitted a
        + b A                       => queued b
        ? due                       => 50ms
        tick 49ms
        tick 1ms                    => refused b queueTimeout (total 50ms)
        ? due                       => never
    )");
    AdmissionScript::addRow("the bound is for those who wait", R"(
        limits total=1 max=1 => limits
        + a A                => queued a, admitted a
        + b A                => queued b
        limits total=2       => limits, admitted b
        + c C                => queued c
        limits total=4       => limits, admitted c
        + d D                => queued d, admitted d
    )");
    AdmissionScript::addRow("a host's own limit fills the queue, others still pass", R"(
        limits perHost=1 max=1 => limits
        + a A                  => queued a, admitted a
        + b A                  => queued b
        + c A                  => refused c queueFull
        + d D                  => queued d, admitted d
        + e D                  => refused e queueFull
    )");
    AdmissionScript::addRow("a lower bound throws nobody out", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        limits max=1   => limits
        + d A          => refused d queueFull
        - a            => released a, admitted b
    )");
    AdmissionScript::addRow("the wait before a redirect counts", R"(
        limits total=1 timeout=50ms     => limits
        + a A                           => queued a, admitted a
        + b A                           => queued b
        + c A continuation waited=30ms  => queued c
        ? due                           => 20ms
        tick 20ms                       => refused c queueTimeout (total 20ms)
        ? due                           => 30ms
    )");
    AdmissionScript::addRow("who need not wait is never too late", R"(
        limits total=1 timeout=50ms     => limits
        + a A continuation waited=10s   => queued a, admitted a
        + b A continuation waited=10s   => queued b, refused b queueTimeout
    )");
    AdmissionScript::addRow("overdue goes before a token that came late", R"(
        limits rate=10/1 timeout=150ms => limits
        + a A                          => queued a, admitted a
        + b A                          => queued b
        tick 150ms                     => refused b queueTimeout (rate 150ms)
    )");
}

void TestAdmissionWaiting::callbacks_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("a callback may enqueue and release", R"(
        limits total=1 => limits
        on a: + b A; - a
        + a A          => queued a, admitted a, queued b, released a, admitted b
    )");
    AdmissionScript::addRow("close inside a callback refuses all, once", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        on b: close; close
        - a            => released a, admitted b, closed, refused c closed
    )");
    AdmissionScript::addRow("limits changed inside a callback hold for the next admission", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d A          => queued d
        on b: limits total=3
        - a            => released a, admitted b, limits, admitted c, admitted d
    )");
    AdmissionScript::addRow("a pause inside a callback stops the rest", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        on b: pause
        limits total=9 => limits, admitted b, paused
        resume         => resumed, admitted c
    )");
    AdmissionScript::addRow("a cancel inside a callback reaches the next in line", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d A          => queued d
        on b: x c
        limits total=9 => limits, admitted b, cancelled c, admitted d
    )");
    AdmissionScript::addRow("a hold inside a callback stops the host, not the others", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d D          => queued d
        on b: hold A 1s
        limits total=9 => limits, admitted b, hold A 1s, admitted d
        tick 1s        => hold ends A, admitted c (hold 1s)
    )");
    AdmissionScript::addRow("a refused ticket may be tried again from the callback", R"(
        limits total=1 timeout=10ms => limits
        + a A                       => queued a, admitted a
        + b A                       => queued b
        on b: + c A
        tick 10ms                   => refused b queueTimeout (total 10ms), queued c
    )");
    AdmissionScript::addRow("idle is told once, and not when a callback goes on", R"(
        on a: - a; + b A
        + a A   => queued a, admitted a, released a, queued b, admitted b
        - b     => released b, idle
    )");
}

void TestAdmissionWaiting::explains_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("waits by reason add up to the queued time", R"(
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

QTEST_GUILESS_MAIN(TestAdmissionWaiting)
#include "tst_admissionwaiting.moc"
