// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/admissionqueue.h"
#include "core/tuning/adaptivelimit.h"

#include <unordered_map>
#include <vector>

namespace Sluice {

/**
 * Keeps an AdaptiveLimit for each endpoint whose HostLimit asks for one, feeds it with what ended,
 * and hands its decisions to the queue. The queue's own limits say which endpoints those are, so a
 * limit that is made fixed again holds at once.
 *
 * Lives in the engine thread, as long as the queue.
 */
class AdaptiveLimits
{
public:
    explicit AdaptiveLimits(AdmissionQueue &queue) : m_queue(queue) {}

    /** \a endpoint is used from now on; before its first ticket. */
    void watch(EndpointId endpoint);
    /** The queue's limits have changed; a limit of the same kind goes on as it is. */
    void limitsChanged();
    /** False when no sample is of any use. */
    bool isOn() const { return !m_entries.empty(); }
    /** One exchange with \a endpoint has ended. May admit tickets. */
    void ended(EndpointId endpoint, const LimitSample &sample);

private:
    struct Entry
    {
        QString kind;
        AdaptiveLimit limit;
    };

    void apply(EndpointId endpoint);

    AdmissionQueue &m_queue;
    std::vector<bool> m_isWatched; ///< By EndpointId.
    std::unordered_map<EndpointId, Entry> m_entries;
};

} // namespace Sluice
