// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/admission/admissionmodel.h"
#include "tests/core/admission/modeloperation.h"

#include <deque>

namespace Sluice {

/** Runs operations against a real queue, with the model watching. */
class ModelRun final : private AdmissionClient, private AdmissionObserver
{
public:
    ModelRun();

    /** The first promise that \a operations break, or nothing. */
    static QString failureOf(const ModelOperations &operations);

private:
    /** Unlike a real clock, this one may be set back. */
    struct JumpingClock final : Clock
    {
        qint64 nowUs() const override { return us; }
        qint64 us = 1'000'000;
    };

    void ticketAdmitted(TicketId ticket, quint64 tag, const WaitTimes &waits) override;
    void ticketRefused(TicketId ticket, quint64 tag, Refusal refusal,
                       const WaitTimes &waits) override;
    void admissionEvent(const AdmissionEvent &event) override;

    void play(const ModelOperation &operation);
    void perform(const ModelOperation &operation);
    void performOnTicket(const ModelOperation &operation);
    void performOnEnded(const ModelOperation &operation);
    void giveBack();
    void performOnLimits(const ModelOperation &operation);
    void performOnTime(const ModelOperation &operation);
    void performArmed(std::deque<ModelOperation> &armed);
    void enqueue(const ModelOperation &operation);
    void setLimits(const Limits &limits);
    void drain();
    EndpointId host(quint32 number) const { return m_hosts[number % m_hosts.size()]; }

    JumpingClock m_clock;
    AdmissionQueue m_queue;
    std::vector<EndpointId> m_hosts;
    AdmissionModel m_model;
    std::deque<ModelOperation> m_armedClient;
    std::deque<ModelOperation> m_armedObserver;
    quint64 m_nextTag = 1;
    int m_depth = 0;
};

} // namespace Sluice
