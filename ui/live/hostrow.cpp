// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostcolumns.h"
#include "ui/live/hostlanes.h"
#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/live/livetile.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

using namespace HostColumns;

namespace {

constexpr double BarHeight = 10;
constexpr double GrabDistance = 6;
constexpr double MinuteHeight = 16;

/** What \a host did in the last minute that is shown; empty when the steps are too coarse. */
std::vector<HostCell> minuteOf(const LiveHost &host, const LiveSnapshot &snapshot)
{
    constexpr qint64 MinuteUs = 60'000'000;
    constexpr qint64 CoarsestUs = 4'000'000;
    if (snapshot.cellUs > CoarsestUs)
        return {};
    const auto count = std::min(host.cells.size(), std::size_t(MinuteUs / snapshot.cellUs));
    return {host.cells.end() - qsizetype(count), host.cells.end()};
}

/** Short enough for a cell. */
QString holdText(qint64 leftUs)
{
    const qint64 seconds = (leftUs + 999'999) / 1'000'000;
    return seconds <= 99 ? HostRow::tr("hold %1 s").arg(seconds)
                         : HostRow::tr("hold %1 min").arg((seconds + 30) / 60);
}

QString reasonText(const EndpointSnapshot &endpoint)
{
    switch (endpoint.waitingFor) {
    case WaitReason::Paused:
        return HostRow::tr("paused");
    case WaitReason::HostRate:
    case WaitReason::TotalRate:
        return HostRow::tr("rate");
    default:
        return {};
    }
}

/** One connection carries many requests, or one. */
QString protocolText(const LiveHost &host)
{
    return !host.http2 ? QString() : *host.http2 ? u"h2"_s : u"h1"_s;
}

} // namespace

HostRow::HostRow(QWidget *parent) : LimitWidget(Qt::Horizontal, parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize HostRow::sizeHint() const
{
    return {480, std::max(26, fontMetrics().height() + 8)};
}

void HostRow::showHost(const LiveHost &host, const LiveSnapshot &snapshot, int fullScale)
{
    m_host = host;
    m_host.cells.clear();
    m_minute = minuteOf(host, snapshot);
    m_minuteStep = MinuteWidth * double(snapshot.cellUs) / 60e6;
    const qint64 nowUs = snapshot.atUs;
    const qint64 oldestUs = host.admission.oldestEnqueuedUs;
    m_oldestWaitUs = oldestUs > 0 ? std::max<qint64>(0, nowUs - oldestUs) : 0;
    m_holdLeftUs = std::max<qint64>(0, host.admission.holdUntilUs - nowUs);
    setLimit(host.admission.limit);
    if (!isMoving())
        m_fullScale = std::max(1, fullScale);
    setUnlimitedStart(m_fullScale);
    const QString name =
        tr("%1: %2 of %3 in flight, %4 queued")
            .arg(endpointLabel(endpoint()), countText(host.admission.inFlight),
                 limitText(host.admission.limit), countText(host.admission.queued));
    if (name != accessibleName())
        setAccessibleName(name);
    setToolTip(detailText());
    update();
}

/** What the row has no room for. */
QString HostRow::detailText() const
{
    const quint64 sent = m_host.sent;
    QStringList lines{tr("p50 %1, p95 %2, p99 %3 on the wire, last 10 s")
                          .arg(percentileText(m_host.p50Us, 50, sent),
                               percentileText(m_host.p95Us, 95, sent),
                               percentileText(m_host.p99Us, 99, sent)),
                      tr("%1 done, %2 failed, 429 and 503: %3; at most %4 in flight")
                          .arg(countText(qint64(m_host.done)), countText(qint64(m_host.failed)),
                               countText(qint64(m_host.limited)), countText(m_host.peakInFlight))};
    if (isOnHold())
        lines.prepend(tr("asked for a rest of another %1; click there to go on now")
                          .arg(spanText(m_holdLeftUs)));
    if (m_host.http2)
        lines << (*m_host.http2 ? tr("HTTP/2: a connection carries many requests at once")
                                : tr("HTTP/1: a connection carries one request at a time"));
    if (m_oldestWaitUs > 0)
        lines << tr("the first in the queue has waited %1").arg(shownDuration(m_oldestWaitUs));
    return lines.join(u'\n');
}

void HostRow::setSelected(bool selected)
{
    if (selected == m_selected)
        return;
    m_selected = selected;
    update();
}

QRectF HostRow::barRect() const
{
    return {NameWidth + 4, (height() - BarHeight) / 2.0, BarWidth, BarHeight};
}

double HostRow::valueToX(double value) const
{
    const QRectF bar = barRect();
    return bar.left() + bar.width() * std::min(1.0, value / m_fullScale);
}

QRectF HostRow::remarkRect() const
{
    return {NumbersWidth - LatencyCell + 4, 0, LatencyCell, double(height())};
}

void HostRow::paintBar(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const LivePalette colors = LivePalette::of(theme);
    const QRectF bar = barRect();
    painter.setRenderHint(QPainter::Antialiasing);
    // Lines are as dark as can be in high contrast: what is filled would not stand out from them.
    painter.setPen(theme.highContrast ? QPen(theme.line, 1) : QPen(Qt::NoPen));
    painter.setBrush(theme.highContrast ? theme.background : theme.line);
    painter.drawRoundedRect(bar, 2, 2);
    painter.setPen(Qt::NoPen);
    if (m_host.admission.inFlight > 0) {
        QRectF filled = bar;
        filled.setRight(valueToX(m_host.admission.inFlight));
        painter.setBrush(colors[LiveGauge::InFlight]);
        painter.drawRoundedRect(filled, 2, 2);
    }
    if (shownLimit() == 0)
        return;
    const double x = std::min(valueToX(shownLimit()), bar.right() - 1);
    painter.setBrush(isMoving() ? colors.accent : colors.limit);
    painter.drawRoundedRect(QRectF(x - 1.5, bar.top() - 3, 3, bar.height() + 6), 1, 1);
}

void HostRow::paintTexts(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QFontMetrics metrics = fontMetrics();
    const double baseline = (height() + metrics.ascent() - metrics.descent()) / 2.0;
    const QFont mono = scaledFont(monospaceFont(), 98);
    painter.setFont(mono);
    painter.setPen(theme.text);
    const QString protocol = protocolText(m_host);
    const QFontMetrics small(scaledFont(font(), 85));
    const int badge = protocol.isEmpty() ? 0 : small.horizontalAdvance(protocol) + 6;
    painter.drawText(QPointF(4, baseline),
                     QFontMetrics(mono).elidedText(endpointLabel(endpoint()), Qt::ElideMiddle,
                                                   int(NameWidth) - 8 - badge));
    painter.setFont(scaledFont(font(), 85));
    painter.setPen(theme.secondary);
    painter.drawText(QPointF(NameWidth - badge + 2, baseline), protocol);
    painter.setFont(font());
    double right = barRect().right();
    const auto cell = [&](double width, const QString &text, const QColor &color) {
        right += width;
        painter.setPen(color);
        drawTabular(painter, {right - tabularWidth(QFontMetricsF(painter.font()), text), baseline},
                    text);
    };
    const EndpointSnapshot &now = m_host.admission;
    cell(InFlightCell, tr("%1 / %2").arg(countText(now.inFlight), limitText(shownLimit())),
         theme.text);
    cell(QueueCell, countText(now.queued), theme.secondary);
    cell(RateCell, rateText(m_host.donePerSecond), theme.text);
    // What keeps a host from going on matters more than how fast it was.
    const QString remark = remarkText();
    if (remark.isEmpty())
        cell(LatencyCell, percentileText(m_host.p95Us, 95, m_host.sent), theme.secondary);
    else
        cell(LatencyCell, remark, theme.warning);
    if (isOnHold()) { // It can be clicked.
        const double left = right - tabularWidth(QFontMetricsF(font()), remark);
        painter.fillRect(QRectF(left, std::round(baseline) + 2, right - left, 1), theme.warning);
    }
}

QString HostRow::remarkText() const
{
    const EndpointSnapshot &now = m_host.admission;
    if (isOnHold())
        return holdText(m_holdLeftUs);
    if (now.draining > 0)
        return tr("draining %1").arg(countText(now.draining));
    const QString reason = reasonText(now);
    if (reason.isEmpty() && m_host.limited > 0)
        return tr("429: %1").arg(countText(qint64(m_host.limited)));
    return reason;
}

/** A column each step: what was in flight, with a mark over those in which requests waited. */
void HostRow::paintMinute(QPainter &painter) const
{
    if (m_minute.empty() || !hasRoomForMinute(width()))
        return;
    const Theme &theme = Theme::of(palette());
    int full = std::max(1, m_host.admission.limit);
    for (const HostCell &cell : m_minute)
        full = std::max<int>(full, cell.maxInFlight);
    const QRectF box(NumbersWidth + MinuteGap, (height() - MinuteHeight) / 2, MinuteWidth,
                     MinuteHeight);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(box.left(), box.bottom(), box.width(), 1), theme.line);
    const double step = m_minuteStep;
    double x = box.right() - step * double(m_minute.size());
    for (const HostCell &cell : m_minute) {
        const double tall = (MinuteHeight - 3) * cell.maxInFlight / full;
        painter.fillRect(QRectF(x, box.bottom() - tall, step, tall), theme.inFlight);
        if (cell.maxQueued > 0)
            painter.fillRect(QRectF(x, box.top(), step, 2), theme.waitingHost);
        x += step;
    }
}

void HostRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    if (m_selected)
        painter.fillRect(rect(), theme.selection);
    paintBar(painter);
    paintTexts(painter);
    paintMinute(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.accent, theme.highContrast ? 2 : 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool HostRow::isOnTick(const QPointF &position) const
{
    const double x = limit() == 0 ? barRect().right() : valueToX(limit());
    return std::abs(position.x() - x) <= GrabDistance;
}

void HostRow::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (isOnTick(event->position()))
        beginDrag();
    emit selected();
    if (isOnHold() && remarkRect().contains(event->position()))
        emit holdEndRequested();
}

void HostRow::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *end = menu->addAction(tr("Go on now, before the hold is over"));
    end->setEnabled(isOnHold());
    connect(end, &QAction::triggered, this, &HostRow::holdEndRequested);
    menu->popup(event->globalPos());
}

void HostRow::mouseMoveEvent(QMouseEvent *event)
{
    if (!isDragging()) {
        if (isOnTick(event->position()))
            setCursor(Qt::SizeHorCursor);
        else if (isOnHold() && remarkRect().contains(event->position()))
            setCursor(Qt::PointingHandCursor);
        else
            unsetCursor();
        return;
    }
    const QRectF bar = barRect();
    moveTo((event->position().x() - bar.left()) * m_fullScale / bar.width(),
           event->modifiers().testFlag(Qt::ShiftModifier));
}

void HostRow::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && isDragging())
        endDrag();
}

void HostRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        focusNextChild();
    else if (event->key() == Qt::Key_Up)
        focusPreviousChild();
    else
        LimitWidget::keyPressEvent(event);
}

void HostRow::focusInEvent(QFocusEvent *event)
{
    LimitWidget::focusInEvent(event);
    emit selected();
}

} // namespace Sluice
