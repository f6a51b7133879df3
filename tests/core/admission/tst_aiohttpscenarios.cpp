// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/admissionscript.h"
#include "tests/support/testresult.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace Sluice;

/**
 * The scenarios of aiohttp's own tests of its connector (tests/test_connector.py and
 * tests/test_client_functional.py), as far as they concern who is admitted when, and the defects
 * of aiohttp's queue that this one must not have. A row names the aiohttp test it restates.
 *
 * Scenarios about sockets alone (idle reuse and its expiry, tunnels, keep-alive after HEAD, TLS
 * names: numbers 12, 13, 32, 34, 35 and 36) are rows of tst_aiohttpsockets.
 */
class TestAiohttpScenarios final : public QObject
{
    Q_OBJECT

private slots:
    void scenarios_data();
    void scenarios() { AdmissionScript::checkRow(); }
    void defects_data();
    void defects() { AdmissionScript::checkRow(); }
    void defaults();
    void crawlerNeverOvershoots();

private:
    static void releaseRows();
    static void limitRows();
    static void failureRows();
    static void cancelRows();
    static void closeRows();
    static void traceRows();
};

void TestAiohttpScenarios::scenarios_data()
{
    AdmissionScript::addColumns();
    releaseRows();
    limitRows();
    failureRows();
    cancelRows();
    closeRows();
    traceRows();
}

void TestAiohttpScenarios::releaseRows()
{
    AdmissionScript::addRow("1 release_acquired: a second release is harmless", R"(
        limits total=5 perHost=10 => limits
        + a A                     => queued a, admitted a
        - a                       => released a, idle
        - a                       => not admitted
        ?                         => in flight 0
    )");
    AdmissionScript::addRow("2 release_acquired_closed, release_already_closed", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        close          => closed
        - a            => released a, idle
        - a            => not admitted
    )");
    AdmissionScript::addRow("3 release: the next one is woken", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        - a            => released a, admitted b
    )");
    AdmissionScript::addRow("4 release_close: a socket that closes frees the slot all the same", R"(
        limits total=2 perHost=1 => limits
        + a A                    => queued a, admitted a
        + b B                    => queued b, admitted b
        + c A                    => queued c
        - a ignored              => released a, admitted c
        ?                        => in flight 2
    )");
    AdmissionScript::addRow("5 release_waiter_no_limit: 0 is unlimited", R"(
        pause          => paused
        + a A          => queued a
        limits total=0 => limits
        resume         => resumed, admitted a
    )");
    AdmissionScript::addRow("6 release_waiter_first_available: exactly one of two hosts", R"(
        limits total=1 => limits
        + x X          => queued x, admitted x
        + a A          => queued a
        + b B          => queued b
        - x            => released x, admitted a
        ?              => in flight 1, 1 wait for total
    )");
    AdmissionScript::addRow("7 release_waiter_release_first: first in, first woken", R"(
        limits total=1 => limits
        + x A          => queued x, admitted x
        + a A          => queued a
        + b A          => queued b
        - x            => released x, admitted a
    )");
    AdmissionScript::addRow("8 release_waiter_skip_done_waiter", R"(
        limits total=1 => limits
        + x A          => queued x, admitted x
        + a A          => queued a
        + b A          => queued b
        x a            => cancelled a
        - x            => released x, admitted b
    )");
    AdmissionScript::addRow("9 release_waiter_per_host", R"(
        limits total=0 perHost=2 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2, admitted a2
        + b1 B                   => queued b1, admitted b1
        + b2 B                   => queued b2, admitted b2
        + a3 A                   => queued a3
        + b3 B                   => queued b3
        - a1                     => released a1, admitted a3
        ? b3                     => host
    )");
    AdmissionScript::addRow("10 release_waiter_no_available: nobody is woken, the waiter stays", R"(
        limits total=0 perHost=1 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2
        + b1 B                   => queued b1, admitted b1
        - b1                     => released b1
        ?                        => in flight 1, 1 wait for host
    )");
    AdmissionScript::addRow("11 _release_acquired_per_host: the others of the host remain", R"(
        limits perHost=2 => limits
        + a1 A           => queued a1, admitted a1
        + a2 A           => queued a2, admitted a2
        - a1             => released a1
        ?                => in flight 1
        + a3 A           => queued a3, admitted a3
        + a4 A           => queued a4
    )");
}

void TestAiohttpScenarios::limitRows()
{
    AdmissionScript::addRow("14 connect_with_limit", R"(
        limits total=1 perHost=10 => limits
        + a A                     => queued a, admitted a
        + b A                     => queued b
        ?                         => in flight 1, 1 wait for total
        - a                       => released a, admitted b
        ?                         => in flight 1
    )");
    AdmissionScript::addRow("15 connect_with_limit_and_limit_per_host", R"(
        limits total=1000 perHost=1 => limits
        + a A                       => queued a, admitted a
        + b A                       => queued b
        ? b                         => host
    )");
    AdmissionScript::addRow("16 connect_with_no_limit_and_limit_per_host", R"(
        limits total=0 perHost=1 => limits
        + a A                    => queued a, admitted a
        + b A                    => queued b
        - a                      => released a, admitted b
    )");
    AdmissionScript::addRow("17 connect_with_no_limits", R"(
        limits total=0 perHost=0 => limits
        + a A                    => queued a, admitted a
        + b A                    => queued b, admitted b
    )");
    AdmissionScript::addRow("18 available_connections_with_limit_per_host", R"(
        limits total=3 perHost=2 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2, admitted a2
        + a3 A                   => queued a3
        ? a3                     => host
        + b1 B                   => queued b1, admitted b1
        + b2 B                   => queued b2
        ? b2                     => total
        - a1                     => released a1, admitted b2
        - b1                     => released b1, admitted a3
    )");
    AdmissionScript::addRow("19 available_connections_without_limit_per_host", R"(
        limits total=2 perHost=5 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2, admitted a2
        + a3 A                   => queued a3
        ? a3                     => total
    )");
    AdmissionScript::addRow(
        "20 connect_with_limit_cancelled: a timeout covers the wait in the queue", R"(
        limits total=1 timeout=10ms => limits
        + a A                       => queued a, admitted a
        + b A                       => queued b
        tick 10ms                   => refused b queueTimeout (total 10ms)
        ?                           => in flight 1
    )");
    AdmissionScript::addRow("38 limit_property_default: 100 in all, no limit per host", R"(
        ? due => never
        limits total=100 perHost=0
    )");
    AdmissionScript::addRow("40 keys that differ have separate limits", R"(
        limits perHost=1   => limits
        + a http://x:80    => queued a, admitted a
        + b https://x:443  => queued b, admitted b
        + c http://x:8080  => queued c, admitted c
        + d http://x:80    => queued d
    )");
}

void TestAiohttpScenarios::failureRows()
{
    AdmissionScript::addRow(
        "22 connect_with_capacity_release_waiters: a failed connect leaves nothing behind", R"(
        limits total=1 => limits
        on a: - a dropped
        + a A          => queued a, admitted a, released a, idle
        ?              => in flight 0
        + b A          => queued b, admitted b
    )");
    AdmissionScript::addRow("23 error_on_connection: the slot is freed and the next proceeds", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        - a dropped    => released a, admitted b
    )");
    AdmissionScript::addRow("24 error_on_connection_with_cancelled_waiter", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        x b            => cancelled b
        - a dropped    => released a, admitted c
    )");
    AdmissionScript::addRow("37 error_in_performing_request: the second try does not hang", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        - a dropped    => released a, idle
        + b A          => queued b, admitted b
        - b dropped    => released b, idle
    )");
    AdmissionScript::addRow(
        "39 connection_timeout_error: the limit on the wait expires in the queue", R"(
        limits perHost=1 timeout=100ms => limits
        + a A                          => queued a, admitted a
        + b A                          => queued b
        tick 100ms                     => refused b queueTimeout (host 100ms)
        - a                            => released a, idle
    )");
}

void TestAiohttpScenarios::cancelRows()
{
    AdmissionScript::addRow("25 connect_waiters_cleanup: a cancelled waiter leaves no trace", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b B          => queued b
        x b            => cancelled b
        - a            => released a, idle
        ?              => in flight 0
    )");
    AdmissionScript::addRow("26 cancellation_during_waiting_for_free_connection", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        sleep 5ms
        x b            => cancelled b (total 5ms)
        - a            => released a, idle
        ? due          => never
    )");
    AdmissionScript::addRow("27 connector_does_not_remove_needed_waiters", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        on b: + c A
        - a            => released a, admitted b, queued c
        - b            => released b, admitted c
    )");
}

void TestAiohttpScenarios::closeRows()
{
    AdmissionScript::addRow(
        "28 close_during_connect: what was being started ends, and nothing follows", R"(
        limits total=1 => limits
        + b A          => queued b, admitted b
        + c A          => queued c
        on c: close; - c ignored
        - b            => released b, admitted c, closed, released c, idle
        + d A          => refused d closed
    )");
    AdmissionScript::addRow("29 close_with_acquired_connection, close_twice", R"(
        + a A   => queued a, admitted a
        close   => closed
        close
        - a     => released a, idle
        - a     => not admitted
    )");
    AdmissionScript::addRow("30 close with waiters: each is told", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c B          => queued c
        sleep 2ms
        close          => closed, refused b closed (total 2ms), refused c closed (total 2ms)
    )");
}

void TestAiohttpScenarios::traceRows()
{
    AdmissionScript::addRow("31 connect_queued_operation_tracing: queued and admitted, once each",
                            R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        sleep 3ms
        - a            => released a, admitted b (total 3ms)
    )");
    AdmissionScript::addRow(
        "33 a callback that gives up in the middle leaks neither slot nor waiter", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        on b: - b ignored; x c
        - a            => released a, admitted b, released b, cancelled c, idle
        ?              => in flight 0
    )");
}

void TestAiohttpScenarios::defects_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("a reused connection counts like a new one", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        - a            => released a, idle
        + b B          => queued b, admitted b
        + c A          => queued c
        ?              => in flight 1, 1 wait for total
    )");
    AdmissionScript::addRow("hosts once visited hold nothing", R"(
        limits total=2 => limits
        + a A          => queued a, admitted a
        - a            => released a, idle
        + b B          => queued b, admitted b
        - b            => released b, idle
        + c C          => queued c, admitted c
        + d D          => queued d, admitted d
        + e E          => queued e
        ?              => in flight 2, 1 wait for total
    )");
    AdmissionScript::addRow("no lost wake-up: a grant given back at once wakes the next", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c B          => queued c
        on b: - b ignored
        - a            => released a, admitted b, released b, admitted c
    )");
    AdmissionScript::addRow("no barging: who comes in the same instant as a release queues behind",
                            R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        on b: + late A
        - a            => released a, admitted b, queued late
        + later A      => queued later
        - b            => released b, admitted late
    )");
}

void TestAiohttpScenarios::defaults()
{
    QCOMPARE(Limits().total, 100); // 38, limit_property_default
    QCOMPARE(Limits().perHost, 0); // 38, limit_per_host_property_default
}

void TestAiohttpScenarios::crawlerNeverOvershoots()
{
    // 21, test_connect_with_limit_concurrent: fifty tasks, two slots, each task asks for more.
    QStringList lines{u"limits total=2"_s};
    for (int i = 0; i < 50; ++i)
        lines << u"on t%1: + n%1 A"_s.arg(i) << u"+ t%1 A"_s.arg(i);
    for (int i = 0; i < 50; ++i)
        lines << u"- t%1"_s.arg(i);
    for (int i = 0; i < 50; ++i)
        lines << u"- n%1"_s.arg(i);
    lines << u"?"_s;
    const QString log = AdmissionScript::play(lines.join(u'\n'));

    int inFlight = 0;
    int admitted = 0;
    static const QRegularExpression step(u"(admitted|released) \\w"_s);
    for (auto it = step.globalMatch(log); it.hasNext();) {
        const bool isAdmission = it.next().captured(1) == "admitted"_L1;
        admitted += isAdmission;
        inFlight += isAdmission ? 1 : -1;
        QVERIFY(inFlight <= 2);
    }
    QCOMPARE(admitted, 100);
    QVERIFY(log.endsWith("? => in flight 0"_L1));
}

QTEST_GUILESS_MAIN(TestAiohttpScenarios)
#include "tst_aiohttpscenarios.moc"
