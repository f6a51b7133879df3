// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/sessionkeeper.h"

#include "ui/widgets/worker.h"

namespace Sluice {

namespace {

constexpr int QuietMs = 400;

} // namespace

struct SessionKeeper::Order
{
    QMutex mutex;
    quint64 newest = 0;
};

SessionKeeper::SessionKeeper(QString file, Collect collect, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_collect(std::move(collect)),
      m_order(std::make_shared<Order>())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(QuietMs);
    connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::write);
}

SessionKeeper::~SessionKeeper() = default;

void SessionKeeper::touch()
{
    // Steady typing must not put the writing off for ever.
    if (!m_timer.isActive())
        m_timer.start();
}

Result<> SessionKeeper::writeInOrder(Order &order, quint64 number, const QString &file,
                                     const Session &session)
{
    const QMutexLocker lock(&order.mutex);
    if (number < order.newest)
        return {};
    order.newest = number;
    return writeSession(file, session);
}

void SessionKeeper::write()
{
    if (!m_started)
        return;
    Session session = m_collect();
    if (session == m_written)
        return;
    m_written = session;
    runInWorker(
        this,
        [order = m_order, number = ++m_number, file = m_file, session = std::move(session)] {
            return writeInOrder(*order, number, file, session);
        },
        [this](const Result<> &result) {
            if (!result)
                emit failed(result.error());
        });
}

void SessionKeeper::flush()
{
    m_timer.stop();
    if (!m_started)
        return;
    const Result<> result = writeInOrder(*m_order, ++m_number, m_file, m_collect());
    if (!result)
        emit failed(result.error());
}

void SessionKeeper::start()
{
    m_started = true;
    touch();
}

void SessionKeeper::restore()
{
    struct Outcome
    {
        Session session;
        Result<> result;
    };
    runInWorker(
        this,
        [file = m_file] {
            Outcome outcome;
            outcome.result = readSession(file, outcome.session);
            return outcome;
        },
        [this](const Outcome &outcome) {
            m_written = outcome.session;
            if (!outcome.result)
                emit failed(outcome.result.error());
            emit restored(outcome.session);
        });
}

} // namespace Sluice
