// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace Sluice {

/** The name in aiohttp's `TCPConnector(limit=)` and its default. */
inline constexpr int DefaultTotalLimit = 100;
inline constexpr int DefaultStreamsPerConnection = 100;
inline constexpr qint64 DefaultIdleExpiryUs = 15'000'000;

/**
 * An override of the per-host limit. `pattern` is a host (`api.example.com`), a wildcard over its
 * subdomains (`*.example.com`), a host with a port (`localhost:8080`) or a whole origin
 * (`https://x:8443`).
 */
struct HostLimit
{
    QString pattern;
    int limit = 0; ///< 0 = unlimited.
    /**
     * How the limit is found while requests run, see makeLimitAlgorithm(): `auto`, or the name of
     * an algorithm. Empty = it is not, and `limit` holds.
     */
    QString adaptive{};

    bool isAdaptive() const { return !adaptive.isEmpty(); }
    bool operator==(const HostLimit &) const = default;
};

/**
 * A token bucket: \a perSecond admissions on average, at most \a burst at once. 0 = off. What
 * waited and was let go late counts as of when it was due, see RateGate::charge().
 */
struct RateLimit
{
    double perSecond = 0;
    double burst = 1;

    bool operator==(const RateLimit &) const = default;
};

/**
 * Everything that decides how many requests may be in flight. 0 means unlimited for every count.
 * `hosts` is ordered; the first pattern that matches an endpoint wins, else `perHost` holds.
 */
struct Limits
{
    int total = DefaultTotalLimit;
    int perHost = 0;
    std::vector<HostLimit> hosts;
    int streamsPerConnection = DefaultStreamsPerConnection;
    /** How long a connection that nobody uses stays open; from a second on, in whole seconds. */
    qint64 idleExpiryUs = DefaultIdleExpiryUs;
    RateLimit rate;            ///< Over all hosts.
    RateLimit ratePerHost;     ///< For each endpoint by itself.
    int queueMax = 0;          ///< Queued tickets; a further one is refused with QueueFull.
    qint64 queueTimeoutUs = 0; ///< 0 = off; a ticket that waited longer fails, never sent.
    std::vector<int> holdStatuses{429, 503};
    qint64 holdMaxUs = 60'000'000; ///< Cap on how long a Retry-After may hold a host.

    bool operator==(const Limits &) const = default;
};

/**
 * The limit that \a limits sets for \a endpoint (`scheme://host:port`, lower case, port always
 * written): the first matching override, else `perHost`. Of an adaptive one it is 0: the queue is
 * told by AdmissionQueue::setAdaptiveLimit().
 */
int limitForEndpoint(const Limits &limits, QStringView endpoint);

/** The first override whose pattern covers \a endpoint; null = none, `perHost` holds. */
const HostLimit *overrideForEndpoint(const Limits &limits, QStringView endpoint);

/** True when \a pattern (see HostLimit) covers \a endpoint. */
bool hostPatternMatches(QStringView pattern, QStringView endpoint);

} // namespace Sluice
