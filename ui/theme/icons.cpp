// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

/** A static library's resources are not registered by themselves; outside a namespace by Qt's rule.
 */
static bool registerIcons()
{
    Q_INIT_RESOURCE(icons);
    return true;
}

namespace Sluice {

namespace {

/** Renders one SVG whose `currentColor` is Breeze's text colour in the palette's instead. */
class PaletteSvgEngine final : public QIconEngine
{
public:
    explicit PaletteSvgEngine(const QString &name) : m_name(name) {}

    QIconEngine *clone() const override
    {
        return std::make_unique<PaletteSvgEngine>(*this).release();
    }
    QString key() const override { return u"palette-svg"_s; }
    bool isNull() override { return false; }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QSvgRenderer renderer(source(mode));
        renderer.render(painter, rect);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key = u"sluice/%1/%2/%3"_s.arg(m_name, color(mode).name()).arg(size.width());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

private:
    static QColor color(QIcon::Mode mode)
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        return QGuiApplication::palette().color(group, QPalette::Text);
    }

    QByteArray source(QIcon::Mode mode) const
    {
        QFile file(u":/icons/%1.svg"_s.arg(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return file.readAll().replace("#232629", color(mode).name().toLatin1());
    }

    QString m_name;
};

} // namespace

QIcon themedIcon(const QString &name)
{
    static const bool registered = registerIcons();
    Q_ASSERT(registered);
    return QIcon(std::make_unique<PaletteSvgEngine>(name).release());
}

} // namespace Sluice
