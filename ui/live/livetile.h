// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Sluice {

/**
 * A number with its name above and a remark beside it. Has room for the widest of both that are
 * usual, and keeps its size while the number changes. Where there is less room, the short remark
 * stands in, and in the end its beginning.
 */
class LiveTile final : public QWidget
{
    Q_OBJECT

public:
    /** What a tile has room for. */
    struct Room
    {
        QString value;
        QString note;
        QString shortNote;
    };

    LiveTile(const QString &caption, const Room &room, QWidget *parent = nullptr);

    /** \a shortNote says the same as \a note in fewer words. */
    void show(const QString &value, const QString &note, const QString &shortNote = {});
    const QString &value() const { return m_value; }
    const QString &note() const { return m_note; }
    /** The note as it is drawn at this width. */
    QString shownNote() const;
    /** Draws the value in the colour of errors. */
    void setAlarming(bool alarming);
    /** Draws the note pale: it is not to be trusted much. */
    void setNotePale(bool pale);
    bool isNotePale() const { return m_notePale; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int widthFor(const QString &value, const QString &note) const;
    double noteLeft(const QString &value) const;

    QString m_caption;
    Room m_room;
    QString m_value;
    QString m_note;
    QString m_shortNote;
    bool m_alarming = false;
    bool m_notePale = false;
};

/** \a text with every digit in a cell of the same width, so that changing numbers do not wobble. */
void drawTabular(QPainter &painter, QPointF baseline, const QString &text);
/** The width that drawTabular() takes. */
double tabularWidth(const QFontMetricsF &metrics, const QString &text);

} // namespace Sluice
