// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/folderwatcher.h"

#ifdef Q_OS_LINUX
#include <QFile>
#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <sys/inotify.h>
#include <unistd.h>
#else
#include <QFileSystemWatcher>
#endif

#include <utility>

namespace Sluice {

namespace {

constexpr int SettleMs = 150;

} // namespace

#ifdef Q_OS_LINUX

/** One inotify instance; see inotify(7). */
class FolderWatcher::Backend
{
public:
    explicit Backend(FolderWatcher *watcher)
        : m_watcher(watcher), m_fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        if (m_fd < 0)
            return;
        m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, watcher,
                         [this] { readEvents(); });
    }

    ~Backend()
    {
        m_notifier.reset();
        if (m_fd >= 0)
            ::close(m_fd);
    }

    Backend(const Backend &) = delete;
    Backend &operator=(const Backend &) = delete;

    qsizetype count() const { return m_folders.size(); }

    void setFolders(const QStringList &folders)
    {
        const QSet<QString> wanted(folders.begin(), folders.end());
        for (auto it = m_ids.begin(); it != m_ids.end();) {
            if (wanted.contains(it.key())) {
                ++it;
                continue;
            }
            ::inotify_rm_watch(m_fd, it.value());
            m_folders.remove(it.value());
            it = m_ids.erase(it);
        }
        bool full = m_fd < 0;
        for (const QString &folder : wanted) {
            if (!m_ids.contains(folder))
                full = !add(folder) || full;
        }
        if (full)
            emit m_watcher->exhausted();
    }

private:
    /** False when the system has no watch left. */
    bool add(const QString &folder)
    {
        constexpr std::uint32_t Mask = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVE
                                       | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
        const int id = ::inotify_add_watch(m_fd, QFile::encodeName(folder).constData(), Mask);
        if (id < 0)
            return errno != ENOSPC && errno != ENOMEM;
        m_folders.insert(id, folder);
        m_ids.insert(folder, id);
        return true;
    }

    void readEvents()
    {
        alignas(inotify_event) std::array<char, 16384> buffer;
        for (;;) {
            const ssize_t length = ::read(m_fd, buffer.data(), buffer.size());
            if (length <= 0)
                return;
            for (const char *at = buffer.data(); at < buffer.data() + length;) {
                const auto *event = reinterpret_cast<const inotify_event *>(at);
                take(*event);
                at += sizeof(inotify_event) + event->len;
            }
        }
    }

    void take(const inotify_event &event)
    {
        if (event.mask & IN_Q_OVERFLOW) {
            for (const QString &folder : std::as_const(m_folders))
                m_watcher->note(folder);
            return;
        }
        const QString folder = m_folders.value(event.wd);
        if (folder.isEmpty())
            return;
        if (event.mask & IN_IGNORED) {
            m_folders.remove(event.wd);
            m_ids.remove(folder);
        }
        m_watcher->note(event.len > 0 ? folder + u'/' + QFile::decodeName(event.name) : folder);
    }

    FolderWatcher *m_watcher;
    int m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QHash<int, QString> m_folders;
    QHash<QString, int> m_ids;
};

#else

/** Does not notice what is written in place. */
class FolderWatcher::Backend
{
public:
    explicit Backend(FolderWatcher *watcher)
    {
        QObject::connect(&m_system, &QFileSystemWatcher::directoryChanged, watcher,
                         &FolderWatcher::note);
    }

    qsizetype count() const { return m_system.directories().size(); }

    void setFolders(const QStringList &folders)
    {
        if (const QStringList now = m_system.directories(); !now.isEmpty())
            m_system.removePaths(now);
        if (!folders.isEmpty())
            m_system.addPaths(folders);
    }

private:
    QFileSystemWatcher m_system;
};

#endif

FolderWatcher::FolderWatcher(QObject *parent)
    : QObject(parent), m_backend(std::make_unique<Backend>(this))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(SettleMs);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        const QSet<QString> paths = std::exchange(m_changed, {});
        emit changed(QStringList(paths.begin(), paths.end()));
    });
}

FolderWatcher::~FolderWatcher() = default;

void FolderWatcher::setFolders(const QStringList &folders)
{
    m_backend->setFolders(folders);
}

qsizetype FolderWatcher::count() const
{
    return m_backend->count();
}

void FolderWatcher::note(const QString &path)
{
    m_changed.insert(path);
    // Not started anew by every event: what goes on for long is told from time to time.
    if (!m_settle.isActive())
        m_settle.start();
}

} // namespace Sluice
