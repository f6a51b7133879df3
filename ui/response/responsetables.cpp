// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/responsetables.h"

#include "core/http/setcookie.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ResponseTables", text);
}

QString titled(const QString &title, std::size_t count)
{
    return count == 0 ? title : u"%1 %2"_s.arg(title).arg(count);
}

bool isCredential(const QByteArray &name)
{
    static const QList<QByteArray> names{"authorization", "proxy-authorization", "cookie"};
    return names.contains(name.toLower());
}

/** `Bearer ••••`: that a credential went out and of what kind, not which. */
QString masked(const Header &header)
{
    const qsizetype blank = header.value.indexOf(' ');
    const QByteArray name = header.name.toLower();
    const QString scheme = blank > 0 && name.endsWith("authorization")
                               ? QString::fromLatin1(header.value.first(blank + 1))
                               : QString();
    return scheme + u"••••"_s;
}

} // namespace

ResponseTable headersTable(const SendResult &result)
{
    ResponseTable table{{}, {tr("Name"), tr("Value")}, {}, {}};
    for (const Header &header : result.response.headers)
        table.rows.push_back({QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
    table.title = titled(tr("Headers"), table.rows.size());
    return table;
}

ResponseTable cookiesTable(const SendResult &result)
{
    ResponseTable table{
        {}, {tr("Name"), tr("Value"), tr("Where"), tr("Until"), tr("Flags")}, {}, {}};
    for (const SetCookie &cookie : setCookies(result.response.headers)) {
        QStringList flags;
        if (cookie.isSecure)
            flags << u"Secure"_s;
        if (cookie.isHttpOnly)
            flags << u"HttpOnly"_s;
        if (!cookie.sameSite.isEmpty())
            flags << u"SameSite="_s + QString::fromLatin1(cookie.sameSite);
        const QString until =
            cookie.expires.isEmpty() ? tr("End of session") : QString::fromLatin1(cookie.expires);
        table.rows.push_back({QString::fromUtf8(cookie.name), QString::fromUtf8(cookie.value),
                              QString::fromLatin1(cookie.domain + cookie.path), until,
                              flags.join(u", "_s)});
    }
    table.title = titled(tr("Cookies"), table.rows.size());
    return table;
}

ResponseTable timingTable(const SendResult &result)
{
    const PhaseTimings &timings = result.response.timings;
    const auto row = [](const QString &name, qint64 us, const QString &what) {
        return QStringList{name, us < 0 ? u"–"_s : QString::number(double(us) / 1000, 'f', 2),
                           what};
    };
    return {tr("Timing"),
            {tr("Phase"), tr("Time (ms)"), tr("What it is")},
            {1},
            {
                row(tr("Queued"), timings.queuedUs(),
                    tr("Waited for a limit, a rate or a host on hold")),
                row(tr("Stalled"), timings.stalledUs(), tr("Admitted, but not started yet")),
                row(tr("Connect"), timings.isNewConnection() ? timings.connectingUs() : -1,
                    timings.isNewConnection() ? tr("Name lookup, TCP and TLS")
                                              : tr("An open connection was used again")),
                row(tr("Wait"), timings.waitingUs(), tr("Request sent, until the reply's headers")),
                row(tr("Download"), timings.downloadUs(), tr("The reply's body")),
                row(tr("Total"), timings.totalUs(), tr("All of it, queue included")),
            }};
}

ResponseTable checksTable(const SendResult &result)
{
    ResponseTable table{{}, {tr("Result"), tr("Check"), tr("Why not")}, {}, {}};
    for (const CheckResult &check : result.checks) {
        const AssertionSpec &what = check.assertion;
        table.rows.push_back(
            {check.passed ? tr("✓ passed") : tr("✕ failed"),
             QStringList{what.expression, what.op, what.value}.join(u' ').trimmed(),
             check.message});
    }
    // What failed is what one looks for.
    std::ranges::stable_partition(table.rows,
                                  [](const QStringList &row) { return !row.last().isEmpty(); });
    table.title = titled(tr("Checks"), table.rows.size());
    return table;
}

namespace {

/** As it was sent, percent signs and all. */
QString sentUrl(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded | QUrl::RemovePassword);
}

} // namespace

ResponseTable sentTable(const SendResult &result)
{
    const Response &response = result.response;
    ResponseTable table{tr("Sent"), {tr("Name"), tr("Value")}, {}, {}};
    for (const RedirectHop &hop : response.redirects)
        table.rows.push_back({tr("Redirect %1").arg(hop.status), sentUrl(hop.url)});
    table.rows.push_back({QString::fromLatin1(response.method), sentUrl(response.url)});
    for (const Header &header : response.sentHeaders)
        table.rows.push_back(
            {QString::fromLatin1(header.name),
             isCredential(header.name) ? masked(header) : QString::fromLatin1(header.value)});
    return table;
}

} // namespace Sluice
