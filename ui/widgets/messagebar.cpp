// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Sluice {

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent), m_icon(new IconLabel(u"dialog-warning"_s, this)), m_text(new QLabel(this)),
      m_buttons(new QHBoxLayout)
{
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(u"message"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 5);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    hide();
}

void MessageBar::showMessage(const QString &text, bool isError, std::vector<Choice> choices)
{
    clear();
    m_isError = isError;
    m_text->setText(text);
    setAccessibleName(text);
    choices.push_back({tr("Close"), {}});
    for (Choice &choice : choices) {
        auto *button = new QPushButton(choice.text, this);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, chosen = std::move(choice.chosen)] {
            clear();
            if (chosen)
                chosen();
        });
        m_buttons->addWidget(button);
    }
    show();
}

void MessageBar::clear()
{
    hide();
    m_text->clear();
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(palette());
    const QColor &color = m_isError ? theme.bad : theme.warning;
    QColor tint = color;
    tint.setAlphaF(theme.highContrast ? 0.0F : 0.10F);
    QPainter painter(this);
    painter.fillRect(rect(), tint);
    painter.fillRect(QRect(0, 0, 3, height()), color);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

} // namespace Sluice
