// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/routes.h"

#include "app/demo-server/demoexchange.h"

#include <array>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

std::array<std::span<const Route>, 3> tables()
{
    return {shopRoutes(), playgroundRoutes(), streamRoutes()};
}

bool pathFits(const QStringList &segments, const char *pattern)
{
    const QStringList wanted = QString::fromLatin1(pattern).split(u'/', Qt::SkipEmptyParts);
    if (wanted.size() != segments.size())
        return false;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (wanted[i] != "*"_L1 && wanted[i] != segments[i])
            return false;
    }
    return true;
}

bool methodFits(const QByteArray &method, const char *pattern)
{
    return pattern == QByteArrayView("*") || method == pattern
           || (method == "HEAD" && pattern == QByteArrayView("GET"));
}

void answerUnknown(DemoExchange &exchange, Shop &)
{
    exchange.reply(
        {.status = 404,
         .body = R"({"error":"There is nothing at this path; GET / lists what there is"})"});
}

void answerWrongMethod(DemoExchange &exchange, Shop &)
{
    exchange.reply({.status = 405, .body = R"({"error":"This path does not take this method"})"});
}

constexpr Route unknown{"*", "", Route::Time::None, answerUnknown, ""};
constexpr Route wrongMethod{"*", "", Route::Time::None, answerWrongMethod, ""};

} // namespace

const Route &findRoute(const DemoExchange &exchange)
{
    const QByteArray method = exchange.method();
    bool pathKnown = false;
    for (const auto table : tables()) {
        for (const Route &route : table) {
            if (!pathFits(exchange.segments(), route.path))
                continue;
            if (methodFits(method, route.method))
                return route;
            pathKnown = true;
        }
    }
    return pathKnown ? wrongMethod : unknown;
}

QByteArray routeIndex()
{
    QByteArray page = "Sluice demo server\n\n";
    for (const auto table : tables()) {
        for (const Route &route : table)
            page += QByteArray(route.method).leftJustified(7)
                    + QByteArray(route.path).leftJustified(26) + route.what + '\n';
        page += '\n';
    }
    return page;
}

} // namespace Sluice
