// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/urlbuilder.h"

#include "core/http/endpoint.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Allowed unencoded in a query by RFC 3986 3.4, less what parts and joins parameters. */
constexpr auto QueryCharacters = "/?:@!$'()*,;";
/** Allowed unencoded in a path segment by RFC 3986 3.3. */
constexpr auto SegmentCharacters = ":@!$&'()*+,;=";

QString encoded(const QString &text, const char *keep, bool encode)
{
    return encode ? QString::fromLatin1(QUrl::toPercentEncoding(text, keep)) : text;
}

Result<QString> withPathParams(QString url, const RequestSpec &spec, bool encode,
                               const Expand &expand)
{
    const qsizetype query = url.indexOf(u'?');
    const QString tail = query < 0 ? QString() : url.sliced(query);
    if (query >= 0)
        url.truncate(query);
    QStringList segments = url.split(u'/');
    for (const Param &param : spec.params) {
        if (!param.isPath || !param.enabled)
            continue;
        const Result<QString> value = expand(param.value);
        if (!value)
            return value;
        for (QString &segment : segments) {
            if (segment == u':' + param.name)
                segment = encoded(*value, SegmentCharacters, encode);
        }
    }
    return segments.join(u'/') + tail;
}

bool queryHas(const QString &url, const QString &name)
{
    const qsizetype query = url.indexOf(u'?');
    if (query < 0)
        return false;
    const QStringList pairs = url.sliced(query + 1).section(u'#', 0, 0).split(u'&');
    const QString escaped = QString::fromLatin1(QUrl::toPercentEncoding(name));
    for (const QString &pair : pairs) {
        const QString key = pair.section(u'=', 0, 0);
        if (key == name || key == escaped)
            return true;
    }
    return false;
}

Result<QString> withQueryParams(const QString &url, const RequestSpec &spec, bool encode,
                                const Expand &expand)
{
    const qsizetype hash = url.indexOf(u'#');
    QString result = hash < 0 ? url : url.first(hash);
    for (const Param &param : spec.params) {
        if (param.isPath || !param.enabled)
            continue;
        const Result<QString> name = expand(param.name);
        const Result<QString> value = name ? expand(param.value) : name;
        if (!value)
            return value;
        if (name->isEmpty() || queryHas(url, *name))
            continue;
        result += result.contains(u'?') ? u'&' : u'?';
        result += encoded(*name, QueryCharacters, encode) + u'='
                  + encoded(*value, QueryCharacters, encode);
    }
    return result;
}

Result<QUrl> parsed(const QString &text)
{
    static const QRegularExpression hasScheme(u"^[A-Za-z][A-Za-z0-9+.-]*://"_s);
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return failure(ErrorCode::InvalidUrl, u"The URL is empty."_s);
    QUrl url(hasScheme.match(trimmed).hasMatch() ? trimmed : "http://"_L1 + trimmed);
    if (!url.isValid()) {
        return failure(ErrorCode::InvalidUrl, u"'%1' is not a valid URL: %2"_s.arg(
                                                  trimmed, url.errorString().section(u';', 0, 0)));
    }
    const QString scheme = url.scheme();
    if (scheme != "http"_L1 && scheme != "https"_L1) {
        return failure(ErrorCode::InvalidUrl,
                       u"'%1' is not a valid URL: only http and https can be sent."_s.arg(trimmed));
    }
    if (!Endpoint::of(url).isValid()) {
        return failure(ErrorCode::InvalidUrl,
                       u"'%1' is not a valid URL: the host is missing."_s.arg(trimmed));
    }
    url.setFragment({});
    if (url.path().isEmpty())
        url.setPath(u"/"_s);
    return url;
}

} // namespace

Result<QUrl> buildUrl(const RequestSpec &spec, bool encode, const Expand &expand)
{
    Result<QString> text = expand(spec.url);
    if (text)
        text = withPathParams(*text, spec, encode, expand);
    if (text)
        text = withQueryParams(*text, spec, encode, expand);
    if (!text)
        return std::unexpected(text.error());
    return parsed(*text);
}

} // namespace Sluice
