// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/shop.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace Sluice {

using namespace Qt::StringLiterals;

namespace {

// Above 2^53, where a client that reads numbers as doubles loses digits.
constexpr qint64 firstUser = 9'007'199'254'740'993;
constexpr qint64 firstOrder = 1001;
constexpr int usersAtStart = 2000;
constexpr int ordersAtStart = 500;
constexpr size_t mostAdded = 1000;

constexpr std::array firstNames{"Ada",     "Grace",    "Alan",   "Edsger",  "Barbara",
                                "Donald",  "Margaret", "Dennis", "Frances", "Ken",
                                "Radia",   "Tony",     "Karen",  "Leslie",  "Shafi",
                                "Niklaus", "Hedy",     "John",   "Mary",    "Claude"};
constexpr std::array lastNames{"Lovelace", "Hopper",   "Turing",  "Dijkstra", "Liskov",
                               "Knuth",    "Hamilton", "Ritchie", "Allen",    "Thompson",
                               "Perlman",  "Hoare",    "Sparck",  "Lamport",  "Goldwasser",
                               "Wirth",    "Lamarr",   "Backus",  "Shaw",     "Shannon"};
constexpr std::array items{"lamp", "kettle", "desk", "chair", "notebook", "bicycle", "clock"};
constexpr std::array states{"placed", "paid", "packed", "sent", "delivered"};

QByteArray quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

QString mailName(const QString &name)
{
    return name.section(u' ', 0, 0).toLower();
}

/** Makes room for one more among the entries from \a first on. */
template<typename Map>
void bound(Map &map, qint64 first)
{
    const auto oldest = map.lower_bound(first);
    if (size_t(std::distance(oldest, map.end())) >= mostAdded)
        map.erase(oldest);
}

} // namespace

Shop::Shop()
{
    for (int i = 0; i < usersAtStart; ++i) {
        const size_t person = size_t(i) % (firstNames.size() * lastNames.size());
        const QString name =
            QLatin1StringView(firstNames[person % firstNames.size()]) + u' '
            + QLatin1StringView(
                lastNames[(person + person / firstNames.size()) % lastNames.size()]);
        const qint64 id = firstUser + i;
        m_users.emplace(id, User{id, name, (120'410 + qint64(i) * 7'919) % 500'000});
    }
    for (int i = 0; i < ordersAtStart; ++i) {
        const qint64 id = firstOrder + i;
        m_orders.emplace(id, Order{id, firstUser + i * 3 % usersAtStart,
                                   QString::fromLatin1(items[size_t(i) % items.size()]), 1 + i % 4,
                                   QString::fromLatin1(states[size_t(i) % states.size()])});
    }
    m_nextUser = m_firstAddedUser = firstUser + usersAtStart;
    m_nextOrder = m_firstAddedOrder = firstOrder + ordersAtStart;
}

const Shop::User *Shop::user(qint64 id) const
{
    const auto found = m_users.find(id);
    return found == m_users.end() ? nullptr : &found->second;
}

const Shop::Order *Shop::order(qint64 id) const
{
    const auto found = m_orders.find(id);
    return found == m_orders.end() ? nullptr : &found->second;
}

const Shop::User &Shop::addUser(const QString &name)
{
    bound(m_users, m_firstAddedUser);
    const qint64 id = m_nextUser++;
    return m_users.emplace(id, User{id, name, 0}).first->second;
}

bool Shop::renameUser(qint64 id, const QString &name)
{
    const auto found = m_users.find(id);
    if (found == m_users.end())
        return false;
    found->second.name = name;
    return true;
}

bool Shop::removeUser(qint64 id)
{
    m_users.erase(id);
    return id >= firstUser && id < m_nextUser;
}

const Shop::Order &Shop::addOrder(Order order)
{
    bound(m_orders, m_firstAddedOrder);
    order.id = m_nextOrder++;
    return m_orders.emplace(order.id, std::move(order)).first->second;
}

bool Shop::replaceOrder(const Order &order)
{
    const auto found = m_orders.find(order.id);
    if (found == m_orders.end())
        return false;
    found->second = order;
    return true;
}

QByteArray toJson(const Shop::User &user)
{
    const QByteArray cents = QByteArray::number(user.balanceCents % 100).rightJustified(2, '0');
    return R"({"id":)" + QByteArray::number(user.id) + R"(,"name":)" + quoted(user.name)
           + R"(,"email":)" + quoted(mailName(user.name) + "@shop.example"_L1) + R"(,"roles":)"
           + (user.id % 10 == 3 ? R"(["admin","buyer"])" : R"(["buyer"])") + R"(,"balance":)"
           + QByteArray::number(user.balanceCents / 100) + '.' + cents + '}';
}

QByteArray toJson(const Shop::Order &order)
{
    return R"({"id":)" + QByteArray::number(order.id) + R"(,"user":)"
           + QByteArray::number(order.userId) + R"(,"item":)" + quoted(order.item)
           + R"(,"quantity":)" + QByteArray::number(order.quantity) + R"(,"status":)"
           + quoted(order.status) + '}';
}

} // namespace Sluice
