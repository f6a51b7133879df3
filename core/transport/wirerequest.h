// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transport/requesttarget.h"

#include <QNetworkRequest>

namespace Sluice {

/** A request in Qt's terms, with the header fields that Qt will add of itself. */
struct WireRequest
{
    QNetworkRequest request;
    QByteArray method;
    QByteArray body;
    HeaderList sentHeaders; ///< All that goes on the wire.
    QString address;        ///< Where `resolve` sends it instead of the URL's host; else empty.
    quint64 number = 0;     ///< Of the writing, given by whoever remembers it.
};

/** True when \a wire has a body, or a method that says so even of an empty one (RFC 9110 8.6). */
bool carriesBody(const WireRequest &wire);
/** True when the reply to \a method with \a status has one, whatever it announces (RFC 9112 6.3).
 */
bool hasBody(const QByteArray &method, int status);

/** The fields of \a headers under \a name as one value (RFC 9110 5.3, RFC 6265 5.4). */
QByteArray joinedValue(const HeaderList &headers, QByteArrayView name);

/** Turns prepared requests into Qt's; one for each connection profile. */
class WireRequestWriter
{
public:
    /** Fails with ErrorCode::Tls when a certificate or key file of \a profile cannot be read. */
    static Result<WireRequestWriter> create(const ConnectionProfile &profile,
                                            int idleExpirySeconds);

    /** As create() was told; Qt takes it from the first request to a host without connections. */
    void setIdleExpirySeconds(int seconds);

    /**
     * \a target is that of \a request, \a cookies the whole `Cookie` value, or empty. Fails with
     * ErrorCode::InvalidUrl for what is not http or https and with ErrorCode::Usage for a header
     * field that would break the request (RFC 9110 5.1, 5.5).
     */
    Result<WireRequest> write(const PreparedRequest &request, const RequestTarget &target,
                              const QByteArray &cookies) const;

private:
    WireRequestWriter() = default;

    QNetworkRequest m_template; ///< Carries the attributes, which copies share.
    HttpVersion m_httpVersion = HttpVersion::Auto;
};

} // namespace Sluice
