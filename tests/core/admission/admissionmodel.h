// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/admission/admissioninspector.h"

#include <map>
#include <optional>
#include <set>

namespace Sluice {

/**
 * The admission queue as its promises describe it, slow and obvious: it keeps every ticket in a
 * plain list and works everything out anew each time. It follows a real queue by its events and
 * objects to each one that breaks a promise; afterwards it compares every gauge.
 */
class AdmissionModel
{
public:
    struct Ticket
    {
        TicketId id = TicketId::None;
        EndpointId host = EndpointId::None;
        Priority priority = Priority::Run;
        qint64 arrivedUs = 0;
        qint64 enqueuedUs = 0;
        qint64 admittedUs = 0;
        WaitTimes waits{};
    };

    AdmissionModel(const AdmissionQueue &queue, std::vector<EndpointId> hosts, qint64 nowUs);

    /** The first promise that was broken; empty while all is well. */
    const QString &failure() const { return m_failure; }
    void fail(const QString &what);

    const std::vector<Ticket> &queued() const { return m_queued; }
    const std::vector<Ticket> &inFlight() const { return m_inFlight; }
    const std::vector<TicketId> &ended() const { return m_ended; }
    const Limits &limits() const { return m_limits; }
    const std::vector<EndpointId> &hosts() const { return m_hosts; }

    // What the driver is about to do; the events that follow are judged by it.
    void beginCall(qint64 nowUs); ///< A call from outside, at this time by the clock.
    void willEnqueue(EndpointId host, Priority priority, qint64 enqueuedUs);
    void didEnqueue() { m_enqueuing.pop_back(); }
    void willSetLimits(const Limits &limits) { m_settingLimits.push_back(limits); }
    void didSetLimits() { m_settingLimits.pop_back(); }
    void willSetAdaptiveLimit(int limit) { m_settingAdaptive.push_back(limit); }
    void didSetAdaptiveLimit() { m_settingAdaptive.pop_back(); }
    void willEnd(TicketId ticket) { m_mayEnd.insert(ticket); } ///< Release or cancel it.
    void willEndHold(EndpointId host) { m_mayEndHold.insert(host); }
    void endCall(); ///< The call from outside is over: compares everything.

    void apply(const AdmissionEvent &event);
    void clientAdmitted(TicketId ticket);
    void clientRefused(TicketId ticket);

private:
    struct Bucket
    {
        double levelUs = 0; ///< Tokens times the interval between two.
        qint64 atUs = 0;
        double intervalUs = 0; ///< 0 = off.
        double burst = 1;

        double level(qint64 nowUs) const;
        bool isReady(qint64 nowUs) const;
        qint64 readyUs(qint64 nowUs) const;
        void take(qint64 nowUs, bool waited);
        void set(const RateLimit &limit, qint64 nowUs);
    };
    struct Host
    {
        int adaptive = 0;
        int configured = 0;
        qint64 holdUntilUs = 0;
        Bucket bucket;
        bool waitedForRate = false; ///< When the call began.
        std::array<int, PriorityCount> overtaken{};
    };
    using Turn = AdmissionInspector::Turn;

    /** Time spent in one state by all tickets, counted by ticket and, over time, by gauge. */
    struct Little
    {
        qint64 byTicketUs = 0;
        qint64 byGaugeUs = 0;
    };

    // The promises.
    void enqueued(const AdmissionEvent &event);
    void admitted(const AdmissionEvent &event);
    void left(const AdmissionEvent &event);
    void refusedNew(const AdmissionEvent &event);
    void released(const AdmissionEvent &event);
    void limitsChanged(const AdmissionEvent &event);
    void holdEvent(const AdmissionEvent &event);
    void checkWaits(const Ticket &ticket, const WaitTimes &waits);
    void checkPriority(const Ticket &ticket);
    void checkTurn(const Ticket &ticket);
    Priority ringInTurn() const;
    void compareGauges(const AdmissionEvent &event);
    void compareSnapshot();
    void compareInside();
    void compareTimes();

    // The rules, worked out from nothing but the lists.
    int limitOf(EndpointId host) const;
    static int count(const std::vector<Ticket> &tickets, EndpointId host);
    WaitReason hostReason(EndpointId host) const; ///< Of the host itself.
    WaitReason totalReason() const;               ///< Of all hosts.
    WaitReason reason(EndpointId host) const;
    std::array<int, WaitReasonCount> byReason() const;
    bool isAnyAdmissible() const;
    std::set<Turn> turns() const;
    std::optional<Refusal> expectedRefusal(const Ticket &ticket) const;
    qint64 nextDeadlineUs() const;
    void refreshTurns();
    void forgetIdleHosts();

    const AdmissionQueue &m_queue;
    std::vector<EndpointId> m_hosts;
    std::map<EndpointId, Host> m_host;
    Limits m_limits;
    std::vector<QString> m_names;
    Bucket m_bucket;
    bool m_waitedForRate = false; ///< When the call began.
    bool m_paused = false;
    bool m_closed = false;
    qint64 m_nowUs = 0;

    std::vector<Ticket> m_queued; ///< In order of arrival.
    std::vector<Ticket> m_inFlight;
    std::vector<TicketId> m_ended;
    std::set<TicketId> m_used;
    std::vector<Ticket> m_enqueuing; ///< Calls that have begun; likewise the next two.
    std::vector<Limits> m_settingLimits;
    std::vector<int> m_settingAdaptive;
    std::set<TicketId> m_toTellAdmitted;
    std::set<TicketId> m_toTellRefused;
    std::set<TicketId> m_mayEnd;
    std::set<EndpointId> m_mayEndHold;
    std::map<EndpointId, WaitReason> m_settledReason; ///< In force since the last call.

    std::array<int, PriorityCount> m_overtaken{};
    std::map<Turn, std::map<EndpointId, int>> m_servedMeanwhile;
    bool m_idleTold = true;
    AdmissionEvent m_last;
    Little m_queuedTime;
    Little m_inFlightTime;
    QString m_failure;
};

} // namespace Sluice
