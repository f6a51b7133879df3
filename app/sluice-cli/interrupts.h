// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace Sluice {

/** Turns SIGINT (Ctrl+C) and SIGTERM into a Qt signal. One object at a time. */
class Interrupts final : public QObject
{
    Q_OBJECT

public:
    explicit Interrupts(QObject *parent = nullptr);
    /** The signals do again what they did before. */
    ~Interrupts() override;

signals:
    /** Once for each interrupt; \a count is how many there were. */
    void interrupted(int count);

private:
    void readPending();

    std::unique_ptr<QSocketNotifier> m_notifier;
    int m_count = 0;
};

} // namespace Sluice
