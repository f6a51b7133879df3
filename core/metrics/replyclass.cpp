// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/replyclass.h"

#include "core/metrics/sample.h"

namespace Sluice {

ReplyClass replyClass(const Sample &sample)
{
    if (sample.error) {
        switch (*sample.error) {
        case ErrorCode::ConnectTimeout:
        case ErrorCode::FirstByteTimeout:
        case ErrorCode::IdleTimeout:
        case ErrorCode::TotalTimeout:
        case ErrorCode::QueueTimeout:
            return ReplyClass::Timeout;
        default:
            return ReplyClass::NoReply;
        }
    }
    if (sample.status == 429 || sample.status == 503)
        return ReplyClass::Limited;
    if (sample.status >= 500)
        return ReplyClass::ServerError;
    if (sample.status >= 400)
        return ReplyClass::ClientError;
    if (sample.status >= 300)
        return ReplyClass::Redirect;
    return sample.status > 0 ? ReplyClass::Success : ReplyClass::NoReply;
}

bool isFailure(ReplyClass reply)
{
    return reply != ReplyClass::Success && reply != ReplyClass::Redirect;
}

} // namespace Sluice
