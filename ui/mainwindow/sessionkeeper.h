// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/sessionfile.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace Sluice {

/**
 * Keeps open tabs and unsaved edits in a file, so that closing, a crash or a power cut loses at
 * most the last half second of typing.
 */
class SessionKeeper final : public QObject
{
    Q_OBJECT

public:
    using Collect = std::function<Session()>;

    /** \a collect tells what is open at the moment. */
    SessionKeeper(QString file, Collect collect, QObject *parent = nullptr);
    ~SessionKeeper() override;

    /** Something changed; the file follows soon. */
    void touch();
    /** Writes at once; for the end of the program. */
    void flush();
    /** Reads what an earlier session left; restored() follows. */
    void restore();
    /** What is open is written from now on; before, it would replace what is still to come back. */
    void start();

signals:
    void restored(const Sluice::Session &session);
    void failed(const Sluice::Error &error);

private:
    /** Orders writes from several threads: an older state never replaces a newer one. */
    struct Order;

    void write();
    static Result<> writeInOrder(Order &order, quint64 number, const QString &file,
                                 const Session &session);

    QString m_file;
    Collect m_collect;
    QTimer m_timer;
    Session m_written;
    std::shared_ptr<Order> m_order;
    quint64 m_number = 0;
    bool m_started = false;
};

} // namespace Sluice
