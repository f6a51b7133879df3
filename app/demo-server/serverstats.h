// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <map>

namespace Sluice {

/** What a server saw, over all its addresses and for each. */
class ServerStats
{
public:
    void connectionOpened(const QByteArray &address);
    void connectionClosed(const QByteArray &address);
    /** Returns how many are in flight now, this one included. */
    int requestBegan(const QByteArray &address);
    void requestEnded(const QByteArray &address);
    void requestRejected() { ++m_rejected; }
    void requestAborted() { ++m_aborted; }

    /** Peaks start again at what is open now, sums at zero. */
    void reset();
    /** `{"peakConnections":…,"peakInFlight":…,"requests":…,…,"addresses":{…}}` */
    QByteArray toJson() const;

private:
    struct Figures
    {
        int connections = 0;
        int peakConnections = 0;
        qint64 connectionsOpened = 0;
        int inFlight = 0;
        int peakInFlight = 0;
        qint64 requests = 0;
    };

    template<typename Change>
    void change(const QByteArray &address, Change with);

    Figures m_all;
    std::map<QByteArray, Figures> m_addresses;
    qint64 m_rejected = 0;
    qint64 m_aborted = 0;
};

} // namespace Sluice
