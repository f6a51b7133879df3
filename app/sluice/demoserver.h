// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QObject>
#include <QProcess>

namespace Sluice {

/** The demo server in a process of its own, which ends with this one. */
class DemoServer final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~DemoServer() override;

    /** Starts `sluice-cli demo-server` from this program's folder; listening() or failed() follows.
     */
    void start();

signals:
    void listening(const QString &port);
    void failed(const Sluice::Error &error);

private:
    void readAddress();

    QProcess m_process;
    QByteArray m_output;
};

/**
 * Copies the sample collections into \a folder, leaving alone what is there, and returns their
 * roots. Blocks.
 */
QStringList unpackSamples(const QString &folder);

} // namespace Sluice
