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
    void neverExceeded() { AdmissionScript::checkRow(); }
    void workConserving_data();
    void workConserving() { AdmissionScript::checkRow(); }
    void order_data();
    void order() { AdmissionScript::checkRow(); }
    void priorities_data();
    void priorities() { AdmissionScript::checkRow(); }
    void live_data();
    void live() { AdmissionScript::checkRow(); }
    void cancel_data();
    void cancel() { AdmissionScript::checkRow(); }
    void noPriorityStarves_data();
    void noPriorityStarves();
    void aCrowdDoesNotDelayOthers();
    void hostsLeaveNothingBehind();
};

void TestAdmissionPromises::neverExceeded_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("total", R"(
        limits total=2   => limits
        + a A            => queued a, admitted a
        + b B            => queued b, admitted b
        + c C            => queued c
        ?                => in flight 2, 1 wait for total
        - a              => released a, admitted c
    )");
    AdmissionScript::addRow("per host", R"(
        limits total=0 perHost=1 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2
        + b1 B                   => queued b1, admitted b1
        ?                        => in flight 2, 1 wait for host
        - a1                     => released a1, admitted a2
    )");
    AdmissionScript::addRow("both: the smaller binds", R"(
        limits total=3 perHost=2 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2, admitted a2
        + a3 A                   => queued a3
        + b1 B                   => queued b1, admitted b1
        + b2 B                   => queued b2
        ? a3                     => host
        ? b2                     => total
    )");
    AdmissionScript::addRow("override", R"(
        limits hosts=a=1,*.z=2 => limits
        + a1 A                 => queued a1, admitted a1
        + a2 A                 => queued a2
        + z1 http://x.z:80     => queued z1, admitted z1
        + z2 http://x.z:80     => queued z2, admitted z2
        + z3 http://x.z:80     => queued z3
    )");
    AdmissionScript::addRow("0 is unlimited", R"(
        limits total=0 => limits
        + a A          => queued a, admitted a
        + b A          => queued b, admitted b
        + c A          => queued c, admitted c
    )");
    AdmissionScript::addRow("scheme and port are other endpoints", R"(
        limits perHost=1   => limits
        + a http://x:80    => queued a, admitted a
        + b https://x:443  => queued b, admitted b
        + c http://x:8080  => queued c, admitted c
        + d http://x:80    => queued d
    )");
}

void TestAdmissionPromises::workConserving_data()
{
    AdmissionScript::addColumns();
    AdmissionScript::addRow("a host at its limit blocks nobody else", R"(
        limits total=3 perHost=1 => limits
        + a1 A                   => queued a1, admitted a1
        + a2 A                   => queued a2
        + a3 A                   => queued a3
        + b1 B                   => queued b1, admitted b1
        + c1 C                   => queued c1, admitted c1
    )");
    AdmissionScript::addRow("one event admits as many as fit", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        + d A          => queued d
        limits total=3 => limits, admitted b, admitted c
        limits total=0 => limits, admitted d
    )");
    AdmissionScript::addRow("work that waits for its host takes nothing from the total", R"(
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
    AdmissionScript::addColumns();
    AdmissionScript::addRow("first in, first out inside a host", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        - a            => released a, admitted b
        + d A          => queued d
        - b            => released b, admitted c
        - c            => released c, admitted d
    )");
    AdmissionScript::addRow("hosts take turns", R"(
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
    AdmissionScript::addColumns();
    AdmissionScript::addRow("inside a host", R"(
        limits total=1     => limits
        + a A              => queued a, admitted a
        + r A              => queued r
        + i A interactive  => queued i
        + c A continuation => queued c
        - a                => released a, admitted c
        - c                => released c, admitted i
        - i                => released i, admitted r
    )");
    AdmissionScript::addRow("across hosts", R"(
        limits total=1     => limits
        + a A              => queued a, admitted a
        + r B              => queued r
        + i C interactive  => queued i
        + c D continuation => queued c
        - a                => released a, admitted c
        - c                => released c, admitted i
        - i                => released i, admitted r
    )");
    AdmissionScript::addRow("no priority breaks a limit", R"(
        limits perHost=1   => limits
        + a A              => queued a, admitted a
        + c A continuation => queued c
        + r B              => queued r, admitted r
    )");
    AdmissionScript::addRow("an urgent ticket lifts its host over others", R"(
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
    AdmissionScript::addColumns();
    AdmissionScript::addRow("a raise admits at once, a cut drains", R"(
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
    AdmissionScript::addRow("equal limits change nothing", R"(
        limits total=3 => limits
        limits total=3
    )");
    AdmissionScript::addRow("an override that changes re-keys what is queued", R"(
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
    AdmissionScript::addRow("an adaptive limit is in force instead of the configured one", R"(
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
    AdmissionScript::addRow("0 lifts the limit, and back", R"(
        limits total=1 perHost=1 => limits
        + a A                    => queued a, admitted a
        + b A                    => queued b
        + c B                    => queued c
        limits total=0 perHost=0 => limits, admitted c, admitted b
        limits total=1           => limits
        ?                        => in flight 3, draining 2
    )");
    AdmissionScript::addRow(
        "a rate that is switched on starts with a full bucket; a change keeps the tokens", R"(
        limits rate=10/2 => limits
        + a A            => queued a, admitted a
        + b A            => queued b, admitted b
        limits rate=10/5 => limits
        + c A            => queued c
        ? due            => 100ms
        limits rate=0/1  => limits, admitted c
    )");
    AdmissionScript::addRow("a shorter timeout refuses at once, a longer one waits on", R"(
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
    AdmissionScript::addColumns();
    AdmissionScript::addRow("a queued ticket leaves and frees nothing", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        x b            => cancelled b
        x b            => not queued
        ?              => in flight 1, 1 wait for total
        - a            => released a, admitted c
    )");
    AdmissionScript::addRow("an admitted ticket keeps its slot until it is released, once", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        x a            => not queued
        - a            => released a, admitted b
        - a            => not admitted
        - b            => released b, idle
        - b            => not admitted
    )");
    AdmissionScript::addRow("granted, then given back before it began", R"(
        limits total=1 => limits
        + a A          => queued a, admitted a
        + b A          => queued b
        + c A          => queued c
        on b: - b ignored
        - a            => released a, admitted b, released b, admitted c
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
        void ticketRefused(TicketId, quint64, Refusal, const WaitTimes &) override {}
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
