// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/admissionscript.h"

#include "core/base/duration.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

const QStringList ReasonNames{u"paused"_s, u"hold"_s, u"host"_s, u"hostRate"_s,
                              u"total"_s,  u"rate"_s, u"none"_s};
const QStringList RefusalNames{u"queueFull"_s, u"queueTimeout"_s, u"closed"_s};

qint64 microseconds(const QString &text)
{
    const Result<qint64> us = parseDurationUs(text);
    Q_ASSERT_X(us, "microseconds", qPrintable(text));
    return *us;
}

RateLimit rate(const QString &text)
{
    return {text.section(u'/', 0, 0).toDouble(), text.section(u'/', 1, 1).toDouble()};
}

QString waitsText(const WaitTimes &waits)
{
    QStringList parts;
    for (std::size_t r = 0; r < WaitReasonCount; ++r) {
        if (waits[r] != 0)
            parts << ReasonNames[qsizetype(r)] + u' ' + durationText(waits[r]);
    }
    return parts.isEmpty() ? QString() : " ("_L1 + parts.join(u' ') + u')';
}

} // namespace

AdmissionScript::AdmissionScript() : m_queue(m_clock, *this, this) {}

QString AdmissionScript::normalized(const QString &text)
{
    QStringList lines;
    for (const QString &line : text.trimmed().split(u'\n')) {
        const QString command = line.section("=>"_L1, 0, 0).simplified();
        const QString events = line.section("=>"_L1, 1).simplified();
        lines << (events.isEmpty() ? command : command + " => "_L1 + events);
    }
    return lines.join(u'\n');
}

QString AdmissionScript::play(const QString &text)
{
    AdmissionScript script;
    QStringList lines;
    for (const QString &line : normalized(text).split(u'\n')) {
        const QString command = line.section(" => "_L1, 0, 0);
        script.m_said.clear();
        script.run(command);
        const QString said = script.m_said.join(", "_L1);
        lines << (said.isEmpty() ? command : command + " => "_L1 + said);
    }
    return lines.join(u'\n');
}

void AdmissionScript::addColumns()
{
    QTest::addColumn<QString>("script");
}

void AdmissionScript::addRow(const char *name, const char *script)
{
    QTest::newRow(name) << QString::fromLatin1(script);
}

void AdmissionScript::checkRow()
{
    QFETCH(QString, script);
    const QString expected = normalized(script);
    const QString actual = play(script);
    if (actual != expected)
        qInfo("actual:\n%s", qPrintable(actual));
    QCOMPARE(actual, expected);
}

void AdmissionScript::run(const QString &command)
{
    const QStringList words = command.split(u' ', Qt::SkipEmptyParts);
    const QString verb = words.value(0);
    if (verb == "limits"_L1) {
        setLimits(words);
    } else if (verb == "pause"_L1) {
        m_queue.pause();
    } else if (verb == "resume"_L1) {
        m_queue.resume();
    } else if (verb == "close"_L1) {
        m_queue.close();
    } else if (verb == "hold"_L1) {
        m_queue.hold(host(words[1]), m_clock.nowUs() + microseconds(words[2]));
    } else if (verb == "endhold"_L1) {
        m_queue.endHold(host(words[1]));
    } else if (verb == "adaptive"_L1) {
        m_queue.setAdaptiveLimit(host(words[1]), words[2].toInt());
    } else if (verb == "tick"_L1) {
        m_clock.advanceUs(microseconds(words[1]));
        m_queue.advance();
    } else if (verb == "sleep"_L1) {
        m_clock.advanceUs(microseconds(words[1]));
    } else if (verb == "on"_L1) {
        m_callbacks.insert(words[1].chopped(1), command.section(u':', 1));
    } else if (verb == "?"_L1) {
        ask(words);
    } else {
        runTicketCommand(words);
    }
}

void AdmissionScript::runTicketCommand(const QStringList &words)
{
    const QString verb = words.value(0);
    const TicketId ticket = m_ids.value(words.value(1), TicketId::None);
    if (verb == "+"_L1) {
        enqueue(words);
    } else if (verb == "-"_L1) {
        const QString how = words.value(2);
        const Outcome outcome = how == "dropped"_L1   ? Outcome::Dropped
                                : how == "ignored"_L1 ? Outcome::Ignored
                                                      : Outcome::Success;
        if (!m_queue.release(ticket, outcome))
            say(u"not admitted"_s);
    } else if (verb == "x"_L1) {
        if (!m_queue.cancel(ticket))
            say(u"not queued"_s);
    } else {
        qFatal("unknown command: %s", qPrintable(words.join(u' ')));
    }
}

void AdmissionScript::enqueue(const QStringList &words)
{
    Priority priority = Priority::Run;
    qint64 enqueuedUs = 0;
    for (const QString &word : words.sliced(3)) {
        if (word == "interactive"_L1)
            priority = Priority::Interactive;
        else if (word == "continuation"_L1)
            priority = Priority::Continuation;
        else if (word.startsWith("waited="_L1))
            enqueuedUs = m_clock.nowUs() - microseconds(word.section(u'=', 1));
    }
    m_enqueuing.append(words[1]);
    m_tags.append(words[1]);
    m_queue.enqueue(host(words[2]), priority, quint64(m_tags.size() - 1), enqueuedUs);
}

void AdmissionScript::setLimits(const QStringList &words)
{
    Limits limits = m_queue.limits();
    for (const QString &word : words.sliced(1)) {
        const QString key = word.section(u'=', 0, 0);
        const QString value = word.section(u'=', 1);
        if (key == "total"_L1) {
            limits.total = value.toInt();
        } else if (key == "perHost"_L1) {
            limits.perHost = value.toInt();
        } else if (key == "hosts"_L1) {
            limits.hosts.clear();
            for (const QString &host : value.split(u',', Qt::SkipEmptyParts))
                limits.hosts.push_back({host.section(u'=', 0, 0), host.section(u'=', 1).toInt()});
        } else if (key == "rate"_L1) {
            limits.rate = rate(value);
        } else if (key == "hostRate"_L1) {
            limits.ratePerHost = rate(value);
        } else if (key == "max"_L1) {
            limits.queueMax = value.toInt();
        } else if (key == "timeout"_L1) {
            limits.queueTimeoutUs = microseconds(value);
        } else if (key == "holdMax"_L1) {
            limits.holdMaxUs = microseconds(value);
        } else {
            qFatal("unknown limit: %s", qPrintable(word));
        }
    }
    m_queue.setLimits(limits);
}

void AdmissionScript::ask(const QStringList &words)
{
    if (words.value(1) == "due"_L1) {
        const qint64 deadline = m_queue.nextDeadlineUs();
        say(deadline < 0 ? u"never"_s : durationText(deadline - m_clock.nowUs()));
        return;
    }
    if (words.size() > 1) {
        say(ReasonNames[qsizetype(m_queue.waitingFor(m_ids.value(words[1])))]);
        return;
    }
    const AdmissionSnapshot all = m_queue.snapshot();
    say(u"in flight %1"_s.arg(all.inFlight));
    if (all.draining > 0)
        say(u"draining %1"_s.arg(all.draining));
    for (std::size_t r = 0; r < WaitReasonCount; ++r) {
        if (all.queuedByReason[r] > 0)
            say(u"%1 wait for %2"_s.arg(all.queuedByReason[r]).arg(ReasonNames[qsizetype(r)]));
    }
}

void AdmissionScript::ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits)
{
    const QString name = m_tags.value(qsizetype(tag));
    if (m_expectedCall != "admitted "_L1 + name + waitsText(waits))
        say(u"CLIENT HEARD admitted %1 AFTER %2"_s.arg(name, m_expectedCall));
    Q_ASSERT(ticketName(ticket) == name);
    runCallbacks(name);
}

void AdmissionScript::ticketRefused(TicketId ticket, quint64 tag, Refusal refusal,
                                    const WaitTimes &)
{
    const QString name = m_tags.value(qsizetype(tag));
    if (!m_expectedCall.startsWith("refused %1 %2"_L1.arg(name, RefusalNames[int(refusal)])))
        say(u"CLIENT HEARD refused %1 AFTER %2"_s.arg(name, m_expectedCall));
    Q_ASSERT(ticketName(ticket) == name);
    runCallbacks(name);
}

void AdmissionScript::runCallbacks(const QString &ticket)
{
    for (const QString &command : m_callbacks.take(ticket).split(u';', Qt::SkipEmptyParts))
        run(command);
}

void AdmissionScript::admissionEvent(const AdmissionEvent &event)
{
    using Kind = AdmissionEvent::Kind;
    const bool begins = event.kind == Kind::Enqueued
                        || (event.kind == Kind::Refused && ticketName(event.ticket).isEmpty());
    if (begins) {
        const QString name = m_enqueuing.takeLast();
        m_ids.insert(name, event.ticket);
        m_names.insert(quint64(event.ticket), name);
    }
    const QString ticket = ticketName(event.ticket);
    switch (event.kind) {
    case Kind::Enqueued:
        return say("queued "_L1 + ticket);
    case Kind::Admitted:
        m_expectedCall = "admitted "_L1 + ticket + waitsText(event.waits);
        return say(m_expectedCall);
    case Kind::Cancelled:
        return say("cancelled "_L1 + ticket + waitsText(event.waits));
    case Kind::Refused:
        m_expectedCall = "refused %1 %2"_L1.arg(ticket, RefusalNames[int(event.refusal)])
                         + waitsText(event.waits);
        return say(m_expectedCall);
    case Kind::Released:
        return say("released "_L1 + ticket);
    case Kind::LimitsChanged:
        return say(u"limits"_s);
    case Kind::Paused:
        return say(u"paused"_s);
    case Kind::Resumed:
        return say(u"resumed"_s);
    case Kind::HoldBegan:
        return say("hold %1 %2"_L1.arg(hostName(event.endpoint),
                                       durationText(event.untilUs - event.atUs)));
    case Kind::HoldEnded:
        return say("hold ends "_L1 + hostName(event.endpoint));
    case Kind::WaitsChanged:
        return say(u"waits"_s);
    case Kind::Idle:
        return say(u"idle"_s);
    case Kind::Closed:
        return say(u"closed"_s);
    }
}

EndpointId AdmissionScript::host(const QString &name)
{
    return m_queue.endpoint(name.contains("://"_L1) ? name : "http://%1:80"_L1.arg(name.toLower()));
}

QString AdmissionScript::hostName(EndpointId endpoint) const
{
    const QString name = m_queue.endpointName(endpoint);
    return name.section(u'/', 2).section(u':', 0, 0).toUpper();
}

} // namespace Sluice
