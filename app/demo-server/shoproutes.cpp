// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/demoexchange.h"
#include "app/demo-server/routes.h"
#include "app/demo-server/shop.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestPage = 1000;

Reply missing(const char *what)
{
    return {.status = 404, .body = QByteArray(R"({"error":"There is no such )") + what + "\"}"};
}

/** Answers 401 and returns false when the request carries no bearer token of /login. */
bool isSignedIn(DemoExchange &exchange)
{
    if (exchange.header("Authorization").startsWith("Bearer demo-"))
        return true;
    exchange.reply({.status = 401,
                    .body = R"({"error":"Sign in: send the token of POST /login as bearer"})",
                    .headers = {{"WWW-Authenticate", "Bearer"}}});
    return false;
}

qint64 idIn(const DemoExchange &exchange)
{
    return exchange.segments().constLast().toLongLong();
}

QJsonObject bodyOf(const DemoExchange &exchange)
{
    return QJsonDocument::fromJson(exchange.body()).object();
}

/** One page of \a all, as `{"NAME":[…],"page":…,"total":…}`. */
template<typename Map, typename Filter>
void replyPage(DemoExchange &exchange, const char *name, const Map &all, Filter wanted)
{
    const qint64 perPage = qBound(qint64(1), exchange.queryNumber(u"per_page"_s, 50), largestPage);
    const qint64 page = qMax(qint64(1), exchange.queryNumber(u"page"_s, 1));
    QByteArray rows;
    qint64 total = 0;
    for (const auto &[id, each] : all) {
        if (!wanted(each))
            continue;
        if (total >= (page - 1) * perPage && total < page * perPage)
            rows += (rows.isEmpty() ? "" : ",") + toJson(each);
        ++total;
    }
    exchange.reply({.body = R"({")" + QByteArray(name) + R"(":[)" + rows + R"(],"page":)"
                            + QByteArray::number(page) + R"(,"total":)" + QByteArray::number(total)
                            + '}'});
}

void listUsers(DemoExchange &exchange, Shop &shop)
{
    const QString part = exchange.query().queryItemValue(u"q"_s, QUrl::FullyDecoded);
    replyPage(exchange, "users", shop.users(), [&](const Shop::User &user) {
        return user.name.contains(part, Qt::CaseInsensitive);
    });
}

void oneUser(DemoExchange &exchange, Shop &shop)
{
    const Shop::User *user = shop.user(idIn(exchange));
    exchange.reply(user ? Reply{.body = toJson(*user)} : missing("user"));
}

void createUser(DemoExchange &exchange, Shop &shop)
{
    if (!isSignedIn(exchange))
        return;
    const QString name = bodyOf(exchange).value("name"_L1).toString();
    if (name.isEmpty()) {
        exchange.reply({.status = 400, .body = R"({"error":"A user needs a name"})"});
        return;
    }
    const Shop::User &user = shop.addUser(name);
    exchange.reply({.status = 201,
                    .body = toJson(user),
                    .headers = {{"Location", "/users/" + QByteArray::number(user.id)}}});
}

void renameUser(DemoExchange &exchange, Shop &shop)
{
    if (!isSignedIn(exchange))
        return;
    const qint64 id = idIn(exchange);
    const QString name = bodyOf(exchange).value("name"_L1).toString();
    if (name.isEmpty())
        exchange.reply({.status = 400, .body = R"({"error":"A user needs a name"})"});
    else if (shop.renameUser(id, name))
        exchange.reply({.body = toJson(*shop.user(id))});
    else
        exchange.reply(missing("user"));
}

void deleteUser(DemoExchange &exchange, Shop &shop)
{
    if (!isSignedIn(exchange))
        return;
    exchange.reply(shop.removeUser(idIn(exchange)) ? Reply{.status = 204} : missing("user"));
}

void searchOrders(DemoExchange &exchange, Shop &shop)
{
    const QString status = exchange.query().queryItemValue(u"status"_s);
    replyPage(exchange, "orders", shop.orders(),
              [&](const Shop::Order &order) { return status.isEmpty() || order.status == status; });
}

void oneOrder(DemoExchange &exchange, Shop &shop)
{
    const Shop::Order *order = shop.order(idIn(exchange));
    exchange.reply(order ? Reply{.body = toJson(*order)} : missing("order"));
}

Shop::Order orderIn(const DemoExchange &exchange)
{
    const QJsonObject body = bodyOf(exchange);
    return {.userId = body.value("user"_L1).toInteger(),
            .item = body.value("item"_L1).toString(),
            .quantity = body.value("quantity"_L1).toInt(1),
            .status = body.value("status"_L1).toString(u"placed"_s)};
}

void placeOrder(DemoExchange &exchange, Shop &shop)
{
    if (!isSignedIn(exchange))
        return;
    const Shop::Order order = orderIn(exchange);
    if (order.item.isEmpty()) {
        exchange.reply({.status = 400, .body = R"({"error":"An order needs an item"})"});
        return;
    }
    exchange.reply({.status = 201, .body = toJson(shop.addOrder(order))});
}

void replaceOrder(DemoExchange &exchange, Shop &shop)
{
    if (!isSignedIn(exchange))
        return;
    Shop::Order order = orderIn(exchange);
    order.id = idIn(exchange);
    exchange.reply(shop.replaceOrder(order) ? Reply{.body = toJson(order)} : missing("order"));
}

void salesReport(DemoExchange &exchange, Shop &shop)
{
    std::map<QString, qint64> pieces;
    for (const auto &[id, order] : shop.orders())
        pieces[order.item] += order.quantity;
    QJsonObject sold;
    for (const auto &[item, count] : pieces)
        sold.insert(item, count);
    const QJsonObject report{{u"orders"_s, qint64(shop.orders().size())}, {u"sold"_s, sold}};
    exchange.reply({.body = QJsonDocument(report).toJson(QJsonDocument::Compact)});
}

void ordersAsCsv(DemoExchange &exchange, Shop &shop)
{
    QByteArray csv = "id,user,item,quantity,status\r\n";
    for (const auto &[id, order] : shop.orders()) {
        csv += QByteArray::number(id) + ',' + QByteArray::number(order.userId) + ','
               + order.item.toUtf8() + ',' + QByteArray::number(order.quantity) + ','
               + order.status.toUtf8() + "\r\n";
    }
    exchange.reply({.contentType = "text/csv", .body = csv});
}

constexpr auto service = Route::Time::Service;

constexpr Route routes[] = {
    {"GET", "/users", service, listUsers, "?q= ?page= ?per_page="},
    {"POST", "/users", service, createUser, "needs a bearer token"},
    {"GET", "/users/*", service, oneUser, ""},
    {"PATCH", "/users/*", service, renameUser, "needs a bearer token"},
    {"DELETE", "/users/*", service, deleteUser, "needs a bearer token"},
    {"GET", "/orders", service, searchOrders, "?status= ?page= ?per_page="},
    {"POST", "/orders", service, placeOrder, "needs a bearer token"},
    {"GET", "/orders/*", service, oneOrder, ""},
    {"PUT", "/orders/*", service, replaceOrder, "needs a bearer token"},
    {"GET", "/reports/sales", service, salesReport, ""},
    {"GET", "/reports/orders.csv", service, ordersAsCsv, ""},
};

} // namespace

std::span<const Route> shopRoutes()
{
    return routes;
}

} // namespace Sluice
