// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/wirerequest.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr qsizetype OwnHeaders = 7; // At most: Host, Cookie and what setDefault() adds.
const QByteArray UserAgent = "Sluice/" SLUICE_VERSION;
// What Qt asks for when a request does not say; it then decodes the body.
const QByteArray QtAcceptEncoding = "zstd, br, gzip, deflate";
// Qt cannot be kept from sending the field; `*` means the same as none (RFC 9110 12.5.4).
const QByteArray AnyLanguage = "*";

bool isToken(const QByteArray &name)
{
    static constexpr QByteArrayView Symbols = "!#$%&'*+-.^_`|~";
    return !name.isEmpty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || Symbols.contains(c);
    });
}

bool isFieldValue(const QByteArray &value)
{
    return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

Result<QByteArray> readFile(const QString &path, QStringView what)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Tls,
                       u"Could not read the %1 %2: %3"_s.arg(what, path, file.errorString()));
    }
    return file.readAll();
}

Result<QSslKey> readKey(const QString &path)
{
    const Result<QByteArray> pem = readFile(path, u"key file");
    if (!pem)
        return std::unexpected(pem.error());
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(*pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return failure(ErrorCode::Tls, u"%1 holds no private key in PEM"_s.arg(path));
}

Result<QList<QSslCertificate>> readCertificates(const QString &path)
{
    const Result<QByteArray> pem = readFile(path, u"certificate file");
    if (!pem)
        return std::unexpected(pem.error());
    QList<QSslCertificate> certificates = QSslCertificate::fromData(*pem);
    if (certificates.isEmpty())
        return failure(ErrorCode::Tls, u"%1 holds no certificate in PEM"_s.arg(path));
    return certificates;
}

Result<QSslConfiguration> tlsConfiguration(const ConnectionProfile &profile)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!profile.verifyTls)
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!profile.caFile.isEmpty()) {
        const auto authorities = readCertificates(profile.caFile);
        if (!authorities)
            return std::unexpected(authorities.error());
        tls.addCaCertificates(*authorities);
    }
    if (!profile.certFile.isEmpty()) {
        const auto chain = readCertificates(profile.certFile);
        if (!chain)
            return std::unexpected(chain.error());
        const auto key = readKey(profile.keyFile.isEmpty() ? profile.certFile : profile.keyFile);
        if (!key)
            return std::unexpected(key.error());
        tls.setLocalCertificateChain(*chain);
        tls.setPrivateKey(*key);
    }
    return tls;
}

} // namespace

bool carriesBody(const WireRequest &wire)
{
    return !wire.body.isEmpty() || wire.method == "POST" || wire.method == "PUT"
           || wire.method == "PATCH";
}

bool hasBody(const QByteArray &method, int status)
{
    return method != "HEAD" && status != 204 && status != 304;
}

QByteArray joinedValue(const HeaderList &headers, QByteArrayView name)
{
    const bool cookie = isSameField(name, "cookie");
    QByteArray result;
    for (const Header &field : headers) {
        if (!isSameField(name, field.name))
            continue;
        if (!result.isEmpty())
            result += cookie ? "; " : ", ";
        result += field.value;
    }
    return result;
}

Result<WireRequestWriter> WireRequestWriter::create(const ConnectionProfile &profile,
                                                    int idleExpirySeconds)
{
    WireRequestWriter writer;
    const bool plain = profile.verifyTls && profile.caFile.isEmpty() && profile.certFile.isEmpty();
    if (!plain) {
        const Result<QSslConfiguration> tls = tlsConfiguration(profile);
        if (!tls)
            return std::unexpected(tls.error());
        writer.m_template.setSslConfiguration(*tls);
    }
    writer.m_httpVersion = profile.httpVersion;
    QNetworkRequest &request = writer.m_template;
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    writer.setIdleExpirySeconds(idleExpirySeconds);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute,
                         profile.httpVersion != HttpVersion::Http1);
    return writer;
}

void WireRequestWriter::setIdleExpirySeconds(int seconds)
{
    m_template.setAttribute(QNetworkRequest::ConnectionCacheExpiryTimeoutSecondsAttribute, seconds);
}

Result<WireRequest> WireRequestWriter::write(const PreparedRequest &prepared,
                                             const RequestTarget &target,
                                             const QByteArray &cookies) const
{
    if (!target.endpoint.isValid()) {
        return failure(ErrorCode::InvalidUrl, u"“%1” is not an http or https URL"_s.arg(
                                                  prepared.url.toString(QUrl::RemoveUserInfo)));
    }
    WireRequest wire{m_template, prepared.method, prepared.body, {}, target.address};
    QUrl url = prepared.url;
    if (url.hasFragment())
        url.setFragment(QString());
    wire.sentHeaders.reserve(prepared.headers.size() + OwnHeaders);
    wire.sentHeaders.append("Host"_ba, target.hostField);
    for (const Header &field : prepared.headers) {
        if (!isToken(field.name) || !isFieldValue(field.value)) {
            return failure(ErrorCode::Usage,
                           u"The header field “%1” has a character that HTTP does "
                           "not allow"_s.arg(QString::fromLatin1(field.name)));
        }
        if (!isSameField(field.name, "cookie"))
            wire.sentHeaders.set(field.name, joinedValue(prepared.headers, field.name));
    }
    if (!cookies.isEmpty())
        wire.sentHeaders.set("Cookie"_ba, cookies);
    const auto setDefault = [&wire](const QByteArray &name, const QByteArray &value) {
        if (!wire.sentHeaders.contains(name))
            wire.sentHeaders.append(name, value);
    };
    if (!url.userInfo().isEmpty()) {
        setDefault("Authorization"_ba, "Basic "
                                           + (url.userName(QUrl::FullyDecoded) + u':'
                                              + url.password(QUrl::FullyDecoded))
                                                 .toUtf8()
                                                 .toBase64());
        url.setUserInfo(QString());
    }
    setDefault("User-Agent"_ba, UserAgent);
    setDefault("Accept-Language"_ba, AnyLanguage);

    if (!wire.address.isEmpty()) {
        // The name also keeps Qt from sharing the connection with another name's at this address.
        wire.request.setPeerVerifyName(target.endpoint.host);
        url.setHost(wire.address);
    }
    if (target.endpoint.scheme == "http"_L1) {
        if (m_httpVersion == HttpVersion::Http2)
            wire.request.setAttribute(QNetworkRequest::Http2DirectAttribute, true);
        else if (m_httpVersion == HttpVersion::Auto)
            wire.request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    }
    wire.request.setUrl(url);
    for (const Header &field : wire.sentHeaders)
        // A null value would take the header away; an empty one is sent.
        wire.request.setRawHeader(field.name, field.value.isNull() ? QByteArray("") : field.value);

    setDefault("Accept-Encoding"_ba, QtAcceptEncoding);
    setDefault("Connection"_ba, "Keep-Alive"_ba);
    if (carriesBody(wire))
        setDefault("Content-Length"_ba, QByteArray::number(wire.body.size()));
    return wire;
}

} // namespace Sluice
