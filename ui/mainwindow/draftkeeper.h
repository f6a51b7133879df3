// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/draftstore.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace Sluice {

/**
 * Keeps unsaved edits in a file, so that closing, a crash or a power cut loses at most the last
 * half second of typing.
 */
class DraftKeeper final : public QObject
{
    Q_OBJECT

public:
    using Collect = std::function<std::vector<Draft>()>;

    /** \a collect tells the drafts of the moment. */
    DraftKeeper(QString file, Collect collect, QObject *parent = nullptr);
    ~DraftKeeper() override;

    /** Something changed; the file follows soon. */
    void touch();
    /** Writes at once; for the end of the program. */
    void flush();
    /** Reads what an earlier session left; restored() follows. */
    void restore();

signals:
    void restored(const std::vector<Sluice::Draft> &drafts);
    void failed(const Sluice::Error &error);

private:
    /** Orders writes from several threads: an older state never replaces a newer one. */
    struct Order;

    void write();
    static Result<> writeInOrder(Order &order, quint64 number, const QString &file,
                                 const std::vector<Draft> &drafts);

    QString m_file;
    Collect m_collect;
    QTimer m_timer;
    std::vector<Draft> m_written;
    std::shared_ptr<Order> m_order;
    quint64 m_number = 0;
    bool m_restored = false;
};

} // namespace Sluice
