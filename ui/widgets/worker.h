// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMutex>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace Sluice {

/**
 * Runs \a work in a thread of \a pool and hands its result to \a done in \a context's thread,
 * unless
 * \a context is gone by then. Results may arrive out of order, unless the pool has one thread: a
 * caller whose question can change counts generations and ignores stale answers. Call it from
 * \a context's thread.
 */
template<typename Work, typename Done>
void runInPool(QThreadPool *pool, QObject *context, Work work, Done done)
{
    // The lock makes "still there?" and "post to it" one step against the context's destruction.
    struct Target
    {
        QMutex mutex;
        QObject *context;
    };
    auto target = std::make_shared<Target>();
    target->context = context;
    QObject::connect(context, &QObject::destroyed, context, [target] {
        const QMutexLocker lock(&target->mutex);
        target->context = nullptr;
    });
    pool->start([target, work = std::move(work), done = std::move(done)]() mutable {
        auto result = std::make_shared<decltype(work())>(work());
        const QMutexLocker lock(&target->mutex);
        if (target->context)
            QMetaObject::invokeMethod(
                target->context,
                [result, done = std::move(done)]() mutable { done(std::move(*result)); },
                Qt::QueuedConnection);
    });
}

/** As runInPool() in the pool of the program. */
template<typename Work, typename Done>
void runInWorker(QObject *context, Work work, Done done)
{
    runInPool(QThreadPool::globalInstance(), context, std::move(work), std::move(done));
}

} // namespace Sluice
