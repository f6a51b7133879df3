// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo-server/serverstats.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Sluice {

using namespace Qt::StringLiterals;

template<typename Change>
void ServerStats::change(const QByteArray &address, Change with)
{
    with(m_all);
    with(m_addresses[address]);
}

void ServerStats::connectionOpened(const QByteArray &address)
{
    change(address, [](Figures &f) {
        ++f.connectionsOpened;
        f.peakConnections = std::max(f.peakConnections, ++f.connections);
    });
}

void ServerStats::connectionClosed(const QByteArray &address)
{
    change(address, [](Figures &f) { --f.connections; });
}

int ServerStats::requestBegan(const QByteArray &address)
{
    change(address, [](Figures &f) {
        ++f.requests;
        f.peakInFlight = std::max(f.peakInFlight, ++f.inFlight);
    });
    return m_all.inFlight;
}

void ServerStats::requestEnded(const QByteArray &address)
{
    change(address, [](Figures &f) { --f.inFlight; });
}

void ServerStats::reset()
{
    const auto restart = [](Figures &f) {
        f = {f.connections, f.connections, 0, f.inFlight, f.inFlight, 0};
    };
    restart(m_all);
    for (auto &[address, figures] : m_addresses)
        restart(figures);
    m_rejected = 0;
    m_aborted = 0;
}

QByteArray ServerStats::toJson() const
{
    const auto object = [](const Figures &f) {
        return QJsonObject{{u"connections"_s, f.connections},
                           {u"peakConnections"_s, f.peakConnections},
                           {u"connectionsOpened"_s, f.connectionsOpened},
                           {u"inFlight"_s, f.inFlight},
                           {u"peakInFlight"_s, f.peakInFlight},
                           {u"requests"_s, f.requests}};
    };
    QJsonObject addresses;
    for (const auto &[address, figures] : m_addresses)
        addresses.insert(QString::fromLatin1(address), object(figures));
    QJsonObject all = object(m_all);
    all.insert(u"rejected"_s, m_rejected);
    all.insert(u"aborted"_s, m_aborted);
    all.insert(u"addresses"_s, addresses);
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

} // namespace Sluice
