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
    /** \a program is `sluice-cli`. */
    explicit DemoServer(QString program, QObject *parent = nullptr);
    /** Ends the process. */
    ~DemoServer() override;

    /** The `sluice-cli` beside this program. */
    static QString defaultProgram();

    /** Starts it on a free port, with \a arguments; listening() or failed() follows. Once only. */
    void start(const QStringList &arguments = {});

    /** Asks it to leave; this object deletes itself when it has. */
    void endLater();

signals:
    void listening(const QString &port);
    void failed(const Sluice::Error &error);

private:
    void readAddress();

    QString m_program;
    QProcess m_process;
    QByteArray m_output;
};

/**
 * Copies the sample collections into \a folder, leaving alone what is there, and returns their
 * roots. Blocks.
 */
QStringList unpackSamples(const QString &folder);

} // namespace Sluice
