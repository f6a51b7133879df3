// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the values of the reply headers that Sluice reads: Retry-After beside a Date,
// Set-Cookie, and the Location of a redirect. A wait is never negative, a cookie has a name, and a
// redirect leads to http or https and takes no credential to another origin.
#include "core/dispatch/redirect.h"
#include "core/dispatch/retrypolicy.h"
#include "core/http/setcookie.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkRedirect(const QByteArray &location)
{
    PreparedRequest request;
    request.method = "POST"_ba;
    request.url = QUrl(u"http://127.0.0.1:8080/a/b?c=d"_s);
    request.headers.append("Authorization"_ba, "Bearer secret"_ba);
    Response response;
    response.status = 307;
    response.headers.append("Location"_ba, location);
    if (!isRedirect(response))
        return;
    const Result<PreparedRequest> next = followRedirect(request, response);
    if (!next)
        return;
    require(next->url.scheme() == "http"_L1 || next->url.scheme() == "https"_L1);
    const bool sameOrigin = next->url.scheme() == request.url.scheme()
                            && next->url.host() == request.url.host()
                            && next->url.port(80) == request.url.port(80);
    require(sameOrigin || !next->headers.contains("Authorization"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype line = text.indexOf('\n');
    const QByteArray first = line < 0 ? text : text.first(line);
    HeaderList headers;
    headers.append("Retry-After"_ba, first);
    headers.append("Set-Cookie"_ba, first);
    if (line >= 0)
        headers.append("Date"_ba, text.sliced(line + 1));
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    const std::optional<qint64> wait = retryAfterUs(headers, now);
    require(!wait || *wait >= 0);
    for (const SetCookie &cookie : setCookies(headers))
        require(!cookie.name.isEmpty());
    checkRedirect(first);
    return 0;
}
