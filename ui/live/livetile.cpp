// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livetile.h"

#include "core/metrics/livesnapshot.h"
#include "ui/live/livetext.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

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
}

LiveTile::LiveTile(const QString &caption, int width, QWidget *parent)
    : QWidget(parent), m_caption(caption), m_width(width)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    show(u"\u2013"_s, {});
}

void LiveTile::show(const QString &value, const QString &note)
{
    if (value == m_value && note == m_note)
        return;
    m_value = value;
    m_note = note;
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
    return {m_width * std::max(1, fontMetrics().height()) / 16,
            caption.height() + value.height() + 2};
}

QSize LiveTile::minimumSizeHint() const
{
    return {sizeHint().width() * 2 / 3, sizeHint().height()};
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
    const double used = tabularWidth(valueMetrics, m_value) + 5;
    painter.setFont(small);
    painter.setPen(theme.secondary);
    const QString note =
        captionMetrics.elidedText(m_note, Qt::ElideRight, std::max(0, int(width() - used)));
    drawTabular(painter, {used, baseline}, note);
}

LiveTiles::LiveTiles(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    const auto tile = [this, layout](const QString &caption, int width, const QString &name) {
        auto *added = new LiveTile(caption, width, this);
        added->setObjectName(name);
        layout->addWidget(added);
        return added;
    };
    m_inFlight = tile(tr("In flight"), 112, u"tileInFlight"_s);
    m_queued = tile(tr("Queued"), 132, u"tileQueued"_s);
    m_done = tile(tr("Done"), 124, u"tileDone"_s);
    m_median = tile(tr("p50"), 136, u"tileP50"_s);
    m_slow = tile(tr("p95"), 140, u"tileP95"_s);
    m_errors = tile(tr("Errors"), 88, u"tileErrors"_s);
    m_sockets = tile(tr("Sockets"), 124, u"tileSockets"_s);
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
    QString limits =
        tr("/ %1 max %2").arg(limitText(now.limits.total), countText(snapshot.peakInFlight));
    if (now.draining > 0)
        limits = tr("/ %1 draining %2").arg(limitText(now.limits.total), countText(now.draining));
    m_inFlight->show(countText(now.inFlight), limits);

    qint64 oldestUs = 0;
    for (const EndpointSnapshot &endpoint : now.endpoints) {
        if (endpoint.oldestEnqueuedUs > 0
            && (oldestUs == 0 || endpoint.oldestEnqueuedUs < oldestUs))
            oldestUs = endpoint.oldestEnqueuedUs;
    }
    m_queued->show(
        countText(now.queued),
        oldestUs == 0
            ? QString()
            : tr("oldest %1").arg(shownDuration(std::max<qint64>(0, snapshot.atUs - oldestUs))));
    m_done->show(rateText(snapshot.donePerSecond),
                 tr("2xx %1").arg(rateText(snapshot.okPerSecond).chopped(2)));
    const auto queue = [](qint64 us) {
        return us < 0 ? QString() : tr("queue +%1").arg(shownDuration(us));
    };
    m_median->show(shownDuration(snapshot.p50Us), queue(snapshot.p50QueuedUs));
    m_slow->show(shownDuration(snapshot.p95Us), queue(snapshot.p95QueuedUs));
    m_errors->show(countText(qint64(snapshot.failed)),
                   tr("429: %1").arg(countText(qint64(snapshot.limited))));
    m_errors->setAlarming(snapshot.failed > 0);
    m_sockets->show(countText(snapshot.openSockets >= 0 ? snapshot.openSockets
                                                        : qint64(snapshot.connectionsOpened)),
                    snapshot.done == 0 ? QString()
                                       : tr("reused %1").arg(percentText(snapshot.reusedShare)));
}

} // namespace Sluice
