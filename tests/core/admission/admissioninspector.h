// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionqueue.h"

#include <map>
#include <set>

namespace Sluice {

/** What an AdmissionQueue keeps inside, in plain lists to compare with a model's. */
class AdmissionInspector
{
public:
    using Turn = std::pair<EndpointId, Priority>;

    explicit AdmissionInspector(const AdmissionQueue &queue) : m_queue(queue) {}

    /** The hosts in the rings of those that could send, by priority. */
    std::set<Turn> ring() const;
    /** The queued tickets of every host and priority that has some, first in front. */
    std::map<Turn, std::vector<TicketId>> fifos() const;
    /** Tickets and hosts that hold memory: what an idle queue has none of. */
    int liveTickets() const;
    int liveHosts() const;

private:
    const AdmissionQueue &m_queue;
};

} // namespace Sluice
