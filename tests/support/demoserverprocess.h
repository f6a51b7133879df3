// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QStringList>

/** `sluice-cli demo-server` on a free port, from start() to the end of the object. */
class DemoServerProcess
{
public:
    ~DemoServerProcess();

    /** True once it listens; \a arguments beside `--port 0`. */
    bool start(const QStringList &arguments = {});
    /** SIGTERM; its exit status. */
    int stop();

    quint16 port() const { return m_port; }
    /** `http://127.0.0.1:PORT` and \a path. */
    QString url(const QString &path = {}) const;
    /** What `/__stats` says; empty when it does not answer. */
    QJsonObject stats() const;
    /** Peaks and sums start again; false when it does not answer. */
    bool resetStats() const;
    /** From now on it has \a count workers; false when it does not answer. */
    bool setWorkers(int count) const;
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
    quint16 m_port = 0;
};
