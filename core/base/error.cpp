// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

using namespace Qt::StringLiterals;

namespace Sluice {

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Usage: return u"usage"_s;
    case ErrorCode::FileNotFound: return u"fileNotFound"_s;
    case ErrorCode::Parse: return u"parse"_s;
    case ErrorCode::UnknownVariable: return u"unknownVariable"_s;
    case ErrorCode::InvalidUrl: return u"invalidUrl"_s;
    case ErrorCode::Unsupported: return u"unsupported"_s;
    case ErrorCode::Io: return u"io"_s;
    case ErrorCode::ReadOnly: return u"readOnly"_s;
    case ErrorCode::ChangedOnDisk: return u"changedOnDisk"_s;
    case ErrorCode::QueueFull: return u"queueFull"_s;
    case ErrorCode::QueueTimeout: return u"queueTimeout"_s;
    case ErrorCode::Cancelled: return u"cancelled"_s;
    case ErrorCode::HostNotFound: return u"hostNotFound"_s;
    case ErrorCode::ConnectionRefused: return u"connectionRefused"_s;
    case ErrorCode::ConnectFailed: return u"connectFailed"_s;
    case ErrorCode::ConnectTimeout: return u"connectTimeout"_s;
    case ErrorCode::FirstByteTimeout: return u"firstByteTimeout"_s;
    case ErrorCode::IdleTimeout: return u"idleTimeout"_s;
    case ErrorCode::TotalTimeout: return u"totalTimeout"_s;
    case ErrorCode::Tls: return u"tls"_s;
    case ErrorCode::Proxy: return u"proxy"_s;
    case ErrorCode::ConnectionClosed: return u"connectionClosed"_s;
    case ErrorCode::BrokenReply: return u"brokenReply"_s;
    case ErrorCode::TooManyRedirects: return u"tooManyRedirects"_s;
    case ErrorCode::BodyTooLarge: return u"bodyTooLarge"_s;
    case ErrorCode::Internal: return u"internal"_s;
    }
    Q_UNREACHABLE();
}

QString Error::toString() const
{
    QString place;
    if (!file.isEmpty()) {
        place = file + u':';
        if (line > 0)
            place += QString::number(line) + u':';
        if (line > 0 && column > 0)
            place += QString::number(column) + u':';
        place += u' ';
    }
    return place + message;
}

} // namespace Sluice
