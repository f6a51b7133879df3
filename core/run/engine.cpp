// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/engine.h"

#include "core/run/engineworker.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

Engine::Engine(QObject *parent) : QObject(parent), m_worker(new EngineWorker)
{
    m_thread.setObjectName(u"engine"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::started, m_worker, &EngineWorker::begin);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &EngineWorker::published, this, &Engine::takeNewest);
    connect(m_worker, &EngineWorker::sendFinished, this, &Engine::sendFinished);
    connect(m_worker, &EngineWorker::runFinished, this, &Engine::runFinished);
    connect(m_worker, &EngineWorker::sweepRefused, this, [this](const Error &why) {
        --m_sweeps;
        emit sweepRefused(why);
    });
    connect(m_worker, &EngineWorker::sweepProgressed, this, &Engine::sweepProgressed);
    connect(m_worker, &EngineWorker::sweepLevelMeasured, this, &Engine::sweepLevelMeasured);
    connect(m_worker, &EngineWorker::sweepStageBegan, this, &Engine::sweepStageBegan);
    connect(m_worker, &EngineWorker::sweepStageFinished, this, &Engine::sweepStageFinished);
    connect(m_worker, &EngineWorker::sweepFinished, this, [this] {
        --m_sweeps;
        emit sweepFinished();
    });
    m_thread.start();
}

Engine::~Engine()
{
    m_thread.quit();
    m_thread.wait();
}

quint64 Engine::send(SendJob job)
{
    const quint64 id = ++m_lastSend;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, id, job = std::move(job)] { worker->core().send(id, job); });
    return id;
}

void Engine::cancelSend(quint64 id)
{
    QMetaObject::invokeMethod(m_worker,
                              [worker = m_worker, id] { worker->core().sender().cancel(id); });
}

void Engine::startRun(RunPlan plan)
{
    if (isSweeping())
        return;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, plan = std::move(plan)] { worker->core().startRun(plan); });
}

void Engine::drainRun()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->core().runner().drain(); });
}

void Engine::abortRun()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->core().runner().abort(); });
}

void Engine::startSweep(SweepJob job)
{
    ++m_sweeps;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, job = std::move(job)] { worker->startSweep(job); });
}

void Engine::stopSweep()
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->core().sweeps().stop(); });
}

void Engine::setLimits(const Limits &limits, LimitsOrigin origin)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, limits, origin] {
        worker->core().setLimits(limits, origin);
    });
}

void Engine::setPaused(bool paused)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, paused] {
        AdmissionQueue &queue = worker->core().admission();
        paused ? queue.pause() : queue.resume();
    });
}

void Engine::endHold(EndpointId endpoint)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, endpoint] {
        AdmissionQueue &queue = worker->core().admission();
        if (endpoint != EndpointId::None)
            return queue.endHold(endpoint);
        for (const EndpointSnapshot &one : queue.snapshot().endpoints)
            queue.endHold(one.id);
    });
}

void Engine::setLiveRate(int perSecond)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, perSecond] {
        worker->setPublishRate(std::clamp(perSecond, MinLiveRate, MaxLiveRate));
    });
}

void Engine::setLiveView(const LiveView &view)
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, view] {
        worker->core().setLiveView(view);
        worker->publishSoon();
    });
}

void Engine::addLiveNote(qint64 atUs, const QString &text)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, atUs, text] { worker->core().addLiveNote(atUs, text); });
}

void Engine::takeNewest()
{
    const EngineWorker::Newest newest = m_worker->take();
    if (newest.snapshot)
        emit liveChanged(newest.snapshot);
    for (const RunBatchPtr &batch : newest.rows)
        emit runRowsAdded(batch);
    if (newest.progress)
        emit runProgressed(*newest.progress);
}

} // namespace Sluice
