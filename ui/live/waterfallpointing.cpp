// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/waterfall.h"

#include "ui/live/livetext.h"
#include "ui/live/rangeexport.h"
#include "ui/live/requestarchive.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int WheelRows = 3;
/** A bar is found within this many pixels of the mouse, however short it is. */
constexpr double GrabDistance = 3;

QString waitText(const PhaseTimings &timings)
{
    QStringList reasons;
    const auto add = [&](WaitReason reason, const QString &name) {
        const qint64 us = timings.waits[std::size_t(reason)];
        if (us > 0)
            reasons << Waterfall::tr("%1 %2").arg(name, shownDuration(us));
    };
    add(WaitReason::HostLimit, Waterfall::tr("host"));
    add(WaitReason::TotalLimit, Waterfall::tr("total"));
    add(WaitReason::HostRate, Waterfall::tr("host rate"));
    add(WaitReason::TotalRate, Waterfall::tr("rate"));
    add(WaitReason::Hold, Waterfall::tr("on hold"));
    add(WaitReason::Paused, Waterfall::tr("paused"));
    const QString all = Waterfall::tr("queued %1").arg(shownDuration(timings.queuedUs()));
    return reasons.isEmpty() ? all : all + u" ("_s + reasons.join(u", "_s) + u')';
}

} // namespace

QString Waterfall::summary() const
{
    if (!m_snapshot || m_snapshot->flights.isEmpty())
        return tr("No finished requests.");
    const LiveFlights &flights = m_snapshot->flights;
    const PhaseTimings &timings = flights.at(flights.size() - 1).sample.timings;
    return tr("The newest %1 requests in %2 rows, %3 of them in flight; the last one that ended "
              "queued %4 and took %5 on the wire.")
        .arg(countText(qint64(flights.size() + m_snapshot->open.size())), countText(m_rows.count()),
             countText(qint64(m_snapshot->open.size())), shownDuration(timings.queuedUs()),
             shownDuration(timings.onWireUs()));
}

QString Waterfall::csv(const LiveSnapshot &snapshot) const
{
    return requestsCsv(snapshot, m_geometry.beginUs(), m_geometry.endUs);
}

void Waterfall::addMenuEntries(QMenu *menu)
{
    QAction *save = menu->addAction(tr("Save requests as HAR\u2026"), this, [this] {
        askForHar(this, m_snapshot, m_choice, chosenTime());
    });
    save->setEnabled(m_snapshot != nullptr);
}

QStringList Waterfall::describe(const Flight &flight, qint64 nowUs)
{
    const Sample &sample = flight.sample;
    const PhaseTimings &timings = sample.timings;
    if (flight.isOpen())
        return {tr("in flight for %1").arg(shownDuration(nowUs - timings.admittedUs)),
                waitText(timings)};
    QStringList lines;
    if (!flight.name.isEmpty())
        lines << flight.name;
    QString outcome = sample.error ? tr("no reply") : QString::number(sample.status);
    if (sample.attempt > 1)
        outcome += tr(", attempt %1").arg(sample.attempt);
    lines << tr("%1, %2 bytes").arg(outcome, countText(sample.bytesWire)) << waitText(timings);
    if (timings.stalledUs() >= 1000)
        lines << tr("stalled %1").arg(shownDuration(timings.stalledUs()));
    if (timings.sentUs < 0)
        return lines;
    lines << (timings.isNewConnection()
                  ? tr("connect %1").arg(shownDuration(timings.connectingUs()))
                  : tr("connection reused"))
          << tr("wait %1, download %2")
                 .arg(shownDuration(timings.waitingUs()), shownDuration(timings.downloadUs()))
          << tr("on the wire %1, in all %2")
                 .arg(shownDuration(timings.onWireUs()), shownDuration(timings.totalUs()));
    return lines;
}

/** The request in \a row at \a atUs, or nearest to it within a few pixels. */
const Flight *Waterfall::flightIn(int row, qint64 atUs) const
{
    if (!m_snapshot || row < 0 || row >= m_rows.count())
        return nullptr;
    if (m_rows.at(row).kind == WaterfallRow::Kind::Request)
        return &flightOf(m_rows.at(row));
    const Flight *nearest = nullptr;
    auto distance =
        qint64(GrabDistance * double(m_geometry.spanUs) / std::max(1.0, m_geometry.plot.width()));
    forEachFlight(*m_snapshot, [&](const Flight &flight) {
        const PhaseTimings &timings = flight.sample.timings;
        if (m_rows.rowOf(flight) != row || !m_choice.accepts(flight))
            return;
        const qint64 endUs = flight.isOpen() ? m_snapshot->atUs : timings.finishedUs;
        const qint64 away = std::max({timings.admittedUs - atUs, atUs - endUs, qint64(0)});
        if (away > distance)
            return;
        distance = away;
        nearest = &flight;
    });
    return nearest;
}

const Flight *Waterfall::flightAt(QPointF position) const
{
    const QRectF &plot = m_geometry.plot;
    if (!plot.contains(position))
        return nullptr;
    const int row = m_scroll->value() + int((position.y() - plot.top()) / rowHeight());
    return flightIn(row, m_geometry.mapXToTime(position.x()));
}

const Flight *Waterfall::currentFlight() const
{
    const std::optional<double> x = crosshairX();
    return flightIn(m_current,
                    x ? m_geometry.mapXToTime(m_geometry.plot.left() + *x) : m_geometry.endUs);
}

QStringList Waterfall::crosshairText(qint64) const
{
    const Flight *flight = m_mouse ? flightAt(*m_mouse) : hasFocus() ? currentFlight() : nullptr;
    return flight ? describe(*flight, m_snapshot->atUs) : QStringList();
}

void Waterfall::hoverAt(QPointF position)
{
    m_mouse = position;
    update();
}

void Waterfall::leaveEvent(QEvent *event)
{
    m_mouse.reset();
    TimePanel::leaveEvent(event);
}

/** The rows scroll until they end; then the wheel is left to whatever scrolls around the panel. */
void Waterfall::wheelEvent(QWheelEvent *event)
{
    const bool isPlain = !(event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier));
    const int before = m_scroll->value();
    if (isPlain)
        m_scroll->setValue(before - event->angleDelta().y() * WheelRows / 120);
    if (!isPlain || m_scroll->value() == before)
        TimePanel::wheelEvent(event);
    else
        event->accept();
}

void Waterfall::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        activate(flightAt(event->position()));
}

void Waterfall::activate(const Flight *flight)
{
    if (flight && !flight->isOpen())
        emit requestActivated(flight->sample.run, flight->sample.seq);
}

void Waterfall::moveCurrent(int row)
{
    m_mouse.reset();
    m_current = std::clamp(row, -1, m_rows.count() - 1); // Above the first: none, follow again.
    if (m_current < m_scroll->value())
        m_scroll->setValue(std::max(0, m_current));
    else if (m_current >= m_scroll->value() + m_scroll->pageStep())
        m_scroll->setValue(m_current - m_scroll->pageStep() + 1);
    update();
}

void Waterfall::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && m_rows.count() > 0)
        moveCurrent(m_current < 0 ? m_scroll->value() : m_current + 1);
    else if (event->key() == Qt::Key_Up && m_rows.count() > 0)
        moveCurrent((m_current < 0 ? m_scroll->value() : m_current) - 1);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        activate(currentFlight());
    else
        TimePanel::keyPressEvent(event);
}

} // namespace Sluice
