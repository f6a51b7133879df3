// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/curlrequestreader.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

qint64 seconds(const QString &text, qint64 unit)
{
    return qint64(text.toDouble() * double(unit));
}

/** The path says what a request is about; else its host does. */
QString nameOf(const RequestSpec &spec)
{
    QString path = spec.url.section("://"_L1, 1).section(u'?', 0, 0).section(u'#', 0, 0);
    while (path.endsWith(u'/'))
        path.chop(1);
    const QString rest = path.contains(u'/') ? path.section(u'/', 1) : path;
    return spec.method + u' ' + rest;
}

} // namespace

void CurlRequestReader::take(const CurlOptionSpec &spec, bool isNegated, const QString &value,
                             const ShellWord &place)
{
    m_hasOptions = true;
    switch (spec.option) {
    case CurlOption::Unknown:
        issue(place, u"--%1 has no counterpart in Sluice"_s.arg(QLatin1StringView(spec.name)));
        break;
    case CurlOption::Output:
        // What curl prints is no part of a request; nothing is lost.
        break;
    case CurlOption::Url:
        addUrl(value, place);
        break;
    case CurlOption::Method:
        m_method = value;
        break;
    case CurlOption::Head:
        m_isHead = !isNegated;
        break;
    case CurlOption::Get:
        m_isGet = !isNegated;
        break;
    case CurlOption::Insecure:
        m_request.settings.verifyTls = isNegated;
        break;
    case CurlOption::Location:
        m_follows = !isNegated;
        break;
    case CurlOption::LocationTrusted:
        m_follows = !isNegated;
        if (!isNegated)
            m_request.settings.forwardAuthorization = true;
        else
            m_request.settings.forwardAuthorization.reset();
        break;
    case CurlOption::MaxRedirects:
        m_request.settings.maxRedirects = value.toInt();
        break;
    case CurlOption::MaxTime:
        m_request.settings.timeoutMs = seconds(value, 1000);
        break;
    case CurlOption::Compressed:
        break; // Sluice asks for compressed replies anyway.
    default:
        if (!takeHeader(spec.option, value, place) && !takeConnection(spec, value, place))
            m_body.take(spec.option, value, place);
    }
}

void CurlRequestReader::addUrl(const QString &url, const ShellWord &place)
{
    static const QRegularExpression globs(uR"(\[\w+-\w+(:\d+)?\]|(?<!\{)\{[^{}]*,[^{}]*\})"_s);
    if (globs.match(url).hasMatch())
        issue(place, u"curl would expand the pattern in '%1'; it is taken as it is"_s.arg(url));
    m_urls.push_back(url);
}

void CurlRequestReader::finish(const ShellWord &place)
{
    if (m_urls.isEmpty()) {
        if (m_hasOptions)
            issue(place, u"this curl command has no URL"_s);
        return;
    }
    for (const QString &url : std::as_const(m_urls))
        m_commands.requests.push_back(requestTo(url));
}

void CurlRequestReader::issue(const ShellWord &place, const QString &message)
{
    m_commands.issues.push_back({ErrorCode::Unsupported, message, {}, place.line, place.column});
}

bool CurlRequestReader::takeHeader(CurlOption option, const QString &value, const ShellWord &place)
{
    switch (option) {
    case CurlOption::Header:
        addHeader(value, place);
        return true;
    case CurlOption::UserAgent:
        setHeader(u"User-Agent"_s, value);
        return true;
    case CurlOption::Referer:
        setHeader(u"Referer"_s, value.section(u';', 0, 0));
        return true;
    case CurlOption::Range:
        setHeader(u"Range"_s, u"bytes="_s + (value.contains(u'-') ? value : value + u'-'));
        return true;
    case CurlOption::Cookie:
        // Without '=' it names a file (curl's manual).
        if (value.contains(u'='))
            setHeader(u"Cookie"_s, value);
        else
            issue(place, u"--cookie %1 names a file of cookies, which is not read"_s.arg(value));
        return true;
    case CurlOption::User:
        m_user = value;
        return true;
    case CurlOption::Basic:
        m_authType = u"basic"_s;
        return true;
    case CurlOption::Digest:
        m_authType = u"digest"_s;
        return true;
    case CurlOption::Ntlm:
        m_authType = u"ntlm"_s;
        return true;
    case CurlOption::AwsSigV4:
        m_authType = u"awsv4"_s;
        m_awsScope = value;
        return true;
    case CurlOption::BearerToken:
        m_request.auth = {u"bearer"_s, {{u"token"_s, value}}};
        return true;
    default:
        return false;
    }
}

void CurlRequestReader::addHeader(const QString &text, const ShellWord &place)
{
    if (text.startsWith(u'@')) {
        issue(place, u"--header %1 names a file of headers, which is not read"_s.arg(text));
        return;
    }
    const qsizetype colon = text.indexOf(u':');
    const QString name = (colon < 0 ? text : text.first(colon)).trimmed();
    if (colon < 0 && name.endsWith(u';')) {
        m_request.headers.push_back({name.chopped(1).trimmed(), {}, {}, true});
    } else if (colon < 0) {
        issue(place, u"--header '%1' is no header; curl sends nothing for it"_s.arg(text));
    } else if (const QString value = text.sliced(colon + 1).trimmed(); !value.isEmpty()) {
        m_request.headers.push_back({name, value, {}, true});
    } else {
        m_removed += name.toLower(); // `Name:` takes a header of curl's own away.
    }
}

void CurlRequestReader::setHeader(const QString &name, const QString &value)
{
    m_request.headers.push_back({name, value, {}, true});
}

bool CurlRequestReader::takeConnection(const CurlOptionSpec &spec, const QString &value,
                                       const ShellWord &place)
{
    ConnectionProfile &profile = m_options.profile;
    switch (spec.option) {
    case CurlOption::ConnectTimeout:
        m_options.timeouts.connectUs = seconds(value, 1'000'000);
        break;
    case CurlOption::Proxy:
        profile.proxy = value.contains("://"_L1) ? value : u"http://"_s + value;
        profile.proxy.replace(QRegularExpression(u"^socks(4a?|5h)?://"_s), u"socks5://"_s);
        break;
    case CurlOption::ProxyUser:
        m_proxyUser = value;
        break;
    case CurlOption::NoProxy:
        profile.noProxy = value.split(u',', Qt::SkipEmptyParts);
        break;
    case CurlOption::CaCert:
        profile.caFile = value;
        break;
    case CurlOption::Cert:
        profile.certFile = value;
        break;
    case CurlOption::Key:
        profile.keyFile = value;
        break;
    case CurlOption::Resolve:
        m_options.resolve += value;
        break;
    case CurlOption::Http1:
        m_options.httpVersion = HttpVersion::Http1;
        break;
    case CurlOption::Http2:
        m_options.httpVersion = HttpVersion::Http2;
        break;
    case CurlOption::Retry:
        m_options.maxRetries = value.toInt();
        break;
    case CurlOption::MaxFileSize:
        m_options.maxBodyBytes = value.toLongLong();
        break;
    default:
        return false;
    }
    m_connection.push_back({ErrorCode::Unsupported,
                            u"--%1 is about the connection; a request does not hold it"_s.arg(
                                QLatin1StringView(spec.name)),
                            {},
                            place.line,
                            place.column});
    return true;
}

CurlRequest CurlRequestReader::requestTo(const QString &address) const
{
    CurlRequest result{m_request, m_options, m_connection};
    RequestSpec &spec = result.request;
    QString url = address.contains("://"_L1) ? address : u"http://"_s + address;
    m_body.apply(spec, url, m_isGet);
    spec.url = url;
    if (m_isHead)
        spec.method = u"HEAD"_s;
    if (!m_method.isEmpty())
        spec.method = m_method;
    if (!m_follows)
        spec.settings.followRedirects = false;
    std::erase_if(spec.headers, [this](const NameValue &header) {
        return m_removed.contains(header.name.toLower());
    });
    addAuth(spec);
    addProxyUser(result.options.profile);
    spec.name = nameOf(spec);
    return result;
}

void CurlRequestReader::addAuth(RequestSpec &spec) const
{
    if (m_user.isEmpty())
        return;
    const QString name = m_user.section(u':', 0, 0);
    const QString password = m_user.section(u':', 1);
    if (m_authType == "awsv4"_L1) {
        const QStringList scope = m_awsScope.split(u':');
        spec.auth = {m_authType,
                     {{u"accessKeyId"_s, name},
                      {u"secretAccessKey"_s, password},
                      {u"region"_s, scope.value(2)},
                      {u"service"_s, scope.value(3)}}};
        return;
    }
    spec.auth = {m_authType.isEmpty() ? u"basic"_s : m_authType,
                 {{u"username"_s, name}, {u"password"_s, password}}};
}

void CurlRequestReader::addProxyUser(ConnectionProfile &profile) const
{
    if (m_proxyUser.isEmpty() || profile.proxy.isEmpty())
        return;
    QUrl proxy(profile.proxy);
    proxy.setUserName(m_proxyUser.section(u':', 0, 0));
    proxy.setPassword(m_proxyUser.section(u':', 1));
    profile.proxy = proxy.toString(QUrl::FullyEncoded);
}

} // namespace Sluice
