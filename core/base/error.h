// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Sluice {

/** What kind of thing went wrong; callers branch on it, reports group by it. */
enum class ErrorCode {
    // The user's input.
    Usage,           ///< A command line or a value that makes no sense.
    FileNotFound,    ///< A path that is not there.
    Parse,           ///< A file that cannot be understood; `Error::line` says where.
    UnknownVariable, ///< `{{name}}` that no scope defines, or a cycle of them.
    InvalidUrl,
    Unsupported,     ///< Understood, but this program cannot do it.
    // The file system.
    Io,
    ReadOnly,
    ChangedOnDisk,
    // Admission: the request was never sent.
    QueueFull,
    QueueTimeout,
    Cancelled,
    // The network.
    HostNotFound,
    ConnectionRefused,
    ConnectFailed,
    ConnectTimeout,
    FirstByteTimeout,
    IdleTimeout,
    TotalTimeout,
    Tls,
    Proxy,
    ConnectionClosed, ///< The server closed before the reply was complete.
    BrokenReply,      ///< The server answered something that is not HTTP.
    TooManyRedirects,
    BodyTooLarge,
    // Ours.
    Internal,
};

/** The stable name of \a code as reports spell it, e.g. `connectTimeout`. */
QString errorCodeName(ErrorCode code);

/**
 * A failure: a code for programs, one clear sentence for people and, where the input is a file,
 * its place. Lines and columns count from 1; 0 means unknown.
 */
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;
    QString file;
    int line = 0;
    int column = 0;

    /** `file:line:column: message`, without the parts that are unknown. */
    QString toString() const;

    bool operator==(const Error &) const = default;
};

} // namespace Sluice
