// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice/demoserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

DemoServer::DemoServer(QString program, QObject *parent)
    : QObject(parent), m_program(std::move(program))
{
}

DemoServer::~DemoServer()
{
    // It watches its standard input and leaves when that closes; this only makes sure.
    m_process.disconnect(this);
    m_process.kill();
    m_process.closeReadChannel(QProcess::StandardOutput);
}

QString DemoServer::defaultProgram()
{
    return QDir(QCoreApplication::applicationDirPath()).filePath(u"sluice-cli"_s);
}

void DemoServer::start(const QStringList &arguments)
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &DemoServer::readAddress);
    connect(&m_process, &QProcess::errorOccurred, this, [this] {
        emit failed(
            {ErrorCode::Io, tr("The demo server did not start: %1").arg(m_process.errorString())});
    });
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(m_program,
                    QStringList{u"demo-server"_s, u"--port"_s, u"0"_s, u"--exit-with-parent"_s}
                        + arguments);
}

void DemoServer::endLater()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning) {
        deleteLater();
        return;
    }
    connect(&m_process, &QProcess::finished, this, &QObject::deleteLater);
    m_process.terminate();
}

void DemoServer::readAddress()
{
    static const QRegularExpression address(u"listening on http://[^:]+:(\\d+)"_s);
    m_output += m_process.readAllStandardOutput();
    const auto match = address.match(QString::fromUtf8(m_output));
    if (!match.hasMatch())
        return;
    m_process.disconnect(this);
    emit listening(match.captured(1));
}

QStringList unpackSamples(const QString &folder)
{
    const QString source = u":/samples"_s;
    QDirIterator files(source, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString from = files.next();
        const QString to = QDir(folder).filePath(from.sliced(source.size() + 1));
        if (QFile::exists(to))
            continue;
        QDir().mkpath(QFileInfo(to).path());
        if (QFile::copy(from, to))
            QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup
                                          | QFile::ReadOther);
    }
    QStringList roots;
    for (const QString &name : QDir(source).entryList(QDir::Dirs))
        roots.prepend(QDir(folder).filePath(name));
    return roots;
}

} // namespace Sluice
