// SPDX-License-Identifier: GPL-3.0-or-later
// What the queue keeps of each host: its limit, what blocks it, its place in the rings.
#include "core/admission/admissionqueue.h"

#include <algorithm>

namespace Sluice {

quint32 AdmissionQueue::takeHost(EndpointId endpoint)
{
    quint32 &index = m_hostOf[std::size_t(endpoint)];
    if (index != NoIndex)
        return index;
    if (m_freeHosts.empty()) {
        index = m_hosts.append();
    } else {
        index = m_freeHosts.back();
        m_freeHosts.pop_back();
        m_hosts[index] = {};
    }
    m_hosts[index].endpoint = endpoint;
    m_hosts[index].limit = limitInForce(endpoint);
    return index;
}

void AdmissionQueue::dropHostIfIdle(quint32 hostIndex)
{
    HostState &host = m_hosts[hostIndex];
    if (host.queued > 0 || host.inFlight > 0 || host.holdUntilUs != 0)
        return;
    m_hostOf[std::size_t(host.endpoint)] = NoIndex;
    host.endpoint = EndpointId::None;
    m_freeHosts.push_back(hostIndex);
}

int AdmissionQueue::limitInForce(EndpointId endpoint)
{
    EndpointLimit &limit = m_endpointLimits[std::size_t(endpoint)];
    if (limit.adaptive > 0)
        return limit.adaptive;
    if (limit.revision != m_limitsRevision) {
        limit.configured = limitForEndpoint(m_limits, record(endpoint).name);
        limit.revision = m_limitsRevision;
    }
    return limit.configured;
}

WaitReason AdmissionQueue::hostBlock(const HostState &host) const
{
    if (host.holdUntilUs > m_nowUs)
        return WaitReason::Hold;
    if (host.limit > 0 && host.inFlight >= host.limit)
        return WaitReason::HostLimit;
    if (m_hostRate.isOn() && !m_hostRate.isReady(record(host.endpoint).paidUntilUs, m_nowUs))
        return WaitReason::HostRate;
    return WaitReason::None;
}

void AdmissionQueue::refreshHost(quint32 hostIndex)
{
    HostState &host = m_hosts[hostIndex];
    const WaitReason block = host.queued == 0 ? WaitReason::None : hostBlock(host);
    if (block != host.block) {
        m_queuedByBlock[std::size_t(host.block)] -= host.queued;
        m_queuedByBlock[std::size_t(block)] += host.queued;
        addRunning(host.waited, host.block, 1);
        addRunning(host.waited, block, -1);
        host.block = block;
    }
    if (host.holdUntilUs != 0)
        m_wakes.set(hostIndex, host.holdUntilUs);
    else if (block == WaitReason::HostRate)
        m_wakes.set(hostIndex, m_hostRate.readyUs(record(host.endpoint).paidUntilUs));
    else
        m_wakes.remove(hostIndex);

    const PriorityMask belongs = block == WaitReason::None ? host.waiting() : PriorityMask(0);
    if (belongs == host.inRing)
        return;
    for (std::size_t p = 0; p < PriorityCount; ++p) {
        const PriorityMask bit = maskOf(Priority(p));
        if (host.inRing & ~belongs & bit)
            leaveRing(hostIndex, Priority(p));
        else if (belongs & ~host.inRing & bit)
            joinRing(hostIndex, Priority(p));
    }
}

void AdmissionQueue::joinRing(quint32 hostIndex, Priority priority)
{
    const auto p = std::size_t(priority);
    m_rings[p].append(hostIndex,
                      [this, p](quint32 i) -> IndexLink & { return m_hosts[i].ring[p]; });
    m_hosts[hostIndex].inRing |= maskOf(priority);
}

void AdmissionQueue::leaveRing(quint32 hostIndex, Priority priority)
{
    const auto p = std::size_t(priority);
    m_rings[p].remove(hostIndex,
                      [this, p](quint32 i) -> IndexLink & { return m_hosts[i].ring[p]; });
    m_hosts[hostIndex].inRing &= PriorityMask(~maskOf(priority));
}

void AdmissionQueue::applyHostLimits(const Limits &before)
{
    const bool counts = before.perHost != m_limits.perHost || before.hosts != m_limits.hosts;
    const bool rates = before.ratePerHost != m_limits.ratePerHost;
    if (!counts && !rates && before.holdMaxUs == m_limits.holdMaxUs)
        return;
    m_limitsRevision += counts;
    if (rates) {
        const RateGate rate(m_limits.ratePerHost);
        for (EndpointRecord &endpoint : m_endpoints)
            endpoint.paidUntilUs = rate.carriedOver(endpoint.paidUntilUs, m_nowUs, m_hostRate);
        m_hostRate = rate;
    }
    const qint64 longestHoldUs = later(m_nowUs, m_limits.holdMaxUs);
    for (quint32 i = 0; i < m_hosts.size(); ++i) {
        HostState &host = m_hosts[i];
        if (host.endpoint == EndpointId::None)
            continue;
        host.limit = limitInForce(host.endpoint);
        host.holdUntilUs = std::min(host.holdUntilUs, longestHoldUs);
        refreshHost(i);
    }
}

} // namespace Sluice
