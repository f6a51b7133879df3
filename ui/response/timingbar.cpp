// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/timingbar.h"

#include "ui/theme/theme.h"

#include <QPainter>

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int BarHeight = 8;

struct Phase
{
    qint64 us;
    QColor color;
    bool hatched;
};

/** Diagonal stripes, so that waiting is told from working without colour. */
void fillHatched(QPainter &painter, const QRectF &rect, const QColor &color)
{
    QColor faint = color;
    faint.setAlphaF(0.25F);
    painter.fillRect(rect, faint);
    painter.save();
    painter.setClipRect(rect);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2));
    for (qreal x = rect.left() - rect.height(); x < rect.right() + 8; x += 6)
        painter.drawLine(QPointF(x, rect.bottom() + 1),
                         QPointF(x + rect.height() + 2, rect.top() - 1));
    painter.restore();
}

QString milliseconds(qint64 us)
{
    const double ms = double(us) / 1000;
    return QString::number(ms, 'f', ms >= 9.95 || us == 0 ? 0 : 1);
}

} // namespace

TimingBar::TimingBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumWidth(60);
    setMaximumWidth(sizeHint().width());
    setAccessibleName(tr("Where the time went"));
}

void TimingBar::setTimings(const PhaseTimings &timings)
{
    m_timings = timings;
    setAccessibleDescription(legend(timings));
    setToolTip(legend(timings));
    update();
}

QString TimingBar::legend(const PhaseTimings &timings)
{
    QStringList parts{tr("queued %1").arg(milliseconds(timings.queuedUs()))};
    // Time inside Qt after admission; more than a millisecond would be somebody's mistake.
    if (timings.stalledUs() > 1'000)
        parts << tr("stalled %1").arg(milliseconds(timings.stalledUs()));
    if (timings.isNewConnection())
        parts << tr("connect %1").arg(milliseconds(timings.connectingUs()));
    if (timings.headersUs >= 0) {
        parts << tr("wait %1").arg(milliseconds(timings.waitingUs()));
        parts << tr("download %1").arg(milliseconds(timings.downloadUs()));
    }
    return parts.join(u" · "_s) + u" ms"_s;
}

void TimingBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const std::array<Phase, 5> phases{{
        {m_timings.queuedUs(), theme.waitingHost, true},
        {qMax<qint64>(0, m_timings.stalledUs()), theme.errors, false},
        {qMax<qint64>(0, m_timings.connectingUs()), theme.connecting, false},
        {qMax<qint64>(0, m_timings.waitingUs()), theme.inFlight, false},
        {qMax<qint64>(0, m_timings.downloadUs()), theme.downloading, false},
    }};
    qint64 total = 0;
    for (const Phase &phase : phases)
        total += phase.us;
    if (total <= 0)
        return;
    QPainter painter(this);
    qreal x = 0;
    for (const Phase &phase : phases) {
        const qreal width = qreal(this->width()) * qreal(phase.us) / qreal(total);
        const QRectF rect(x, (height() - BarHeight) / 2, width, BarHeight);
        if (phase.hatched)
            fillHatched(painter, rect, phase.color);
        else
            painter.fillRect(rect, phase.color);
        x += width;
    }
}

} // namespace Sluice
