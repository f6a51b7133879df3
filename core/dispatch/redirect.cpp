// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dispatch/redirect.h"

#include "core/http/endpoint.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Parts of a field's name that say that its value is a secret, such as X-Api-Key. */
bool namesCredential(const QByteArray &name)
{
    static constexpr std::array Parts{"auth",    "token",     "secret",  "password",
                                      "api-key", "apikey",    "cookie",  "credential",
                                      "session", "signature", "api_key", "access-key"};
    const QByteArray lower = name.toLower();
    return std::ranges::any_of(Parts, [&lower](const char *part) { return lower.contains(part); });
}

/** About the one origin or the one resource that the request was for (RFC 9110 15.4). */
bool isOfOnePlace(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower == "host" || lower.startsWith("if-");
}

void stripForOtherOrigin(PreparedRequest &request)
{
    request.profile.certFile.clear();
    request.profile.keyFile.clear();
    HeaderList kept;
    for (const Header &field : request.headers) {
        const bool secret =
            std::ranges::any_of(request.credentialHeaders, [&field](const QByteArray &name) {
                return field.name.compare(name, Qt::CaseInsensitive) == 0;
            });
        if (!secret && !namesCredential(field.name) && !isOfOnePlace(field.name))
            kept.append(field.name, field.value);
    }
    request.headers = std::move(kept);
    request.credentialHeaders.clear();
}

void turnIntoGet(PreparedRequest &request)
{
    request.method = "GET";
    request.body.clear();
    for (const char *name : {"Content-Type", "Content-Length", "Content-Encoding",
                             "Content-Language", "Content-Location", "Transfer-Encoding"})
        request.headers.remove(name);
}

bool becomesGet(int status, const QByteArray &method)
{
    if (status == 303)
        return method != "GET" && method != "HEAD";
    return (status == 301 || status == 302) && method == "POST";
}

} // namespace

bool isRedirect(const Response &response)
{
    static constexpr std::array Statuses{301, 302, 303, 307, 308};
    return std::ranges::find(Statuses, response.status) != Statuses.end()
           && response.headers.contains("location");
}

Result<PreparedRequest> followRedirect(const PreparedRequest &request, const Response &response)
{
    const QUrl place = QUrl::fromEncoded(response.headers.value("location"));
    QUrl target = request.url.resolved(place);
    target.setUserInfo(QString());
    if (!target.hasFragment())
        target.setFragment(request.url.fragment(QUrl::FullyEncoded));
    const Endpoint endpoint = Endpoint::of(target);
    if (!place.isValid() || !endpoint.isValid()) {
        return failure(ErrorCode::InvalidUrl,
                       u"%1 redirects to “%2”, which is not an http or https URL"_s.arg(
                           Endpoint::of(request.url).display(),
                           QString::fromUtf8(response.headers.value("location"))));
    }
    PreparedRequest next = request;
    next.url = target;
    const bool sameOrigin = endpoint == Endpoint::of(request.url);
    if (sameOrigin)
        next.url.setUserInfo(request.url.userInfo(QUrl::FullyEncoded));
    else
        stripForOtherOrigin(next);
    if (becomesGet(response.status, request.method))
        turnIntoGet(next);
    return next;
}

} // namespace Sluice
