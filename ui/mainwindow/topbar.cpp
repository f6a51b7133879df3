// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/topbar.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Looks like a field, works as a button: it opens the palette. */
class SearchButton final : public QPushButton
{
public:
    using QPushButton::QPushButton;

    /** Wide enough for both texts, whatever the font. */
    QSize sizeHint() const override
    {
        constexpr int Usual = 220;
        const int texts = fontMetrics().horizontalAdvance(text() + shortcutText());
        return {std::max(Usual, texts + 2 * Margin + Gap), 28};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        drawField(&painter, rect(), theme, true, hasFocus() || isDown());
        painter.setPen(theme.secondary);
        const QRect inside = rect().adjusted(Margin, 0, -Margin, 0);
        painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft, text());
        painter.drawText(inside, Qt::AlignVCenter | Qt::AlignRight, shortcutText());
    }

private:
    static constexpr int Margin = 9;
    static constexpr int Gap = 16;

    static QString shortcutText() { return u"Ctrl+K"_s; }
};

QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.sliced(home.size()) : path;
}

} // namespace

TopBar::TopBar(QWidget *parent)
    : QWidget(parent), m_name(new QLabel(this)), m_path(new QLabel(this)),
      m_environment(new QComboBox(this)),
      m_search(new SearchButton(tr("Search or run a command"), this)), m_menu(new QToolButton(this))
{
    setFixedHeight(40);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_name->setFont(bold);
    m_path->setForegroundRole(QPalette::PlaceholderText);
    m_path->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_environment->setFixedWidth(170);
    m_environment->setAccessibleName(tr("Environment"));
    m_environment->setToolTip(tr("Environment (Ctrl+Shift+E); edit them with Ctrl+E"));
    m_search->setFixedSize(m_search->sizeHint());
    m_search->setFlat(true);
    m_menu->setIcon(themedIcon(u"application-menu"_s));
    m_menu->setAutoRaise(true);
    m_menu->setFixedSize(28, 28);
    m_menu->setAccessibleName(tr("Menu"));
    m_menu->setToolTip(tr("Menu (F10)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 1);
    layout->setSpacing(14);
    layout->addWidget(m_name);
    layout->addWidget(m_path, 1);
    layout->addWidget(m_environment);
    layout->addWidget(m_search);
    layout->addWidget(m_menu);
    connect(m_environment, &QComboBox::activated, this, [this](int index) {
        emit environmentChosen(m_environment->itemData(index).toString());
    });
    connect(m_search, &QPushButton::clicked, this, &TopBar::paletteRequested);
    setEnvironments({}, {});
}

void TopBar::setCollection(const QString &name, const QString &path)
{
    m_name->setText(name.isEmpty() ? u"Sluice"_s : name);
    m_path->setText(shortPath(path));
    m_path->setToolTip(path);
}

void TopBar::setEnvironments(const QStringList &names, const QString &current)
{
    const QSignalBlocker blocker(m_environment);
    m_environment->clear();
    m_environment->addItem(tr("No environment"), QString());
    for (const QString &name : names)
        m_environment->addItem(name, name);
    m_environment->setCurrentIndex(qMax(0, m_environment->findData(current)));
}

void TopBar::setMenu(QMenu *menu)
{
    m_popup = menu;
    connect(m_menu, &QToolButton::clicked, this, &TopBar::openMenu);
}

void TopBar::openEnvironments()
{
    m_environment->setFocus(Qt::ShortcutFocusReason);
    m_environment->showPopup();
}

void TopBar::openMenu()
{
    const QPoint below = m_menu->mapToGlobal(m_menu->rect().bottomRight());
    m_popup->popup(below - QPoint(m_popup->sizeHint().width(), -2));
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), Theme::of(palette()).line);
}

} // namespace Sluice
