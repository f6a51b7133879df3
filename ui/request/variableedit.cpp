// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/variableedit.h"

#include "core/environment/template.h"
#include "ui/request/variablemark.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace Sluice {

VariableEdit::VariableEdit(const VariableMeanings *variables, QWidget *parent)
    : QLineEdit(parent), m_variables(variables)
{
    setFont(monospaceFont());
}

bool VariableEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_variables) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int at = cursorPositionAt(help->pos());
        for (const Placeholder &placeholder : findPlaceholders(text())) {
            if (at < placeholder.begin || at > placeholder.begin + placeholder.length)
                continue;
            QToolTip::showText(help->globalPos(), m_variables->describe(placeholder.name), this);
            return true;
        }
    }
    return QLineEdit::event(event);
}

void VariableEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    // What is typed in secret is not given away by where its braces are.
    if (text() != displayText())
        return;
    const QFontMetricsF metrics(font());
    // QLineEdit does not tell how far it is scrolled, but it tells where the cursor is.
    const qreal cursor = QRectF(cursorRect()).center().x();
    const qreal begin = cursor - metrics.horizontalAdvance(text().left(cursorPosition()));
    QPainter painter(this);
    painter.setClipRect(rect().adjusted(6, 2, -6, -2));
    paintVariableMarks(painter, {text(), {begin, height() / 2.0}, height() - 10.0, metrics},
                       m_variables, palette());
}

} // namespace Sluice
