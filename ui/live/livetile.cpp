// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livetile.h"

#include "core/metrics/livesnapshot.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int NoteGap = 5;

double digitWidth(const QFontMetricsF &metrics)
{
    double width = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        width = std::max(width, metrics.horizontalAdvance(QChar(digit)));
    return width;
}

QFont valueFont(const QFont &font)
{
    QFont value = scaledFont(font, 138);
    value.setWeight(QFont::DemiBold);
    return value;
}

} // namespace

double tabularWidth(const QFontMetricsF &metrics, const QString &text)
{
    const double digit = digitWidth(metrics);
    double width = 0;
    for (const QChar c : text)
        width += c >= u'0' && c <= u'9' ? digit : metrics.horizontalAdvance(c);
    return width;
}

void drawTabular(QPainter &painter, QPointF baseline, const QString &text)
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double digit = digitWidth(metrics);
    const Qt::LayoutDirection direction = painter.layoutDirection();
    painter.setLayoutDirection(Qt::LeftToRight); // Figures and units are, in every language.
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] >= u'0' && text[i] <= u'9') {
            const double own = metrics.horizontalAdvance(text[i]);
            painter.drawText(baseline + QPointF((digit - own) / 2, 0), text.mid(i, 1));
            baseline.rx() += digit;
            ++i;
            continue;
        }
        qsizetype end = i;
        while (end < text.size() && (text[end] < u'0' || text[end] > u'9'))
            ++end;
        const QString part = text.mid(i, end - i);
        painter.drawText(baseline, part);
        for (const QChar c : part)
            baseline.rx() += metrics.horizontalAdvance(c);
        i = end;
    }
    painter.setLayoutDirection(direction);
}

LiveTile::LiveTile(const QString &caption, const Room &room, QWidget *parent)
    : QWidget(parent), m_caption(caption), m_room(room)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus); // To be read, figure by figure.
    show(u"\u2013"_s, {});
}

void LiveTile::show(const QString &value, const QString &note, const QString &shortNote)
{
    if (value == m_value && note == m_note)
        return;
    m_value = value;
    m_note = note;
    m_shortNote = shortNote.isEmpty() ? note : shortNote;
    setAccessibleName(m_caption);
    setAccessibleDescription(note.isEmpty() ? value : tr("%1, %2").arg(value, note));
    update();
}

void LiveTile::setAlarming(bool alarming)
{
    if (alarming == m_alarming)
        return;
    m_alarming = alarming;
    update();
}

QSize LiveTile::sizeHint() const
{
    const QFontMetrics caption(scaledFont(font(), 85));
    const QFontMetrics value(valueFont(font()));
    return {widthFor(m_room.value, m_room.note), caption.height() + value.height() + 2};
}

QSize LiveTile::minimumSizeHint() const
{
    return {widthFor(m_room.value, m_room.shortNote), sizeHint().height()};
}

int LiveTile::widthFor(const QString &value, const QString &note) const
{
    const QFontMetricsF metrics(scaledFont(font(), 85));
    const double content = noteLeft(value) + tabularWidth(metrics, note);
    return int(std::ceil(std::max(content, metrics.horizontalAdvance(m_caption))));
}

double LiveTile::noteLeft(const QString &value) const
{
    return tabularWidth(QFontMetricsF(valueFont(font())), value) + NoteGap;
}

QString LiveTile::shownNote() const
{
    const QFontMetricsF metrics(scaledFont(font(), 85));
    const double room = width() - noteLeft(m_value);
    if (tabularWidth(metrics, m_note) <= room)
        return m_note;
    if (tabularWidth(metrics, m_shortNote) <= room)
        return m_shortNote;
    return metrics.elidedText(m_shortNote, Qt::ElideRight, std::max(0.0, room));
}

void LiveTile::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    const QFont small = scaledFont(font(), 85);
    painter.setFont(small);
    painter.setPen(theme.secondary);
    const QFontMetrics captionMetrics(small);
    painter.drawText(QPointF(0, captionMetrics.ascent()), m_caption);
    painter.setFont(valueFont(font()));
    painter.setPen(m_alarming ? theme.errors : theme.text);
    const QFontMetricsF valueMetrics(painter.font());
    const double baseline = captionMetrics.height() + valueMetrics.ascent() + 1;
    drawTabular(painter, {0, baseline}, m_value);
    painter.setFont(small);
    painter.setPen(theme.secondary);
    drawTabular(painter, {noteLeft(m_value), baseline}, shownNote());
    if (!hasFocus())
        return;
    painter.setPen(QPen(theme.accent, 2));
    painter.drawLine(QPointF(0, height() - 1), QPointF(width(), height() - 1));
}

LiveTiles::LiveTiles(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    const auto tile = [this, layout](const QString &caption, const QString &name,
                                     const LiveTile::Room &room) {
        auto *added = new LiveTile(caption, room, this);
        added->setObjectName(name);
        layout->addWidget(added);
        return added;
    };
    const LiveTile::Room percentile{tr("999 ms"), tr("queue +%1").arg(tr("999 ms")), tr("+999 ms")};
    m_inFlight = tile(tr("In flight"), u"tileInFlight"_s,
                      {u"999"_s, tr("/ %1 max %2").arg(999).arg(999), u"/ 999"_s});
    m_queued = tile(tr("Queued"), u"tileQueued"_s,
                    {u"9,999"_s, tr("oldest %1").arg(tr("999 ms")), tr("999 ms")});
    m_done =
        tile(tr("Done"), u"tileDone"_s, {rateText(9999), tr("2xx %1").arg(u"9,999"_s), u"9,999"_s});
    m_median = tile(tr("p50"), u"tileP50"_s, percentile);
    m_slow = tile(tr("p95"), u"tileP95"_s, percentile);
    m_errors = tile(tr("Errors"), u"tileErrors"_s,
                    {u"999"_s, tr("429: %1").arg(999), tr("429: %1").arg(999)});
    m_sockets = tile(tr("Sockets"), u"tileSockets"_s,
                     {u"999"_s, tr("reused %1").arg(u"99.9 %"_s), u"99.9 %"_s});
    m_inFlight->setToolTip(tr("Requests in flight / total limit, and the most at once since the "
                              "limits were set"));
    m_queued->setToolTip(tr("Requests that wait, and how long the first of them has waited"));
    m_done->setToolTip(tr("Requests finished a second, and those answered with 2xx"));
    m_median->setToolTip(tr("Half of the requests of the last 10 s were faster on the wire; "
                            "they waited this much in the queue before"));
    m_slow->setToolTip(tr("95 % of the requests of the last 10 s were faster on the wire; "
                          "they waited this much in the queue before"));
    m_errors->setToolTip(tr("Requests without a reply or with a status of 400 and up; "
                            "of those, replies 429 and 503"));
    m_sockets->setToolTip(
        tr("Open connections where the system tells, else those opened so far; and the share of "
           "requests that reused one"));
}

void LiveTiles::showSnapshot(const LiveSnapshot &snapshot)
{
    const AdmissionSnapshot &now = snapshot.admission;
    const QString limit = limitText(now.limits.total);
    m_inFlight->show(countText(now.inFlight),
                     now.draining > 0
                         ? tr("/ %1 draining %2").arg(limit, countText(now.draining))
                         : tr("/ %1 max %2").arg(limit, countText(snapshot.peakInFlight)),
                     tr("/ %1").arg(limit));

    qint64 oldestUs = 0;
    for (const EndpointSnapshot &endpoint : now.endpoints) {
        if (endpoint.oldestEnqueuedUs > 0
            && (oldestUs == 0 || endpoint.oldestEnqueuedUs < oldestUs))
            oldestUs = endpoint.oldestEnqueuedUs;
    }
    const QString oldest =
        oldestUs == 0 ? QString() : shownDuration(std::max<qint64>(0, snapshot.atUs - oldestUs));
    m_queued->show(countText(now.queued), oldestUs == 0 ? QString() : tr("oldest %1").arg(oldest),
                   oldest);
    const QString good = rateText(snapshot.okPerSecond).chopped(2);
    m_done->show(rateText(snapshot.donePerSecond), tr("2xx %1").arg(good), good);
    const auto percentile = [](LiveTile *tile, qint64 us, qint64 queuedUs) {
        const QString queued = queuedUs < 0 ? QString() : tr("+%1").arg(shownDuration(queuedUs));
        tile->show(shownDuration(us), queuedUs < 0 ? QString() : tr("queue %1").arg(queued),
                   queued);
    };
    percentile(m_median, snapshot.p50Us, snapshot.p50QueuedUs);
    percentile(m_slow, snapshot.p95Us, snapshot.p95QueuedUs);
    m_errors->show(countText(qint64(snapshot.failed)),
                   tr("429: %1").arg(countText(qint64(snapshot.limited))));
    m_errors->setAlarming(snapshot.failed > 0);
    const QString reused = snapshot.done == 0 ? QString() : percentText(snapshot.reusedShare);
    m_sockets->show(countText(snapshot.openSockets >= 0 ? snapshot.openSockets
                                                        : qint64(snapshot.connectionsOpened)),
                    snapshot.done == 0 ? QString() : tr("reused %1").arg(reused), reused);
}

} // namespace Sluice
