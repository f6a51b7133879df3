// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/codetargets.h"

#include "core/http/endpoint.h"
#include "core/interchange/codetemplate.h"

#include <QFile>
#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

// Has to stand outside of any namespace.
static void initialiseTemplates()
{
    Q_INIT_RESOURCE(sluice_code);
}

namespace Sluice {

namespace {

constexpr std::array Targets{
    CodeTarget{"aiohttp"_L1, "Python aiohttp"_L1, "aiohttp_client.py"_L1, "# "_L1},
    CodeTarget{"httpx"_L1, "Python httpx"_L1, "httpx_client.py"_L1, "# "_L1},
    CodeTarget{"requests"_L1, "Python requests"_L1, "requests_client.py"_L1, "# "_L1},
    CodeTarget{"scrapy"_L1, "Scrapy"_L1, "scrapy_client.py"_L1, "# "_L1},
    CodeTarget{"okhttp"_L1, "Java OkHttp"_L1, "Fetch.java"_L1, "// "_L1},
    CodeTarget{"httpclient5"_L1, "Java Apache HttpClient 5"_L1, "Fetch.java"_L1, "// "_L1},
    CodeTarget{"go"_L1, "Go net/http"_L1, "go.go"_L1, "// "_L1},
    CodeTarget{"undici"_L1, "Node.js undici"_L1, "undici.mjs"_L1, "// "_L1},
    CodeTarget{"axios"_L1, "Node.js axios"_L1, "axios.mjs"_L1, "// "_L1},
    CodeTarget{"curl"_L1, "curl"_L1, "curl.sh"_L1, "# "_L1},
    CodeTarget{"libcurl"_L1, "C libcurl"_L1, "libcurl.c"_L1, "// "_L1},
    CodeTarget{"dotnet"_L1, "C# .NET"_L1, "dotnet.cs"_L1, "// "_L1},
    CodeTarget{"reqwest"_L1, "Rust reqwest"_L1, "reqwest.rs"_L1, "// "_L1},
    CodeTarget{"nginx"_L1, "nginx"_L1, "nginx.conf"_L1, "# "_L1},
    CodeTarget{"envoy"_L1, "Envoy"_L1, "envoy.yaml"_L1, "# "_L1},
    CodeTarget{"k6"_L1, "k6"_L1, "k6.js"_L1, "// "_L1},
    CodeTarget{"locust"_L1, "Locust"_L1, "locustfile.py"_L1, "# "_L1},
};

QString limitText(int limit)
{
    return limit == 0 ? u"unlimited"_s : QString::number(limit);
}

QString headerComment(const CodeTarget &target, const CodeRequest &request)
{
    QStringList lines{u"Limits: %1 requests in flight in all, %2 to one host."_s.arg(
        limitText(request.limits.total), limitText(request.limits.perHost))};
    if (!request.measured.isEmpty())
        lines += u"Measured: %1."_s.arg(request.measured);
    if (std::ranges::any_of(request.limits.hosts,
                            [](const HostLimit &host) { return host.pattern.contains(u'*'); })) {
        lines += u"A pattern with * has to be written out host by host."_s;
    }
    for (const HostLimit &host : request.limits.hosts) {
        if (host.isAdaptive())
            lines +=
                u"The limit of %1 is adaptive in Sluice: measure one, and write it here."_s.arg(
                    host.pattern);
    }
    lines += u"Over HTTP/2 many requests share one connection: a limit on connections alone "
             "does not limit them."_s;
    lines += u"Written by Sluice "_s + QStringLiteral(SLUICE_VERSION) + u'.';
    for (QString &line : lines)
        line.prepend(target.comment);
    return lines.join(u'\n');
}

TemplateValues valuesOf(const CodeTarget &target, const CodeRequest &request)
{
    const Limits &limits = request.limits;
    const QUrl url(request.url.isEmpty() ? u"https://api.example.com/"_s : request.url);
    const Endpoint endpoint = Endpoint::of(url);
    const int hostShare = limits.perHost > 0
                              ? limits.perHost
                              : std::max(limits.total, DefaultTotalLimit * !limits.total);
    TemplateValues values;
    values.values = {
        {u"header"_s, headerComment(target, request)},
        {u"total"_s, QString::number(limits.total)},
        {u"perHost"_s, QString::number(limits.perHost)},
        {u"hostShare"_s,
         QString::number(limits.total > 0 ? std::min(hostShare, limits.total) : hostShare)},
        {u"scheme"_s, endpoint.scheme},
        {u"host"_s, u"%1:%2"_s.arg(endpoint.host).arg(endpoint.port)},
        {u"hostName"_s, endpoint.host},
        {u"port"_s, QString::number(endpoint.port)},
    };
    std::vector<QMap<QString, QString>> &hosts = values.lists[u"hosts"_s];
    for (const HostLimit &host : limits.hosts) {
        if (!host.isAdaptive())
            hosts.push_back(
                {{u"pattern"_s, host.pattern}, {u"limit"_s, QString::number(host.limit)}});
    }
    return values;
}

} // namespace

std::span<const CodeTarget> codeTargets()
{
    return Targets;
}

Result<QString> generateCode(const QString &targetId, const CodeRequest &request)
{
    const auto target = std::ranges::find(Targets, targetId, &CodeTarget::id);
    if (target == Targets.end()) {
        QStringList known;
        for (const CodeTarget &each : Targets)
            known += each.id;
        return failure(ErrorCode::Usage,
                       u"unknown target \"%1\"; there are %2"_s.arg(targetId, known.join(u", "_s)));
    }
    if (!request.url.isEmpty() && !Endpoint::of(QUrl(request.url)).isValid())
        return failure(ErrorCode::InvalidUrl, u"\"%1\" is not an http URL"_s.arg(request.url));
    initialiseTemplates();
    const QLatin1StringView extension =
        target->fileName.sliced(target->fileName.lastIndexOf(QLatin1Char('.')));
    QFile file(u":/sluice/code/"_s + target->id + extension + ".tmpl"_L1);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::Internal, u"no template for "_s + targetId);
    return expandCodeTemplate(QString::fromUtf8(file.readAll()), valuesOf(*target, request));
}

} // namespace Sluice
