// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/draftkeeper.h"

#include "ui/widgets/worker.h"

namespace Sluice {

namespace {

constexpr int QuietMs = 400;

} // namespace

struct DraftKeeper::Order
{
    QMutex mutex;
    quint64 newest = 0;
};

DraftKeeper::DraftKeeper(QString file, Collect collect, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_collect(std::move(collect)),
      m_order(std::make_shared<Order>())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(QuietMs);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::write);
}

DraftKeeper::~DraftKeeper() = default;

void DraftKeeper::touch()
{
    // Steady typing must not put the writing off for ever.
    if (!m_timer.isActive())
        m_timer.start();
}

Result<> DraftKeeper::writeInOrder(Order &order, quint64 number, const QString &file,
                                   const std::vector<Draft> &drafts)
{
    const QMutexLocker lock(&order.mutex);
    if (number < order.newest)
        return {};
    order.newest = number;
    return writeDrafts(file, drafts);
}

void DraftKeeper::write()
{
    // Before the earlier session's drafts are back there is nothing that could replace them.
    if (!m_restored)
        return;
    std::vector<Draft> drafts = m_collect();
    if (drafts == m_written)
        return;
    m_written = drafts;
    runInWorker(
        this,
        [order = m_order, number = ++m_number, file = m_file, drafts = std::move(drafts)] {
            return writeInOrder(*order, number, file, drafts);
        },
        [this](const Result<> &result) {
            if (!result)
                emit failed(result.error());
        });
}

void DraftKeeper::flush()
{
    m_timer.stop();
    if (!m_restored)
        return;
    const Result<> result = writeInOrder(*m_order, ++m_number, m_file, m_collect());
    if (!result)
        emit failed(result.error());
}

void DraftKeeper::restore()
{
    runInWorker(
        this, [file = m_file] { return readDrafts(file); },
        [this](const std::vector<Draft> &drafts) {
            m_restored = true;
            m_written = drafts;
            emit restored(drafts);
        });
}

} // namespace Sluice
