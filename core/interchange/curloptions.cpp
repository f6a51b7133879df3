// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/curloptions.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using enum CurlOption;

constexpr CurlOptionSpec options[] = {
    {'d', "data", true, Data},
    {0, "data-ascii", true, Data},
    {0, "data-raw", true, DataRaw},
    {0, "data-binary", true, DataBinary},
    {0, "data-urlencode", true, DataUrlEncode},
    {0, "json", true, Json},
    {'F', "form", true, Form},
    {0, "form-string", true, FormString},
    {'G', "get", false, Get},
    {0, "url-query", true, UrlQuery},
    {'T', "upload-file", true, UploadFile},
    {'I', "head", false, Head},
    {'X', "request", true, Method},
    {'H', "header", true, Header},
    {'u', "user", true, User},
    {0, "digest", false, Digest},
    {0, "ntlm", false, Ntlm},
    {0, "basic", false, Basic},
    {0, "aws-sigv4", true, AwsSigV4},
    {0, "oauth2-bearer", true, BearerToken},
    {'b', "cookie", true, Cookie},
    {'A', "user-agent", true, UserAgent},
    {'e', "referer", true, Referer},
    {'r', "range", true, Range},
    {'L', "location", false, Location},
    {0, "location-trusted", false, LocationTrusted},
    {0, "max-redirs", true, MaxRedirects},
    {'m', "max-time", true, MaxTime},
    {'k', "insecure", false, Insecure},
    {0, "url", true, Url},
    {':', "next", false, Next},
    {0, "compressed", false, Compressed},
    {0, "connect-timeout", true, ConnectTimeout},
    {'x', "proxy", true, Proxy},
    {'U', "proxy-user", true, ProxyUser},
    {0, "noproxy", true, NoProxy},
    {0, "cacert", true, CaCert},
    {'E', "cert", true, Cert},
    {0, "key", true, Key},
    {0, "resolve", true, Resolve},
    {0, "http1.1", false, Http1},
    {0, "http2", false, Http2},
    {0, "http2-prior-knowledge", false, Http2},
    {0, "retry", true, Retry},
    {0, "max-filesize", true, MaxFileSize},
    {'s', "silent", false, Output},
    {'S', "show-error", false, Output},
    {'v', "verbose", false, Output},
    {'i', "include", false, Output},
    {0, "show-headers", false, Output},
    {'o', "output", true, Output},
    {0, "output-dir", true, Output},
    {0, "create-dirs", false, Output},
    {'O', "remote-name", false, Output},
    {0, "remote-name-all", false, Output},
    {'J', "remote-header-name", false, Output},
    {'w', "write-out", true, Output},
    {'#', "progress-bar", false, Output},
    {0, "progress-meter", false, Output},
    {'N', "no-buffer", false, Output},
    {'f', "fail", false, Output},
    {0, "fail-with-body", false, Output},
    {0, "fail-early", false, Output},
    {'D', "dump-header", true, Output},
    {0, "trace", true, Output},
    {0, "trace-ascii", true, Output},
    {0, "trace-time", false, Output},
    {0, "stderr", true, Output},
    {'Z', "parallel", false, Output},
    // Known, so that their values are not taken for URLs.
    {'c', "cookie-jar", true, Unknown},
    {'j', "junk-session-cookies", false, Unknown},
    {'K', "config", true, Unknown},
    {'q', "disable", false, Output},
    {'g', "globoff", false, Unknown},
    {'4', "ipv4", false, Unknown},
    {'6', "ipv6", false, Unknown},
    {'0', "http1.0", false, Unknown},
    {0, "http3", false, Unknown},
    {'a', "append", false, Unknown},
    {'B', "use-ascii", false, Unknown},
    {'C', "continue-at", true, Unknown},
    {'h', "help", false, Output},
    {'l', "list-only", false, Unknown},
    {'M', "manual", false, Output},
    {'n', "netrc", false, Unknown},
    {0, "netrc-file", true, Unknown},
    {'p', "proxytunnel", false, Unknown},
    {'P', "ftp-port", true, Unknown},
    {'Q', "quote", true, Unknown},
    {'R', "remote-time", false, Output},
    {'t', "telnet-option", true, Unknown},
    {'V', "version", false, Output},
    {'Y', "speed-limit", true, Unknown},
    {'y', "speed-time", true, Unknown},
    {'z', "time-cond", true, Unknown},
    {'1', "tlsv1", false, Unknown},
    {0, "tlsv1.0", false, Unknown},
    {0, "tlsv1.1", false, Unknown},
    {0, "tlsv1.2", false, Unknown},
    {0, "tlsv1.3", false, Unknown},
    {0, "tls-max", true, Unknown},
    {0, "tls13-ciphers", true, Unknown},
    {0, "ciphers", true, Unknown},
    {0, "curves", true, Unknown},
    {0, "capath", true, Unknown},
    {0, "cert-type", true, Unknown},
    {0, "key-type", true, Unknown},
    {0, "pass", true, Unknown},
    {0, "pinnedpubkey", true, Unknown},
    {0, "negotiate", false, Unknown},
    {0, "anyauth", false, Unknown},
    {0, "connect-to", true, Unknown},
    {0, "interface", true, Unknown},
    {0, "local-port", true, Unknown},
    {0, "dns-servers", true, Unknown},
    {0, "doh-url", true, Unknown},
    {0, "unix-socket", true, Unknown},
    {0, "abstract-unix-socket", true, Unknown},
    {0, "haproxy-protocol", false, Unknown},
    {0, "keepalive-time", true, Unknown},
    {0, "keepalive", false, Unknown},
    {0, "limit-rate", true, Unknown},
    {0, "rate", true, Unknown},
    {0, "parallel-max", true, Unknown},
    {0, "parallel-immediate", false, Output},
    {0, "path-as-is", false, Unknown},
    {0, "post301", false, Unknown},
    {0, "post302", false, Unknown},
    {0, "post303", false, Unknown},
    {0, "preproxy", true, Unknown},
    {0, "proto", true, Unknown},
    {0, "proto-default", true, Unknown},
    {0, "proto-redir", true, Unknown},
    {0, "proxy-header", true, Unknown},
    {0, "proxy-insecure", false, Unknown},
    {0, "proxy-cacert", true, Unknown},
    {0, "proxy-cert", true, Unknown},
    {0, "proxy-key", true, Unknown},
    {0, "proxy-basic", false, Unknown},
    {0, "proxy-digest", false, Unknown},
    {0, "proxy-ntlm", false, Unknown},
    {0, "socks4", true, Unknown},
    {0, "socks4a", true, Unknown},
    {0, "socks5", true, Unknown},
    {0, "socks5-hostname", true, Unknown},
    {0, "raw", false, Unknown},
    {0, "request-target", true, Unknown},
    {0, "retry-delay", true, Unknown},
    {0, "retry-max-time", true, Unknown},
    {0, "retry-all-errors", false, Unknown},
    {0, "retry-connrefused", false, Unknown},
    {0, "ssl", false, Unknown},
    {0, "ssl-no-revoke", false, Unknown},
    {0, "ssl-reqd", false, Unknown},
    {0, "tcp-fastopen", false, Unknown},
    {0, "tcp-nodelay", false, Unknown},
    {0, "tr-encoding", false, Unknown},
    {0, "expect100-timeout", true, Unknown},
    {0, "form-escape", false, Unknown},
    {0, "ignore-content-length", false, Unknown},
    {0, "variable", true, Unknown},
};

const CurlOptionSpec *named(const QString &name)
{
    const CurlOptionSpec *found = nullptr;
    for (const CurlOptionSpec &spec : options) {
        const QLatin1StringView full(spec.name);
        if (name == full)
            return &spec;
        if (!found && full.startsWith(name))
            found = &spec;
    }
    return found;
}

} // namespace

const CurlOptionSpec *findCurlOption(const QString &name, bool &isNegated)
{
    isNegated = false;
    if (name.isEmpty())
        return nullptr;
    if (const CurlOptionSpec *spec = named(name))
        return spec;
    if (!name.startsWith("no-"_L1))
        return nullptr;
    const CurlOptionSpec *spec = named(name.sliced(3));
    isNegated = spec && !spec->takesValue;
    return isNegated ? spec : nullptr;
}

const CurlOptionSpec *findCurlOption(QChar letter)
{
    const auto found = std::ranges::find_if(options, [letter](const CurlOptionSpec &spec) {
        return spec.letter != 0 && letter == QLatin1Char(spec.letter);
    });
    return found == std::end(options) ? nullptr : found;
}

} // namespace Sluice
