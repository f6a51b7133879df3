// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/header.h"
#include "core/http/httpversion.h"

#include <QUrl>

#include <memory>

namespace Sluice {

/** How a connection is secured and routed; requests that differ here never share a lane. */
struct ConnectionProfile
{
    bool verifyTls = true;
    QString caFile;   ///< Extra certificate authorities, PEM.
    QString certFile; ///< Client certificate, PEM.
    QString keyFile;
    QString proxy; ///< `http://user:pw@host:port`, `socks5://…`; empty = direct.
    QStringList noProxy;
    HttpVersion httpVersion = HttpVersion::Auto;

    bool operator==(const ConnectionProfile &) const = default;
};

/** Deadlines in microseconds; 0 = off. Time in the admission queue counts against none of them. */
struct Timeouts
{
    qint64 connectUs = 30'000'000;
    qint64 firstByteUs = 0;
    qint64 idleUs = 60'000'000; ///< No byte in either direction.
    qint64 totalUs = 300'000'000;

    bool operator==(const Timeouts &) const = default;
};

/** A request with every variable expanded and signed: what goes on the wire. */
struct PreparedRequest
{
    QByteArray method = "GET";
    QUrl url;
    HeaderList headers;
    /** Names of header fields that carry a secret; a redirect to another origin leaves them out. */
    std::vector<QByteArray> credentialHeaders;
    QByteArray body;
    ConnectionProfile profile;
    Timeouts timeouts;
    /** `HOST:PORT:ADDR` as curl's --resolve: connect to ADDR, keep Host and TLS name. */
    QStringList resolve;
    int maxRedirects = 10; ///< 0 = a redirect is the reply.
    int maxRetries = 0;    ///< For idempotent methods only.
    qint64 maxBodyBytes = qint64(256) * 1024 * 1024;
    bool useCookies = true;
    quint32 cookieJar = 0; ///< Requests with the same number share cookies.
};

/** One that is the same for many: a run has it in its queue thousands of times. */
using SharedRequest = std::shared_ptr<const PreparedRequest>;

/** RFC 9110 9.2.2: repeating it has the effect of doing it once. */
bool isIdempotent(QByteArrayView method);

} // namespace Sluice
