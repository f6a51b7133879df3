// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/hostheatmap.h"

#include "ui/live/chartexport.h"
#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** The colour of a cell that was used at all; below, it could not be told from an empty one. */
constexpr double Faintest = 0.15;
constexpr int ReadableLine = 14; ///< Room for a host's name.
constexpr int LeastHeight = 120;
constexpr int MostHeight = 420;

QColor mixed(const QColor &over, const QColor &under, double share)
{
    const auto mix = [share](float a, float b) {
        return float(double(a) * share + double(b) * (1 - share));
    };
    return QColor::fromRgbF(mix(over.redF(), under.redF()), mix(over.greenF(), under.greenF()),
                            mix(over.blueF(), under.blueF()));
}

} // namespace

double usedShare(const HostCell &cell, int peak)
{
    const double full = cell.limit > 0 ? cell.limit : std::max(1, peak);
    return std::clamp(double(cell.meanInFlight) / full, 0.0, 1.0);
}

HostHeatmap::HostHeatmap(LiveCrosshair *crosshair, QWidget *parent) : TimePanel(crosshair, parent)
{
    setAccessibleName(tr("Hosts over time"));
    setMinimumHeight(LeastHeight);
}

void HostHeatmap::setSelectedHost(const QString &endpoint)
{
    m_selected = endpoint;
    update();
}

QString HostHeatmap::summary() const
{
    if (hostCount() == 0)
        return tr("No hosts yet.");
    const auto waiting = std::ranges::count_if(
        m_snapshot->hosts, [](const LiveHost &host) { return host.admission.queued > 0; });
    return tr("%1 hosts; requests wait for %2 of them.").arg(hostCount()).arg(waiting);
}

QString HostHeatmap::csv(const LiveSnapshot &snapshot) const
{
    return hostsCsv(snapshot);
}

/** Many hosts take more room, up to a limit; the panels around scroll. */
void HostHeatmap::scale()
{
    setMinimumHeight(std::clamp(hostCount() * ReadableLine, LeastHeight, MostHeight));
}

QRectF HostHeatmap::lineRect(int host) const
{
    const QRectF &plot = m_geometry.plot;
    const double height = plot.height() / std::max(1, hostCount());
    return {plot.left(), plot.top() + host * height, plot.width(), height};
}

int HostHeatmap::hostAt(double y) const
{
    const QRectF &plot = m_geometry.plot;
    const int index = int((y - plot.top()) / plot.height() * hostCount());
    return hostCount() == 0 ? -1 : std::clamp(index, 0, hostCount() - 1);
}

int HostHeatmap::selectedIndex() const
{
    for (int i = 0; i < hostCount(); ++i) {
        if (m_snapshot->hosts[std::size_t(i)].admission.endpoint == m_selected)
            return i;
    }
    return -1;
}

void HostHeatmap::paintPlot(QPainter &painter)
{
    const Theme &theme = Theme::of(palette());
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.save();
    const QRectF &plot = m_geometry.plot;
    painter.setClipRect(beside(QRectF(0, plot.top(), sideEdge(), plot.height())));
    const QFontMetrics metrics = painter.fontMetrics();
    double free = m_geometry.plot.top();
    for (int i = 0; i < hostCount(); ++i) {
        paintLine(painter, i);
        const QRectF line = lineRect(i);
        const double top = line.center().y() - metrics.height() / 2.0;
        if (top < free - 2)
            continue;
        free = top + metrics.height();
        const LiveHost &host = m_snapshot->hosts[std::size_t(i)];
        const QString name = metrics.elidedText(endpointLabel(host.admission.endpoint),
                                                Qt::ElideRight, LeftMargin - 6);
        painter.setPen(theme.secondary);
        painter.drawText(beside(QRectF(0, top, LeftMargin - 4, metrics.height())),
                         int(towardsPlot()), name);
    }
    if (const int selected = selectedIndex(); selected >= 0) {
        painter.setPen(QPen(theme.accent, theme.highContrast ? 2 : 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(lineRect(selected).adjusted(0, 0, -1, -1));
    }
    painter.restore();
    painter.setPen(theme.secondary);
    const QRectF legend(sideEdge() + 8, plot.top(), RightMargin - 8, plot.height());
    painter.drawText(beside(legend),
                     int((fromPlot() & Qt::AlignHorizontal_Mask) | Qt::AlignTop) | Qt::TextWordWrap,
                     tr("fuller: more of its limit\n\u2581 queued\n\u2022 429"));
}

void HostHeatmap::paintLine(QPainter &painter, int index) const
{
    const Theme &theme = Theme::of(palette());
    const LiveHost &host = m_snapshot->hosts[std::size_t(index)];
    const QRectF line = lineRect(index);
    const double top = std::round(line.top());
    const double bottom = std::max(top + 1, std::round(line.bottom()) - 1);
    const double mark = std::clamp((bottom - top) / 4, 1.0, 3.0);
    for (std::size_t i = 0; i < host.cells.size(); ++i) {
        const HostCell &cell = host.cells[i];
        if (cell.isEmpty())
            continue;
        const qint64 atUs = m_snapshot->cellsBeginUs + qint64(i) * m_snapshot->cellUs;
        const double left = std::max(line.left(), std::round(m_geometry.mapTimeToX(atUs)));
        const double right =
            std::min(line.right(), std::round(m_geometry.mapTimeToX(
                                       std::min(atUs + m_snapshot->cellUs, m_snapshot->atUs))));
        if (right <= left)
            continue;
        const double share = usedShare(cell, host.peakInFlight);
        // In high contrast a bar as high as the share, as nothing is to be told by a shade.
        const double full = Faintest + share * (1 - Faintest);
        const double upper = theme.highContrast ? std::round(bottom - (bottom - top) * full) : top;
        if (cell.maxInFlight > 0)
            painter.fillRect(
                QRectF(left, upper, right - left, bottom - upper),
                mixed(theme.inFlight, theme.background, theme.highContrast ? 1 : full));
        if (cell.maxQueued > 0)
            painter.fillRect(QRectF(left, bottom - mark, right - left, mark), theme.waitingHost);
        if (cell.limited > 0)
            painter.fillRect(QRectF((left + right) / 2 - 1, top, 3, std::max(2.0, mark)),
                             theme.errors);
    }
}

QStringList HostHeatmap::crosshairText(qint64 atUs) const
{
    const int index = m_mouseY ? hostAt(*m_mouseY) : hasFocus() ? selectedIndex() : -1;
    if (index < 0)
        return {};
    const LiveHost &host = m_snapshot->hosts[std::size_t(index)];
    QStringList lines{endpointLabel(host.admission.endpoint)};
    const qint64 cellIndex = (atUs - m_snapshot->cellsBeginUs) / m_snapshot->cellUs;
    if (atUs < m_snapshot->cellsBeginUs || cellIndex >= qint64(host.cells.size()))
        return lines;
    const HostCell &cell = host.cells[std::size_t(cellIndex)];
    lines << tr("in flight %1, most %2, limit %3")
                 .arg(double(cell.meanInFlight), 0, 'f', 1)
                 .arg(cell.maxInFlight)
                 .arg(limitText(cell.limit));
    if (cell.maxQueued > 0)
        lines << tr("most queued %1").arg(cell.maxQueued);
    if (cell.limited > 0)
        lines << tr("429 and 503: %1").arg(cell.limited);
    return lines;
}

void HostHeatmap::hoverAt(QPointF position)
{
    m_mouseY = m_geometry.plot.contains(position) ? std::optional(position.y()) : std::nullopt;
    update();
}

void HostHeatmap::leaveEvent(QEvent *event)
{
    m_mouseY.reset();
    TimePanel::leaveEvent(event);
}

void HostHeatmap::mouseReleaseEvent(QMouseEvent *event)
{
    const bool isClick = event->button() == Qt::LeftButton && !isDragged()
                         && m_geometry.plot.contains(event->position());
    TimePanel::mouseReleaseEvent(event);
    if (const int index = hostAt(event->position().y()); isClick && index >= 0)
        emit hostSelected(m_snapshot->hosts[std::size_t(index)].admission.endpoint);
}

void HostHeatmap::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (by == 0 || hostCount() == 0) {
        TimePanel::keyPressEvent(event);
        return;
    }
    m_mouseY.reset();
    const int index = std::clamp(selectedIndex() + by, 0, hostCount() - 1);
    emit hostSelected(m_snapshot->hosts[std::size_t(index)].admission.endpoint);
}

} // namespace Sluice
