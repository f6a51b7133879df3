// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/refereeserver.h"

#include <QFile>
#include <QHostAddress>
#include <QProcess>
#include <QTcpServer>

#include <csignal>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

RefereeServer::RefereeServer() : m_port(freePort())
{
    // Some of them drop their rights and must still reach their files.
    QFile::setPermissions(m_dir.path(), QFile::Permissions(0x7777));
}

RefereeServer::~RefereeServer()
{
    QFile file(path(u"pid"_s));
    if (!file.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (const int pid = line.trimmed().toInt(); pid > 1)
            ::kill(pid, SIGTERM);
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
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setProcessChannelMode(QProcess::MergedChannels);
    // A daemon keeps its output open, which QProcess would wait for.
    process.setStandardOutputFile(path(u"output"_s));
    process.start();
    if (!process.waitForFinished(10000) || process.exitCode() != 0) {
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
