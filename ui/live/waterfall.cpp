// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/waterfall.h"

#include "ui/live/livepalette.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QActionGroup>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int ScrollWidth = 12;

/** What came of it, and how long it took until then. */
QString rowText(const Flight &flight, qint64 nowUs)
{
    const PhaseTimings &timings = flight.sample.timings;
    if (flight.isOpen())
        return Waterfall::tr("\u2026 %1").arg(shownDuration(nowUs - timings.enqueuedUs));
    const QString status =
        flight.sample.error ? u"\u2715"_s : QString::number(flight.sample.status);
    return Waterfall::tr("%1 %2").arg(status, shownDuration(timings.totalUs()));
}

} // namespace

Waterfall::Waterfall(LiveCrosshair *crosshair, QWidget *parent)
    : TimePanel(crosshair, parent), m_scroll(new QScrollBar(Qt::Vertical, this)),
      m_choiceButton(new QToolButton(this))
{
    setAccessibleName(tr("Request waterfall"));
    setMinimumHeight(150);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    connect(m_scroll, &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    buildChoices();
}

void Waterfall::buildChoices()
{
    m_choiceButton->setObjectName(u"waterfallChoice"_s);
    m_choiceButton->setPopupMode(QToolButton::InstantPopup);
    m_choiceButton->setAutoRaise(true);
    m_choiceButton->setToolTip(tr("Which requests are shown, and in which order"));
    auto *menu = new QMenu(m_choiceButton);
    const auto add = [this, menu](QActionGroup *group, const QString &text,
                                  auto WaterfallChoice::*part, auto value) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_choice.*part == value);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, part, value] {
            WaterfallChoice choice = m_choice;
            choice.*part = value;
            setChoice(choice);
        });
    };
    using Order = WaterfallChoice::Order;
    using Filter = WaterfallChoice::Filter;
    auto *orders = new QActionGroup(menu);
    add(orders, tr("By connection"), &WaterfallChoice::order, Order::Connections);
    add(orders, tr("By request"), &WaterfallChoice::order, Order::Requests);
    menu->addSeparator();
    auto *filters = new QActionGroup(menu);
    add(filters, tr("All requests"), &WaterfallChoice::filter, Filter::All);
    add(filters, tr("Queued over %1").arg(shownDuration(WaterfallChoice::WaitedUs)),
        &WaterfallChoice::filter, Filter::Waited);
    add(filters, tr("Failed"), &WaterfallChoice::filter, Filter::Failed);
    m_choiceButton->setMenu(menu);
    m_choiceButton->setText(tr("Show"));
    m_choiceButton->setAccessibleName(tr("Requests shown in the waterfall"));
}

QWidget *Waterfall::lastControl() const
{
    return m_choiceButton;
}

void Waterfall::setChoice(const WaterfallChoice &choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    m_current = -1;
    m_scroll->setValue(0);
    layOut();
    update();
}

double Waterfall::rowHeight() const
{
    const int text = QFontMetrics(scaledFont(font(), 85)).height();
    return m_choice.order == WaterfallChoice::Order::Requests ? text + 3 : std::max(12, text - 1);
}

QRectF Waterfall::rowRect(int row) const
{
    const QRectF &plot = m_geometry.plot;
    return {plot.left(), plot.top() + (row - m_scroll->value()) * rowHeight(), plot.width(),
            rowHeight()};
}

void Waterfall::scale()
{
    const std::size_t ended = m_snapshot ? m_snapshot->flights.total() - m_total : 0;
    const int top = m_scroll->value();
    const bool isByRequest = m_choice.order == WaterfallChoice::Order::Requests;
    // At the top the newest are followed, until a row is chosen.
    const bool isHeld = isByRequest && top < m_rows.count() && (top > 0 || m_current >= 0);
    const WaterfallRow topRow = isHeld ? m_rows.at(top) : WaterfallRow();
    const bool hasCurrent = isHeld && m_current >= 0;
    const WaterfallRow currentRow = hasCurrent ? m_rows.at(m_current) : WaterfallRow();
    m_total = m_snapshot ? m_snapshot->flights.total() : 0;
    m_rows = m_snapshot ? WaterfallRows::of(m_snapshot->flights, m_snapshot->open, m_choice,
                                            m_geometry.beginUs(), m_geometry.endUs)
                        : WaterfallRows();
    const int inSight = std::max(1, int(m_geometry.plot.height() / rowHeight()));
    const QSignalBlocker blocker(m_scroll); // The picture is painted anyway.
    m_scroll->setRange(0, std::max(0, m_rows.count() - inSight));
    m_scroll->setPageStep(inSight);
    m_scroll->setVisible(m_scroll->maximum() > 0);
    // New requests come in above: what is looked at stays where it is.
    if (isHeld)
        m_scroll->setValue(rowOfFlight(topRow, ended));
    if (hasCurrent)
        m_current = rowOfFlight(currentRow, ended);
    m_current = std::min(m_current, m_rows.count() - 1);
}

/** Where the request of an \a old row is, after \a ended more have ended; else the next older. */
int Waterfall::rowOfFlight(const WaterfallRow &old, std::size_t ended) const
{
    if (!m_snapshot)
        return 0;
    const LiveFlights &flights = m_snapshot->flights;
    if (old.ticket == TicketId::None) {
        // Once the log is full, every request that ends moves the others by one.
        const std::size_t before = flights.total() - ended;
        const std::size_t dropped =
            flights.total() - flights.size() - (before - std::min(before, flights.size()));
        return m_rows.rowOfIndex(old.flight - std::min(old.flight, dropped));
    }
    const auto ticketOf = [](const Flight &flight) { return flight.sample.ticket; };
    const auto open = std::ranges::find(m_snapshot->open, old.ticket, ticketOf);
    if (open != m_snapshot->open.end())
        return m_rows.rowOfIndex(flights.size() + std::size_t(open - m_snapshot->open.begin()));
    const std::size_t newest = flights.size() - std::min(flights.size(), ended);
    for (std::size_t i = flights.size(); i-- > newest;) {
        if (ticketOf(flights.at(i)) == old.ticket)
            return m_rows.rowOfIndex(i);
    }
    return m_rows.rowOfIndex(flights.size());
}

const Flight &Waterfall::flightOf(const WaterfallRow &row) const
{
    const LiveFlights &flights = m_snapshot->flights;
    return row.flight < flights.size() ? flights.at(row.flight)
                                       : m_snapshot->open[row.flight - flights.size()];
}

void Waterfall::resizeEvent(QResizeEvent *event)
{
    placeControls();
    TimePanel::resizeEvent(event);
}

void Waterfall::placeControls()
{
    const double right = sideEdge();
    const QRectF scroll(right + 1, TopMargin, ScrollWidth, height() - TopMargin - 22);
    const QRectF choice(right + ScrollWidth + 4, height() - 24, RightMargin - ScrollWidth - 6, 22);
    m_scroll->setGeometry(beside(scroll).toRect());
    m_choiceButton->setGeometry(beside(choice).toRect());
}

void Waterfall::paintPlot(QPainter &painter)
{
    const Theme &theme = Theme::of(palette());
    const QRectF &plot = m_geometry.plot;
    m_painter.start(m_geometry, theme);
    const bool isByRequest = m_choice.order == WaterfallChoice::Order::Requests;
    const double height = rowHeight();
    const auto topOf = [&](int row) { return (row - m_scroll->value()) * height + 1; };
    const int first = m_scroll->value();
    const int last = std::min(m_rows.count(), first + int(plot.height() / height) + 1);
    if (isByRequest) {
        for (int row = first; row < last; ++row)
            m_painter.paint(flightOf(m_rows.at(row)), topOf(row), height - 2, true);
    } else if (m_snapshot) {
        forEachFlight(*m_snapshot, [&](const Flight &flight) {
            const int row = m_rows.rowOf(flight);
            if (row >= first && row < last && m_choice.accepts(flight))
                m_painter.paint(flight, topOf(row), height - 2, false);
        });
    }
    painter.drawImage(plot.topLeft(), m_painter.image());
    paintForgotten(painter);
    paintRowTexts(painter);
    paintLegend(painter);
}

void Waterfall::paintRowTexts(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const QRectF &plot = m_geometry.plot;
    if (m_rows.count() == 0) {
        painter.setPen(theme.secondary);
        painter.drawText(plot, Qt::AlignCenter, tr("No requests in this time."));
        return;
    }
    painter.save();
    painter.setClipRect(beside(QRectF(0, plot.top(), sideEdge(), plot.height())));
    const int first = m_scroll->value();
    const int last = std::min(m_rows.count(), first + int(plot.height() / rowHeight()) + 1);
    for (int row = first; row < last; ++row) {
        const WaterfallRow &shown = m_rows.at(row);
        const QRectF rect = rowRect(row);
        const QRectF label = beside(QRectF(0, rect.top(), LeftMargin - 6, rect.height()));
        painter.setPen(theme.secondary);
        if (shown.kind == WaterfallRow::Kind::Host) {
            painter.fillRect(rect, theme.background);
            painter.setPen(theme.text);
            painter.drawText(
                rect.adjusted(4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                tr("%1, connections in use: %2").arg(hostName(shown.endpoint)).arg(shown.slot));
        } else if (shown.kind == WaterfallRow::Kind::Slot) {
            painter.drawText(label, int(towardsPlot()), u'#' + QString::number(shown.slot + 1));
        } else {
            painter.drawText(label, int(towardsPlot()), rowText(flightOf(shown), m_snapshot->atUs));
        }
        if (row == m_current) {
            painter.setPen(QPen(theme.accent, theme.highContrast ? 2 : 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(rect.adjusted(0, 0, -1, -1));
        }
    }
    painter.restore();
}

/** Before this there were more requests than are kept. */
void Waterfall::paintForgotten(QPainter &painter) const
{
    if (!m_snapshot || m_snapshot->flights.size() == m_snapshot->flights.total())
        return;
    const Theme &theme = Theme::of(palette());
    const QRectF &plot = m_geometry.plot;
    const double x = m_geometry.mapTimeToX(m_snapshot->flights.at(0).sample.timings.finishedUs);
    if (x <= plot.left())
        return;
    const QRectF before(plot.left(), plot.top(), std::min(x, plot.right()) - plot.left(),
                        plot.height());
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(before.topRight(), before.bottomRight());
    const QString text =
        tr("only the newest %1 are kept").arg(countText(qint64(m_snapshot->flights.size())));
    if (painter.fontMetrics().horizontalAdvance(text) + 12 > before.width())
        return;
    painter.setPen(theme.secondary);
    painter.drawText(before.adjusted(6, 0, -6, -4), Qt::AlignRight | Qt::AlignBottom, text);
}

void Waterfall::paintLegend(QPainter &painter) const
{
    const Theme &theme = Theme::of(palette());
    const int line = painter.fontMetrics().height() + 1;
    double y = m_geometry.plot.top();
    const auto entry = [&](FlightPhase phase, const QString &name) {
        if (y + line > height() - 26)
            return;
        const QRectF swatch(sideEdge() + ScrollWidth + 6, y + (line - 10) / 2.0, 10, 10);
        painter.fillRect(beside(swatch), flightBrush(phase, theme, m_geometry.pixelRatio));
        painter.setPen(theme.secondary);
        const QRectF text(swatch.right() + 4, y, width() - swatch.right() - 4, line);
        painter.drawText(beside(text), int(fromPlot()), name);
        y += line;
    };
    if (m_choice.order == WaterfallChoice::Order::Requests)
        entry(FlightPhase::Queued, tr("queued"));
    entry(FlightPhase::Stalled, tr("stalled"));
    entry(FlightPhase::Connecting, tr("connect"));
    entry(FlightPhase::Waiting, tr("wait"));
    entry(FlightPhase::Downloading, tr("download"));
    entry(FlightPhase::Open, tr("in flight"));
}

QString Waterfall::hostName(EndpointId id) const
{
    const auto host = std::ranges::find(m_snapshot->hosts, id,
                                        [](const LiveHost &live) { return live.admission.id; });
    return host == m_snapshot->hosts.end() ? tr("host %1").arg(quint32(id) + 1)
                                           : endpointLabel(host->admission.endpoint);
}

} // namespace Sluice
