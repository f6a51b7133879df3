// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/demoserverprocess.h"

#include "tests/support/rawclient.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 30'000;

} // namespace

DemoServerProcess::~DemoServerProcess()
{
    stop();
}

bool DemoServerProcess::start(const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(qEnvironmentVariable("SLUICE_BIN_DIR") + u"/sluice-cli"_s,
                    QStringList{u"demo-server"_s, u"--port"_s, u"0"_s} + arguments);
    if (!m_process.waitForReadyRead(patienceMs))
        return false;
    const QByteArray line = m_process.readLine().trimmed();
    m_port = line.mid(line.lastIndexOf(':') + 1).toUShort();
    return m_port != 0;
}

int DemoServerProcess::stop()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        m_process.waitForFinished(patienceMs);
    }
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QString DemoServerProcess::url(const QString &path) const
{
    return u"http://127.0.0.1:%1%2"_s.arg(m_port).arg(path);
}

QJsonObject DemoServerProcess::stats() const
{
    RawClient client(m_port, "GET", "/__stats");
    client.finish();
    return QJsonDocument::fromJson(client.body()).object();
}

bool DemoServerProcess::resetStats() const
{
    RawClient client(m_port, "POST", "/__stats/reset");
    return client.finish() && client.status() == 200;
}

bool DemoServerProcess::setWorkers(int count) const
{
    RawClient client(m_port, "POST", "/__workers/" + QByteArray::number(count));
    return client.finish() && client.status() == 200;
}
