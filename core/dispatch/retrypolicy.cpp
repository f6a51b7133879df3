// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/retrypolicy.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qint64 BackoffBaseUs = 250'000;
constexpr qint64 BackoffCapUs = 30'000'000;
constexpr qint64 MaxRetryAfterSeconds = 365LL * 24 * 3600;

/** The connection failed in a way that another attempt may not. */
bool isTransient(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ConnectionRefused:
    case ErrorCode::ConnectFailed:
    case ErrorCode::ConnectTimeout:
    case ErrorCode::FirstByteTimeout:
    case ErrorCode::IdleTimeout:
    case ErrorCode::TotalTimeout:
    case ErrorCode::ConnectionClosed:
        return true;
    default:
        return false;
    }
}

/** The three forms of RFC 9110 5.6.7. */
QDateTime httpDate(const QByteArray &text)
{
    for (const QString &format :
         {u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s, u"dddd, dd-MMM-yy hh:mm:ss 'GMT'"_s,
          u"ddd MMM d hh:mm:ss yyyy"_s}) {
        // Not to be read as local time, in which an hour of each spring does not exist.
        const QDateTime date = QLocale::c().toDateTime(
            QString::fromLatin1(text).simplified() + " Z"_L1, format + " t"_L1);
        if (!date.isValid())
            continue;
        // Qt reads two digits as 19xx; a year that is over belongs to this century.
        return date.date().year() < 1970 ? date.addYears(100) : date;
    }
    return {};
}

/** RFC 9110 10.2.3; of a field that was sent twice the first. */
std::optional<qint64> delaySeconds(const QByteArray &field)
{
    const QByteArray digits = field.split(',').constFirst().trimmed();
    if (digits.isEmpty()
        || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
        return {};
    bool fits = false;
    const qint64 seconds = digits.toLongLong(&fits);
    return fits ? std::min(seconds, MaxRetryAfterSeconds) : MaxRetryAfterSeconds;
}

} // namespace

bool isRetryable(const PreparedRequest &request, const Response &response)
{
    if (!isIdempotent(request.method))
        return false;
    if (response.error)
        return isTransient(response.error->code);
    static constexpr std::array Statuses{408, 429, 502, 503, 504};
    return std::ranges::find(Statuses, response.status) != Statuses.end();
}

qint64 backoffUs(int attempt, double random)
{
    const int doublings = std::clamp(attempt - 1, 0, 16);
    const qint64 ceiling = std::min(BackoffCapUs, BackoffBaseUs << doublings);
    return qint64(random * double(ceiling));
}

std::optional<qint64> retryAfterUs(const HeaderList &headers, const QDateTime &now)
{
    const QByteArray value = headers.value("retry-after").trimmed();
    if (value.isEmpty())
        return {};
    if (const auto seconds = delaySeconds(value))
        return *seconds * 1'000'000;
    const QDateTime until = httpDate(value);
    if (!until.isValid())
        return {};
    const QDateTime sent = httpDate(headers.value("date").trimmed());
    const qint64 ms = (sent.isValid() ? sent : now).msecsTo(until);
    return std::clamp<qint64>(ms, 0, MaxRetryAfterSeconds * 1000) * 1000;
}

Outcome outcomeOf(const Response &response)
{
    if (!response.error) {
        return response.status == 429 || response.status == 503 ? Outcome::Dropped
                                                                : Outcome::Success;
    }
    // A connection at its end says nothing about load.
    const bool dropped = isTransient(response.error->code) && !response.unprocessed;
    return dropped ? Outcome::Dropped : Outcome::Ignored;
}

} // namespace Sluice
