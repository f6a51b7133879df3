// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QWidget>

class QLabel;

namespace Sluice {

class TimingBar;

/** One line about a response: status, time, size, protocol, where the time went, checks. */
class StatusLine final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showIdle();
    void showSending();
    void showResult(const SendResult &result);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void clear();
    void showStatus(const Response &response);
    void showChecks(const std::vector<CheckResult> &checks);
    void hideEmpty();
    /** The legend goes first where there is no room; the bar's tool tip has it too. */
    void fitLegend();

    QLabel *m_status = nullptr;
    QLabel *m_time = nullptr;
    QLabel *m_size = nullptr;
    QLabel *m_protocol = nullptr;
    TimingBar *m_bar = nullptr;
    QLabel *m_legend = nullptr;
    QLabel *m_checks = nullptr;
    std::optional<SendResult> m_result;
};

/** The reason phrase for people: the server's own, else the registered one (RFC 9110 15). */
QString reasonPhrase(int status, const QByteArray &reason);

} // namespace Sluice
