// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/titleglyph.h"

#include "ui/theme/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>

#include <memory>

namespace Sluice {

namespace {

constexpr double Side = 16;

class TitleGlyph final : public QIconEngine
{
public:
    explicit TitleGlyph(bool isCross) : m_isCross(isCross) {}

    QIconEngine *clone() const override { return std::make_unique<TitleGlyph>(*this).release(); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / Side, rect.height() / Side);
        painter->setPen(QPen(Theme::of(QGuiApplication::palette()).secondary, 1.3));
        if (m_isCross) {
            painter->drawLine(QPointF(4.5, 4.5), QPointF(11.5, 11.5));
            painter->drawLine(QPointF(11.5, 4.5), QPointF(4.5, 11.5));
        } else {
            painter->drawRoundedRect(QRectF(3.5, 5.5, 7, 7), 1, 1);
            painter->drawPolyline(QPolygonF{{6, 3.5}, {12.5, 3.5}, {12.5, 10}});
        }
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

private:
    bool m_isCross;
};

} // namespace

QIcon titleGlyph(QStyle::StandardPixmap which)
{
    return QIcon(std::make_unique<TitleGlyph>(which == QStyle::SP_TitleBarCloseButton).release());
}

} // namespace Sluice
