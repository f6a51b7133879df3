// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/adaptivelimits.h"

#include "core/tuning/limitcatalog.h"

#include <algorithm>

namespace Sluice {

void AdaptiveLimits::watch(EndpointId endpoint)
{
    const auto index = std::size_t(endpoint);
    if (index >= m_isWatched.size())
        m_isWatched.resize(index + 1);
    m_isWatched[index] = true;
    apply(endpoint);
}

void AdaptiveLimits::limitsChanged()
{
    const std::vector<HostLimit> &hosts = m_queue.limits().hosts;
    if (m_entries.empty() && std::ranges::none_of(hosts, &HostLimit::isAdaptive))
        return;
    for (std::size_t index = 0; index < m_isWatched.size(); ++index) {
        if (m_isWatched[index])
            apply(EndpointId(quint32(index)));
    }
}

void AdaptiveLimits::apply(EndpointId endpoint)
{
    const HostLimit *host = overrideForEndpoint(m_queue.limits(), m_queue.endpointName(endpoint));
    const QString kind = host ? host->adaptive : QString();
    const auto known = m_entries.find(endpoint);
    if (known != m_entries.end() && known->second.kind == kind)
        return;
    if (known != m_entries.end()) {
        m_entries.erase(known);
        m_queue.setAdaptiveLimit(endpoint, 0);
    }
    std::unique_ptr<LimitAlgorithm> algorithm = makeLimitAlgorithm(kind);
    if (!algorithm)
        return;
    const auto made =
        m_entries.emplace(endpoint, Entry{kind, AdaptiveLimit(std::move(algorithm))}).first;
    m_queue.setAdaptiveLimit(endpoint, made->second.limit.limit());
}

void AdaptiveLimits::ended(EndpointId endpoint, const LimitSample &sample)
{
    const auto found = m_entries.find(endpoint);
    if (found != m_entries.end())
        m_queue.setAdaptiveLimit(endpoint, found->second.limit.ended(sample));
}

} // namespace Sluice
