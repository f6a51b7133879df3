// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <span>

namespace Sluice {

class DemoExchange;
class Shop;

/** What answers one kind of request. */
struct Route
{
    enum class Time {
        Service, ///< Takes a worker for the service time.
        Query,   ///< Takes a worker for `?ms=`.
        None,
    };
    using Handler = void (*)(DemoExchange &, Shop &);

    const char *method; ///< `*` = any.
    const char *path;   ///< `*` stands for one segment.
    Time time;
    Handler handler;
    const char *what; ///< For the index page.
};

std::span<const Route> playgroundRoutes();
std::span<const Route> streamRoutes();
std::span<const Route> shopRoutes();

/** The route for a request; one that answers 404 or 405 when there is none. */
const Route &findRoute(const DemoExchange &exchange);

/** A page that lists the routes. */
QByteArray routeIndex();

} // namespace Sluice
