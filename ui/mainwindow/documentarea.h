// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/mainwindow/documenttabbar.h"

#include <QWidget>

class QStackedWidget;
class QToolButton;

namespace Sluice {

/** The tabs of the window over their pages. */
class DocumentArea final : public QWidget
{
    Q_OBJECT

public:
    explicit DocumentArea(QWidget *parent = nullptr);

    /** Adds \a page at the end, or after the current tab, and makes it current. Takes ownership. */
    void addPage(QWidget *page, const DocumentLabel &label);
    void setLabel(QWidget *page, const DocumentLabel &label);
    /** Takes the page away without deleting it. */
    void removePage(QWidget *page);
    QWidget *currentPage() const;
    QList<QWidget *> pages() const;
    void setCurrentPage(QWidget *page);
    /** Forwards (1) or backwards (-1), around the ends. */
    void step(int by);
    void setCurrentIndex(int index);
    /** What is shown while there is no page. Takes ownership. */
    void setEmptyPage(QWidget *page);
    DocumentTabBar *tabBar() const { return m_bar; }

signals:
    void currentChanged(QWidget *page);
    void closeRequested(QWidget *page);
    void newRequested();

private:
    void showCurrent();

    DocumentTabBar *m_bar = nullptr;
    QToolButton *m_new = nullptr;
    QStackedWidget *m_stack = nullptr;
    QWidget *m_empty = nullptr;
    QList<QWidget *> m_pages; ///< In the order of the tabs.
};

} // namespace Sluice
