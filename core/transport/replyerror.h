// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QNetworkReply>

#include <optional>

namespace Sluice {

/**
 * What went wrong with a finished \a reply, in one sentence that names \a host (`host:port`);
 * nothing when the server answered, whatever its status. \a proxy (`host:port`) is the one the
 * request went through, or empty: Qt reports a proxy that cannot be reached as it would the host.
 */
std::optional<Error> replyError(const QNetworkReply &reply, const QString &host,
                                const QString &proxy = {});

/** Which of our own deadlines ran out. */
enum class Deadline : quint8 { Connect, FirstByte, Idle, Total };

/** The error for \a deadline of \a us; \a headerless: a status line came, but no header field. */
Error deadlineError(Deadline deadline, qint64 us, const QString &host, bool headerless);

/** The error for a reply whose body ends after \a bytes, before it should. */
Error cutOffError(qint64 bytes, const QString &host);

/** The error for a reply that is none: Qt takes an interim one, of \a status, for it. */
Error interimError(int status, const QString &host);

/** The error for a body of more than \a maxBytes. */
Error bodyTooLargeError(qint64 maxBytes, const QString &host);

/** What an HTTP/2 server that did nothing about a request has said instead (RFC 9113 8.7). */
enum class Refused : quint8 {
    No,
    Stream,     ///< RST_STREAM with REFUSED_STREAM.
    Connection, ///< GOAWAY: this connection takes no new streams (RFC 9113 6.8).
};
Refused refusedBy(const QNetworkReply &reply);

} // namespace Sluice
