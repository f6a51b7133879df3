// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/replyerror.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString spanText(qint64 us)
{
    if (us % 1'000'000 == 0)
        return QString::number(us / 1'000'000) + " s"_L1;
    return us < 1000 ? QString::number(us) + " µs"_L1 : QString::number(us / 1000) + " ms"_L1;
}

Error error(ErrorCode code, const QString &message)
{
    return Error{code, message, {}, 0, 0};
}

Error connectionError(QNetworkReply::NetworkError code, const QString &host, const QString &detail)
{
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        return error(ErrorCode::ConnectionRefused,
                     u"%1 refused the connection: nothing listens there"_s.arg(host));
    case QNetworkReply::RemoteHostClosedError:
        return error(ErrorCode::ConnectionClosed,
                     u"%1 closed the connection before its reply was complete, or answered "
                     "something that is not HTTP"_s.arg(host));
    case QNetworkReply::HostNotFoundError:
        return error(ErrorCode::HostNotFound, u"The host %1 was not found"_s.arg(host));
    case QNetworkReply::TimeoutError:
        return error(ErrorCode::ConnectTimeout,
                     u"%1 did not accept the connection in the system's own time"_s.arg(host));
    case QNetworkReply::SslHandshakeFailedError:
        return error(ErrorCode::Tls, u"The secure connection to %1 failed: %2"_s.arg(host, detail));
    default:
        return error(ErrorCode::ConnectFailed, u"Could not connect to %1: %2"_s.arg(host, detail));
    }
}

} // namespace

std::optional<Error> replyError(const QNetworkReply &reply, const QString &host,
                                const QString &proxy)
{
    const QNetworkReply::NetworkError code = reply.error();
    if (code == QNetworkReply::NoError)
        return {};
    const QString detail = reply.errorString();
    switch (code) {
    case QNetworkReply::OperationCanceledError:
        return error(ErrorCode::Cancelled, u"The request to %1 was cancelled"_s.arg(host));
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
        if (proxy.isEmpty())
            return connectionError(code, host, detail);
        return error(ErrorCode::Proxy,
                     u"The proxy %1 for %2 cannot be reached: %3"_s.arg(proxy, host, detail));
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return error(ErrorCode::Proxy, u"The proxy for %1 failed: %2"_s.arg(host, detail));
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return error(ErrorCode::BrokenReply,
                     u"%1 answered something that is not HTTP: %2"_s.arg(host, detail));
    case QNetworkReply::ContentReSendError:
        return error(ErrorCode::ConnectionClosed,
                     u"%1 closed the connection and the body could not be sent again"_s.arg(host));
    default:
        break;
    }
    if (code < QNetworkReply::ProxyConnectionRefusedError)
        return connectionError(code, host, detail);
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (code == QNetworkReply::UnknownContentError && status < 400) {
        return error(ErrorCode::BrokenReply,
                     u"The body that %1 sent cannot be decoded: %2"_s.arg(host, detail));
    }
    // The other codes only restate a status of 4xx or 5xx.
    if (status > 0)
        return {};
    return error(ErrorCode::BrokenReply, u"No reply from %1: %2"_s.arg(host, detail));
}

/** Qt tells these apart by their text alone, which it does not translate. */
Refused refusedBy(const QNetworkReply &reply)
{
    if (reply.error() == QNetworkReply::NoError)
        return Refused::No;
    const QString text = reply.errorString();
    if (text.contains("Server refused a stream"_L1))
        return Refused::Stream;
    const bool goAway = text.contains("Server stopped accepting new streams before this stream"_L1)
                        || text.contains("GOAWAY received, cannot start a request"_L1);
    return goAway ? Refused::Connection : Refused::No;
}

Error deadlineError(Deadline deadline, qint64 us, const QString &host, bool headerless)
{
    const QString span = spanText(us);
    const QString why = headerless
                            ? u"; its reply has no header fields, which happens with more than 100 "
                              "of them: Qt then drops them all"_s
                            : QString();
    switch (deadline) {
    case Deadline::Connect:
        return error(ErrorCode::ConnectTimeout,
                     u"Could not connect to %1 within %2"_s.arg(host, span));
    case Deadline::FirstByte:
        return error(ErrorCode::FirstByteTimeout,
                     u"%1 did not begin to answer within %2"_s.arg(host, span));
    case Deadline::Idle:
        return error(ErrorCode::IdleTimeout,
                     u"Nothing came from %1 for %2"_s.arg(host, span) + why);
    case Deadline::Total:
        break;
    }
    return error(ErrorCode::TotalTimeout,
                 u"%1 did not complete its reply within %2"_s.arg(host, span) + why);
}

Error cutOffError(qint64 bytes, const QString &host)
{
    return error(ErrorCode::ConnectionClosed, u"%1 broke its reply off after %2"_s.arg(
                                                  host, QLocale::c().formattedDataSize(bytes)));
}

Error interimError(int status, const QString &host)
{
    return error(ErrorCode::BrokenReply,
                 u"%1 sent an interim reply (%2) before its reply, which Qt cannot skip"_s.arg(
                     host, QString::number(status)));
}

Error bodyTooLargeError(qint64 maxBytes, const QString &host)
{
    return error(ErrorCode::BodyTooLarge,
                 u"The body that %1 sent is larger than the limit of %2"_s.arg(
                     host, QLocale::c().formattedDataSize(maxBytes)));
}

} // namespace Sluice
