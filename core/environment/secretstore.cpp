// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/secretstore.h"

#include <QAbstractEventDispatcher>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLibrary>

#include <qt6keychain/keychain.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

// A job owns itself and deletes itself when it has finished. As a child of the store it would end
// with that, and libsecret would answer into what is gone.

constexpr int PumpMs = 5;

QString service()
{
    return u"sluice"_s;
}

/** Readable in the keychain's own window, and without two keys that look the same. */
QString textOf(const SecretKey &key)
{
    const QJsonArray parts{key.collection, key.environment, key.name};
    return QString::fromUtf8(QJsonDocument(parts).toJson(QJsonDocument::Compact));
}

/**
 * libsecret answers through GLib's main context. Where Qt runs its own dispatcher nobody turns
 * that, so the store does while it waits.
 */
void iterateGlib()
{
    using Iteration = int (*)(void *context, int mayBlock);
    static const auto iteration = [] {
        QLibrary glib(u"glib-2.0"_s, 0);
        return reinterpret_cast<Iteration>(glib.resolve("g_main_context_iteration"));
    }();
    if (iteration)
        iteration(nullptr, 0);
}

bool qtTurnsGlib()
{
    const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    return dispatcher && QByteArrayView(dispatcher->metaObject()->className()).contains("Glib");
}

QString reasonOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return SecretStore::tr("there is no keychain service");
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return SecretStore::tr("access to the keychain was denied");
    default:
        return job.errorString().isEmpty() ? SecretStore::tr("the keychain does not answer")
                                           : job.errorString();
    }
}

} // namespace

size_t qHash(const SecretKey &key, size_t seed) noexcept
{
    return qHashMulti(seed, key.collection, key.environment, key.name);
}

SecretStore::SecretStore(QObject *parent) : QObject(parent)
{
    m_pump.setInterval(PumpMs);
    connect(&m_pump, &QTimer::timeout, this, [] { iterateGlib(); });
}

SecretStore::~SecretStore() = default;

std::optional<QString> SecretStore::value(const SecretKey &key) const
{
    const auto found = m_values.constFind(key);
    return found == m_values.cend() ? std::nullopt : std::optional(*found);
}

void SecretStore::beginJob()
{
    if (m_jobs++ == 0 && !qtTurnsGlib())
        m_pump.start();
}

void SecretStore::endJob()
{
    if (--m_jobs == 0)
        m_pump.stop();
}

void SecretStore::noteProblem(const QString &reason)
{
    m_problem = reason;
    emit unavailable(reason);
}

void SecretStore::load(const std::vector<SecretKey> &keys)
{
    for (const SecretKey &key : keys) {
        if (m_values.contains(key))
            continue;
        auto *job = new QKeychain::ReadPasswordJob(service());
        job->setKey(textOf(key));
        ++m_loading;
        beginJob();
        connect(job, &QKeychain::Job::finished, this, [this, key, job] {
            endJob();
            if (job->error() == QKeychain::NoError) {
                // What was typed meanwhile is newer.
                if (!m_values.contains(key))
                    m_values.insert(key, job->textData());
            } else if (job->error() != QKeychain::EntryNotFound) {
                m_problem = reasonOf(*job);
            }
            if (--m_loading == 0)
                emit loaded();
        });
        job->start();
    }
    if (m_loading == 0)
        QMetaObject::invokeMethod(this, &SecretStore::loaded, Qt::QueuedConnection);
}

void SecretStore::set(const SecretKey &key, const QString &value)
{
    QKeychain::Job *job = nullptr;
    if (value.isEmpty()) {
        m_values.remove(key);
        job = new QKeychain::DeletePasswordJob(service());
    } else {
        m_values.insert(key, value);
        auto *write = new QKeychain::WritePasswordJob(service());
        write->setTextData(value);
        job = write;
    }
    job->setKey(textOf(key));
    beginJob();
    connect(job, &QKeychain::Job::finished, this, [this, job] {
        endJob();
        if (job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound) {
            m_problem.clear();
            emit stored();
        } else {
            noteProblem(reasonOf(*job));
        }
    });
    job->start();
}

} // namespace Sluice
