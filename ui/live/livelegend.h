// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/livesnapshot.h"

#include <QWidget>

namespace Sluice {

/** "in flight", "waiting for host" … */
QString gaugeName(LiveGauge gauge);

/** What the fills and lines of the concurrency chart mean; wraps like text. */
class LiveLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit LiveLegend(QWidget *parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {300, heightForWidth(300)}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    /** Lays the entries out in \a width and, with a painter, draws them; the height they take. */
    int flow(int width, QPainter *painter) const;
};

} // namespace Sluice
