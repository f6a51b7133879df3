// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/timings.h"

#include <QWidget>

namespace Sluice {

/** Where the time of one request went: queued (hatched), connect, wait, download, to scale. */
class TimingBar final : public QWidget
{
    Q_OBJECT

public:
    explicit TimingBar(QWidget *parent = nullptr);

    void setTimings(const PhaseTimings &timings);
    /** The same in words, e.g. `queued 70 · connect 18 · wait 120 · download 26 ms`. */
    static QString legend(const PhaseTimings &timings);

    QSize sizeHint() const override { return {236, 14}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PhaseTimings m_timings;
};

} // namespace Sluice
