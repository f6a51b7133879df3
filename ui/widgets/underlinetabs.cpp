// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/underlinetabs.h"

#include "ui/theme/theme.h"
#include "ui/widgets/separator.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Sluice {

namespace {

constexpr int Height = 32;
constexpr int Padding = 2;
constexpr int Gap = 18;

} // namespace

UnderlineTabBar::UnderlineTabBar(QWidget *parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setFocusPolicy(Qt::TabFocus);
    setElideMode(Qt::ElideNone);
    setUsesScrollButtons(true);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // A bar that is hidden while it gets its first tab tells no layout that it has grown.
    setFixedHeight(Height);
}

QSize UnderlineTabBar::tabSizeHint(int index) const
{
    return {fontMetrics().horizontalAdvance(tabText(index)) + 2 * Padding + Gap, Height};
}

QSize UnderlineTabBar::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

void UnderlineTabBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(palette());
    const QPoint mouse = mapFromGlobal(QCursor::pos());
    for (int i = 0; i < count(); ++i) {
        const QRect rect = tabRect(i).adjusted(0, 0, -Gap, 0);
        const bool current = i == currentIndex();
        const bool bright = current || (underMouse() && tabRect(i).contains(mouse));
        painter.setPen(bright ? theme.text : theme.secondary);
        painter.drawText(rect.adjusted(Padding, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         tabText(i));
        if (!current)
            continue;
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, theme.accent);
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRoundedRect(QRectF(rect).adjusted(-3, 4, 3, -5), 4, 4);
        }
    }
}

UnderlineTabs::UnderlineTabs(QWidget *parent)
    : QWidget(parent), m_bar(new UnderlineTabBar(this)), m_row(new QHBoxLayout),
      m_stack(new QStackedWidget(this))
{
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(8);
    m_row->addWidget(m_bar, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(m_row);
    layout->addWidget(new Separator(this));
    layout->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &UnderlineTabs::showPage);
}

void UnderlineTabs::addPage(const QString &title, Factory make)
{
    m_pages.push_back({std::move(make), nullptr});
    m_bar->addTab(title);
}

void UnderlineTabs::setTitle(int index, const QString &title)
{
    if (m_bar->tabText(index) != title)
        m_bar->setTabText(index, title);
}

QWidget *UnderlineTabs::page(int index)
{
    Page &page = m_pages[std::size_t(index)];
    if (!page.widget) {
        page.widget = page.make();
        m_stack->addWidget(page.widget);
    }
    return page.widget;
}

void UnderlineTabs::setCornerWidget(QWidget *widget)
{
    m_row->addWidget(widget);
}

void UnderlineTabs::showPage(int index)
{
    if (index < 0)
        return;
    m_stack->setCurrentWidget(page(index));
    emit currentChanged(index);
}

} // namespace Sluice
