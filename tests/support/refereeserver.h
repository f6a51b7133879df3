// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace Sluice::Test {

/** A server nobody here wrote, run as a process of its own and ended by its process id. */
class RefereeServer
{
public:
    RefereeServer(const RefereeServer &) = delete;
    RefereeServer &operator=(const RefereeServer &) = delete;

    quint16 port() const { return m_port; }
    QUrl url(const QString &host = QStringLiteral("127.0.0.1")) const;

    /** A port that is free on every loopback address at this moment. */
    static quint16 freePort();

protected:
    RefereeServer();
    ~RefereeServer();

    QString path(const QString &name) const { return m_dir.filePath(name); }
    void write(const QString &name, const QByteArray &content) const;
    /** Runs \a program to its end. */
    Result<> run(const QString &program, const QStringList &arguments) const;
    /** As run(), for a program that puts itself into the background and writes `pid`. */
    Result<> launch(const QString &program, const QStringList &arguments);
    /** Runs \a program, which serves until it is ended. */
    Result<> serve(const QString &program, const QStringList &arguments);

    QString m_scheme = QStringLiteral("http");

private:
    Result<> waitUntilItListens(const QString &program) const;
    bool hasProcessId() const;
    bool listens() const;

    QTemporaryDir m_dir;
    QProcess m_process; ///< Of serve().
    quint16 m_port = 0;
};

} // namespace Sluice::Test
