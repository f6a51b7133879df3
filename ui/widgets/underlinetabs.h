// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>
#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QStackedWidget;

namespace Sluice {

/** Tabs as plain words, the current one underlined. */
class UnderlineTabBar final : public QTabBar
{
    Q_OBJECT

public:
    explicit UnderlineTabBar(QWidget *parent = nullptr);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;
};

/** A row of such tabs over their pages; a page is made when it is first shown. */
class UnderlineTabs final : public QWidget
{
    Q_OBJECT

public:
    using Factory = std::function<QWidget *()>;

    explicit UnderlineTabs(QWidget *parent = nullptr);

    /** Adds a page; \a make is called once, its widget becomes this widget's child. */
    void addPage(const QString &title, Factory make);
    void setTitle(int index, const QString &title);
    int currentIndex() const { return m_bar->currentIndex(); }
    void setCurrentIndex(int index) { m_bar->setCurrentIndex(index); }
    /** The page at \a index, made if need be. */
    QWidget *page(int index);
    bool isMade(int index) const { return m_pages[std::size_t(index)].widget != nullptr; }
    UnderlineTabBar *tabBar() const { return m_bar; }
    /** Shows \a widget at the right end of the row of tabs. */
    void setCornerWidget(QWidget *widget);

signals:
    void currentChanged(int index);

private:
    struct Page
    {
        Factory make;
        QWidget *widget = nullptr;
    };

    void showPage(int index);

    UnderlineTabBar *m_bar = nullptr;
    QHBoxLayout *m_row = nullptr;
    QStackedWidget *m_stack = nullptr;
    std::vector<Page> m_pages;
};

} // namespace Sluice
