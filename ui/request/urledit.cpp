// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/urledit.h"

#include "core/interchange/curlcommand.h"
#include "ui/request/urlquery.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace Sluice {

UrlEdit::UrlEdit(QWidget *parent) : QLineEdit(parent)
{
    setFont(monospaceFont());
}

qreal UrlEdit::positionOf(qsizetype character) const
{
    // QLineEdit does not tell how far it is scrolled, but it tells where the cursor is.
    const QFontMetricsF metrics(font());
    const qreal cursor = QRectF(cursorRect()).center().x();
    return cursor + metrics.horizontalAdvance(text().left(character))
           - metrics.horizontalAdvance(text().left(cursorPosition()));
}

void UrlEdit::keyPressEvent(QKeyEvent *event)
{
    const QString text =
        event->matches(QKeySequence::Paste) ? QGuiApplication::clipboard()->text() : QString();
    if (looksLikeCurl(text)) {
        event->accept();
        emit curlPasted(text);
        return;
    }
    QLineEdit::keyPressEvent(event);
}

bool UrlEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_variables) {
        const auto *help = dynamic_cast<QHelpEvent *>(event);
        const int at = help ? cursorPositionAt(help->pos()) : -1;
        for (const VariableSpan &span : variableSpans(text())) {
            if (at < span.start || at > span.start + span.length)
                continue;
            QToolTip::showText(help->globalPos(), m_variables->describe(span.name), this);
            return true;
        }
    }
    return QLineEdit::event(event);
}

void UrlEdit::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const std::vector<VariableSpan> spans = variableSpans(text());
    if (spans.empty())
        return;
    const Theme &theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect().adjusted(6, 2, -6, -2));
    painter.setPen(Qt::NoPen);
    for (const VariableSpan &span : spans) {
        const bool known = !m_variables || !m_variables->isBad(span.name);
        QColor tint = known ? theme.selection : theme.bad;
        if (!known)
            tint.setAlphaF(0.16F);
        painter.setBrush(tint);
        const qreal left = positionOf(span.start);
        const qreal right = positionOf(span.start + span.length);
        painter.drawRoundedRect(QRectF(left - 1, 5, right - left + 2, height() - 10), 3, 3);
    }
}

} // namespace Sluice
