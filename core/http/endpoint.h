// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QUrl;

namespace Sluice {

/**
 * What a per-host limit counts: scheme, host and effective port. The host is lower case, IDNA
 * ASCII, without a trailing dot; an IPv6 literal is in its canonical form.
 */
struct Endpoint
{
    QString scheme;
    QString host;
    quint16 port = 0;

    /** Of a valid http or https URL; an empty endpoint for any other. */
    static Endpoint of(const QUrl &url);
    bool isValid() const { return port != 0; }
    /** `scheme://host:port`, the port always written, IPv6 in brackets: the admission queue's key. */
    QString key() const;
    /** For people and reports: as key(), without the scheme's default port. */
    QString display() const;

    bool operator==(const Endpoint &) const = default;
};

} // namespace Sluice
