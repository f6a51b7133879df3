// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/refereeserver.h"

#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <csignal>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

namespace {

constexpr int WaitMs = 10000;

/** Ends the process \a pid, which is not a child, and waits for it: its files are removed next. */
void end(int pid)
{
    // The header of glibc 2.36 declares pidfd_open() as if it were C++.
    const int process = int(::syscall(SYS_pidfd_open, pid, 0));
    ::kill(pid, SIGTERM);
    if (process < 0)
        return;
    pollfd ended{process, POLLIN, 0};
    ::poll(&ended, 1, WaitMs);
    ::close(process);
}

} // namespace

RefereeServer::RefereeServer() : m_port(freePort())
{
    // Some of them drop their rights and must still reach their files.
    QFile::setPermissions(m_dir.path(), QFile::Permissions(0x7777));
}

RefereeServer::~RefereeServer()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(WaitMs);
    }
    QFile file(path(u"pid"_s));
    if (!file.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (const int pid = line.trimmed().toInt(); pid > 1)
            end(pid);
    }
}

QUrl RefereeServer::url(const QString &host) const
{
    return QUrl(u"%1://%2:%3/"_s.arg(m_scheme, host, QString::number(m_port)));
}

quint16 RefereeServer::freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::AnyIPv4);
    return server.serverPort();
}

void RefereeServer::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("Could not write %s", qPrintable(file.fileName()));
}

Result<> RefereeServer::launch(const QString &program, const QStringList &arguments)
{
    const Result<> started = run(program, arguments);
    if (!started)
        return started;
    if (!QTest::qWaitFor([this] { return hasProcessId(); }, WaitMs))
        return failure(ErrorCode::Internal, u"%1 wrote no process id"_s.arg(program));
    return waitUntilItListens(program);
}

Result<> RefereeServer::serve(const QString &program, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(path(u"output"_s));
    m_process.start(program, arguments);
    if (!m_process.waitForStarted(WaitMs))
        return failure(ErrorCode::Internal, m_process.errorString());
    return waitUntilItListens(program);
}

Result<> RefereeServer::waitUntilItListens(const QString &program) const
{
    if (QTest::qWaitFor([this] { return listens(); }, WaitMs))
        return {};
    return failure(ErrorCode::Internal, u"%1 does not listen"_s.arg(program));
}

bool RefereeServer::hasProcessId() const
{
    QFile file(path(u"pid"_s));
    return file.open(QIODevice::ReadOnly) && file.readAll().trimmed().toInt() > 1;
}

bool RefereeServer::listens() const
{
    // Listening is enough; a connection would be counted by those that count.
    QFile table(u"/proc/net/tcp"_s);
    if (!table.open(QIODevice::ReadOnly))
        return false;
    const QByteArray wanted = ':' + QByteArray::number(m_port, 16).toUpper().rightJustified(4, '0');
    for (const QByteArray &line : table.readAll().split('\n')) {
        const QList<QByteArray> cells = line.simplified().split(' ');
        if (cells.size() > 3 && cells[1].endsWith(wanted) && cells[3] == "0A")
            return true;
    }
    return false;
}

Result<> RefereeServer::run(const QString &program, const QStringList &arguments) const
{
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setProcessChannelMode(QProcess::MergedChannels);
    // A daemon keeps its output open, which QProcess would wait for.
    process.setStandardOutputFile(path(u"output"_s));
    process.start();
    if (!process.waitForFinished(WaitMs) || process.exitCode() != 0) {
        QFile output(path(u"output"_s));
        const bool readable = output.open(QIODevice::ReadOnly);
        return failure(
            ErrorCode::Internal,
            u"%1 did not start: %2"_s.arg(program, readable ? QString::fromUtf8(output.readAll())
                                                            : process.errorString()));
    }
    return {};
}

} // namespace Sluice::Test
