// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/documentarea.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** The strip that tabs and the plus stand on, with the line that ends it. */
class TabStrip final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), Theme::of(palette()).line);
    }
};

} // namespace

DocumentArea::DocumentArea(QWidget *parent)
    : QWidget(parent), m_bar(new DocumentTabBar), m_new(new QToolButton),
      m_stack(new QStackedWidget)
{
    m_bar->hide(); // Empty, it would still take the room of a tab.
    auto *strip = new TabStrip(this);
    strip->setFixedHeight(34);
    m_new->setIcon(themedIcon(u"list-add"_s));
    m_new->setAutoRaise(true);
    m_new->setToolTip(tr("New request (Ctrl+N)"));
    m_new->setAccessibleName(tr("New request"));
    m_new->setFixedSize(26, 26);
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(4);
    row->addWidget(m_bar);
    row->addWidget(m_new);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(strip);
    layout->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &DocumentArea::showCurrent);
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) { m_pages.move(from, to); });
    connect(m_bar, &QTabBar::tabCloseRequested, this,
            [this](int index) { emit closeRequested(m_pages[index]); });
    connect(m_new, &QToolButton::clicked, this, &DocumentArea::newRequested);
}

void DocumentArea::addPage(QWidget *page, const DocumentLabel &label)
{
    m_stack->addWidget(page);
    const int at = m_bar->currentIndex() + 1;
    m_pages.insert(at, page);
    {
        const QSignalBlocker blocker(m_bar);
        m_bar->insertTab(at, label.title);
        m_bar->setLabel(at, label);
        m_bar->setCurrentIndex(at);
    }
    m_bar->show();
    showCurrent();
}

void DocumentArea::setLabel(QWidget *page, const DocumentLabel &label)
{
    if (const qsizetype at = m_pages.indexOf(page); at >= 0)
        m_bar->setLabel(int(at), label);
}

void DocumentArea::removePage(QWidget *page)
{
    const qsizetype at = m_pages.indexOf(page);
    if (at < 0)
        return;
    {
        const QSignalBlocker blocker(m_bar);
        m_pages.removeAt(at);
        m_bar->removeTab(int(at));
        m_stack->removeWidget(page);
    }
    m_bar->setVisible(m_bar->count() > 0);
    showCurrent();
}

QWidget *DocumentArea::currentPage() const
{
    return m_pages.value(m_bar->currentIndex());
}

QList<QWidget *> DocumentArea::pages() const
{
    return m_pages;
}

void DocumentArea::setCurrentPage(QWidget *page)
{
    m_bar->setCurrentIndex(int(m_pages.indexOf(page)));
}

void DocumentArea::step(int by)
{
    if (const int count = m_bar->count(); count > 0)
        m_bar->setCurrentIndex((m_bar->currentIndex() + by + count) % count);
}

void DocumentArea::setCurrentIndex(int index)
{
    if (index >= 0 && index < m_bar->count())
        m_bar->setCurrentIndex(index);
}

void DocumentArea::setEmptyPage(QWidget *page)
{
    m_empty = page;
    m_stack->addWidget(page);
    showCurrent();
}

void DocumentArea::showCurrent()
{
    QWidget *page = currentPage();
    if (page)
        m_stack->setCurrentWidget(page);
    else if (m_empty)
        m_stack->setCurrentWidget(m_empty);
    emit currentChanged(page);
}

} // namespace Sluice
