// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionqueue.h"
#include "tests/support/fakeclock.h"

#include <QHash>
#include <QStringList>

namespace Sluice {

/**
 * Plays a small script against an AdmissionQueue and writes down what the queue says, so that a
 * test row is one text: on each line a command, `=>`, and the events that it must cause.
 *
 *     limits total=1 perHost=0 hosts=*.b:2 rate=10/2 hostRate=5/1 max=3 timeout=50ms holdMax=10s
 *     + t A [interactive|continuation] [waited=20ms]   enqueue ticket t for host A
 *     - t [dropped|ignored]                            release
 *     x t                                              cancel
 *     pause, resume, close, hold A 5s, endhold A, adaptive A 3
 *     tick 10ms       the clock moves on, then advance()
 *     sleep 10ms      the clock moves on and nobody calls
 *     on t: CMD; CMD  commands to run inside the callback that admits (or refuses) t
 *     ?               the gauges;  ? t  what t waits for;  ? due  the time to the next deadline
 *
 * Host A is `http://a:80`; a name with `://` is taken as it is.
 */
class AdmissionScript final : private AdmissionClient, private AdmissionObserver
{
public:
    AdmissionScript();

    /** \a text with the events that really came: equal to \a text when all is as expected. */
    static QString play(const QString &text);
    // A test function's data are rows of scripts, and checkRow() is all that it does.
    static void addColumns();
    static void addRow(const char *name, const char *script);
    static void checkRow();

    /** Every line of \a text, trimmed, with one space around `=>`. */
    static QString normalized(const QString &text);

private:
    void ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits) override;
    void ticketRefused(TicketId ticket, quint64 tag, Refusal refusal,
                       const WaitTimes &waits) override;
    void admissionEvent(const AdmissionEvent &event) override;

    void run(const QString &command);
    void runTicketCommand(const QStringList &words);
    void enqueue(const QStringList &words);
    void setLimits(const QStringList &words);
    void ask(const QStringList &words);
    void runCallbacks(const QString &ticket);
    EndpointId host(const QString &name);
    QString hostName(EndpointId endpoint) const;
    QString ticketName(TicketId ticket) const { return m_names.value(quint64(ticket)); }
    void say(const QString &text) { m_said.append(text); }

    FakeClock m_clock;
    AdmissionQueue m_queue;
    QStringList m_said;
    QStringList m_enqueuing;
    QStringList m_tags;
    QHash<QString, TicketId> m_ids;
    QHash<quint64, QString> m_names;
    QHash<QString, QString> m_callbacks;
    QString m_expectedCall; ///< The client must hear next what the observer just heard.
};

} // namespace Sluice
