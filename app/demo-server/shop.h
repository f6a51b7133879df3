// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <map>
#include <vector>

namespace Sluice {

/**
 * The data of the shop that the demo server plays. It starts the same every time; what clients add
 * is bounded, the oldest addition making room.
 */
class Shop
{
public:
    struct User
    {
        qint64 id = 0;
        QString name;
        qint64 balanceCents = 0;
    };
    struct Order
    {
        qint64 id = 0;
        qint64 userId = 0;
        QString item;
        int quantity = 1;
        QString status;
    };

    Shop();

    const std::map<qint64, User> &users() const { return m_users; }
    const std::map<qint64, Order> &orders() const { return m_orders; }
    const User *user(qint64 id) const;
    const Order *order(qint64 id) const;

    const User &addUser(const QString &name);
    /** False when there is no such user. */
    bool renameUser(qint64 id, const QString &name);
    /** As all of DELETE, it may be repeated: false only when there never was such a user. */
    bool removeUser(qint64 id);
    const Order &addOrder(Order order);
    bool replaceOrder(const Order &order);

private:
    std::map<qint64, User> m_users;
    std::map<qint64, Order> m_orders;
    qint64 m_nextUser = 0;
    qint64 m_nextOrder = 0;
    qint64 m_firstAddedUser = 0;
    qint64 m_firstAddedOrder = 0;
};

/** JSON text: ids stay whole beyond 2^53, amounts keep their two decimals. */
QByteArray toJson(const Shop::User &user);
QByteArray toJson(const Shop::Order &order);

} // namespace Sluice
