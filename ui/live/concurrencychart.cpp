// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/concurrencychart.h"

#include "ui/live/emptyrange.h"
#include "ui/live/limithandle.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr double GrabDistance = 4;
/** A queue longer than this many limits is cut off, so that what is in flight stays readable. */
constexpr double ShownLimits = 3;
/** A limit further above everything than this is parked at the top edge. */
constexpr double ParkedFactor = 10;

} // namespace

ConcurrencyChart::ConcurrencyChart(LiveCrosshair *crosshair, QWidget *parent)
    : TimePanel(crosshair, parent), m_totalHandle(new LimitHandle(LimitHandle::Kind::Total, this)),
      m_hostHandle(new LimitHandle(LimitHandle::Kind::Host, this)),
      m_emptyRange(new EmptyRange(this))
{
    setAccessibleName(tr("Concurrency chart"));
    m_totalHandle->setName(tr("total"));
    m_totalHandle->setObjectName(u"totalLimitHandle"_s);
    m_hostHandle->setObjectName(u"hostLimitHandle"_s);
    m_hostHandle->hide();
    for (LimitHandle *handle : {m_totalHandle, m_hostHandle}) {
        connect(handle, &LimitHandle::ghostChanged, this, [this] {
            placeHandles();
            update();
        });
    }
    connect(m_totalHandle, &LimitHandle::limitChosen, this, &ConcurrencyChart::totalLimitChosen);
    connect(m_hostHandle, &LimitHandle::limitChosen, this,
            [this](int limit) { emit hostLimitChosen(m_selectedHost, limit); });
    connect(m_emptyRange, &EmptyRange::jumpRequested, this, [this] {
        setFocus(); // The button goes away with the emptiness.
        jumpToLastActivity();
    });
    setLimits(Limits{});
}

void ConcurrencyChart::setLimits(const Limits &limits)
{
    m_limits = limits;
    m_totalHandle->setLimit(limits.total);
    if (!m_selectedHost.isEmpty())
        m_hostHandle->setLimit(hostLimit(limits));
    layOut();
    update();
}

void ConcurrencyChart::setSelectedHost(const QString &endpoint)
{
    if (endpoint == m_selectedHost)
        return;
    m_selectedHost = endpoint;
    m_hostHandle->cancel();
    m_hostHandle->setName(endpointLabel(endpoint));
    m_hostHandle->setVisible(!endpoint.isEmpty());
    setLimits(m_limits);
}

int ConcurrencyChart::hostLimit(const Limits &limits) const
{
    return limitForEndpoint(limits, m_selectedHost);
}

QString ConcurrencyChart::summary() const
{
    if (!m_snapshot || m_snapshot->series.buckets.empty())
        return tr("No requests yet.");
    const AdmissionSnapshot &now = m_snapshot->admission;
    const QString limit = m_limits.total == 0 ? tr("no total limit")
                                              : tr("total limit %1").arg(countText(m_limits.total));
    return tr("%1 requests in flight, %2 waiting, %3. Most in flight under these limits: %4.")
        .arg(countText(now.inFlight), countText(now.queued), limit,
             countText(m_snapshot->peakInFlight));
}

void ConcurrencyChart::scale()
{
    updateColumns();
    if (!m_totalHandle->isMoving() && !m_hostHandle->isMoving())
        m_geometry.top = axisTop(); // A scale that changed under the mouse would move the limit.
    m_totalHandle->setGeometryOfChart(m_geometry);
    m_hostHandle->setGeometryOfChart(m_geometry);
    placeHandles();
    tellEmptyRange();
}

void ConcurrencyChart::tellEmptyRange()
{
    const LiveSnapshot *now = m_snapshot.get();
    if (!now || m_peak > 0 || now->lastActiveUs < 0) {
        m_emptyRange->hide();
        return;
    }
    const qint64 endUs = now->view.endUs < 0 ? now->atUs : now->view.endUs;
    m_emptyRange->tell(timeRangeText(*now, endUs - now->view.spanUs, endUs),
                       m_geometry.plot.toRect());
}

void ConcurrencyChart::updateColumns()
{
    static const LiveSeries nothing;
    fillColumns(m_snapshot ? m_snapshot->series : nothing, m_geometry,
                m_snapshot ? m_snapshot->atUs : 0, m_columns);
    m_peak = 0;
    for (const ChartColumn &column : m_columns)
        m_peak = std::max(m_peak, column.allMax);
}

double ConcurrencyChart::axisTop() const
{
    int inFlight = 0;
    for (const ChartColumn &column : m_columns)
        inFlight = std::max(inFlight, column.max[std::size_t(LiveGauge::InFlight)]);
    const int limit =
        std::max(m_limits.total, m_selectedHost.isEmpty() ? 0 : m_hostHandle->limit());
    const double base = std::max({4.0, double(inFlight), double(limit)});
    if (m_peak > 0 && limit > ParkedFactor * m_peak)
        return niceTop(std::max(4.0, m_peak * 1.2));
    return niceTop(std::max(base * 1.15, std::min(double(m_peak) * 1.05, base * ShownLimits)));
}

void ConcurrencyChart::placeHandles()
{
    const auto lineY = [this](const LimitHandle *handle) {
        const int limit = handle->shownLimit();
        const double y = limit == 0 ? m_geometry.plot.top() : m_geometry.mapValueToY(limit);
        return std::max(y, m_geometry.plot.top());
    };
    const int left = int(sideEdge()) + 1;
    const auto place = [this, left](LimitHandle *handle, double y) {
        const int width = std::min(handle->sizeHint().width() + 8, RightMargin - 2);
        const int height = handle->sizeHint().height();
        const int top =
            std::clamp(int(std::round(y)) - height / 2, 0, std::max(0, this->height() - height));
        handle->setGeometry(beside(QRectF(left, top, width, height)).toRect());
    };
    const double total = lineY(m_totalHandle);
    place(m_totalHandle, total);
    if (m_selectedHost.isEmpty())
        return;
    // Two handles on one height would hide each other: the host's gives way downwards.
    double host = lineY(m_hostHandle);
    const int apart = m_totalHandle->height() + 2;
    if (std::abs(host - m_totalHandle->geometry().center().y()) < apart)
        host = m_totalHandle->geometry().center().y() + apart;
    place(m_hostHandle, host);
}

/** The handle whose line is under \a position. */
LimitHandle *ConcurrencyChart::handleNear(const QPointF &position) const
{
    if (!m_geometry.plot.contains(position))
        return nullptr;
    for (LimitHandle *handle : {m_hostHandle, m_totalHandle}) {
        if (!handle->isHidden() && handle->limit() > 0
            && std::abs(m_geometry.mapValueToY(handle->limit()) - position.y()) <= GrabDistance)
            return handle;
    }
    return nullptr;
}

void ConcurrencyChart::mousePressEvent(QMouseEvent *event)
{
    m_dragged = event->button() == Qt::LeftButton ? handleNear(event->position()) : nullptr;
    if (m_dragged)
        m_dragged->setFocus(Qt::MouseFocusReason);
    else
        TimePanel::mousePressEvent(event);
}

void ConcurrencyChart::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragged) {
        m_dragged->dragTo(event->position().y(), event->modifiers().testFlag(Qt::ShiftModifier));
        return;
    }
    if (handleNear(event->position()))
        setCursor(Qt::SizeVerCursor);
    else
        unsetCursor();
    TimePanel::mouseMoveEvent(event);
}

void ConcurrencyChart::mouseReleaseEvent(QMouseEvent *event)
{
    TimePanel::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || !m_dragged)
        return;
    LimitHandle *handle = std::exchange(m_dragged, nullptr);
    if (handle->isMoving())
        handle->endDrag();
}

} // namespace Sluice
