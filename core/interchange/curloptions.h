// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Sluice {

/** What an option of curl means for a request. */
enum class CurlOption {
    Unknown,
    Data,
    DataRaw,
    DataBinary,
    DataUrlEncode,
    Json,
    Form,
    FormString,
    Get,
    UrlQuery,
    UploadFile,
    Head,
    Method,
    Header,
    User,
    Digest,
    Ntlm,
    Basic,
    AwsSigV4,
    BearerToken,
    Cookie,
    UserAgent,
    Referer,
    Range,
    Location,
    LocationTrusted,
    MaxRedirects,
    MaxTime,
    Insecure,
    Url,
    Next,
    Compressed,
    // How the connection is made: not part of a saved request.
    ConnectTimeout,
    Proxy,
    ProxyUser,
    NoProxy,
    CaCert,
    Cert,
    Key,
    Resolve,
    Http1,
    Http2,
    Retry,
    MaxFileSize,
    Output, ///< Only about what curl prints and writes.
};

/** One option of curl 8. */
struct CurlOptionSpec
{
    char letter; ///< 0 = none.
    const char *name;
    bool takesValue;
    CurlOption option;
};

/**
 * The option called \a name (without dashes; a unique beginning will do, as for curl), or null.
 * `no-` before a switch is taken off and told by \a isNegated.
 */
const CurlOptionSpec *findCurlOption(const QString &name, bool &isNegated);
/** The option of that letter, or null. */
const CurlOptionSpec *findCurlOption(QChar letter);

} // namespace Sluice
