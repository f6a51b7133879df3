// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livetile.h"

#include "ui/theme/theme.h"

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

void LiveTile::setNotePale(bool pale)
{
    if (pale == m_notePale)
        return;
    m_notePale = pale;
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
    painter.setLayoutDirection(Qt::LeftToRight); // "429+503/s" is, in every language.
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
    painter.setPen(m_notePale ? theme.disabled : theme.secondary);
    drawTabular(painter, {noteLeft(m_value), baseline}, shownNote());
    if (!hasFocus())
        return;
    painter.setPen(QPen(theme.accent, 2));
    painter.drawLine(QPointF(0, height() - 1), QPointF(width(), height() - 1));
}

} // namespace Sluice
