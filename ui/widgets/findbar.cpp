// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/findbar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/codeview.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace Sluice {

FindBar::FindBar(CodeView *view, QWidget *parent)
    : QWidget(parent), m_view(view), m_input(new QLineEdit(this)), m_state(new QLabel(this))
{
    m_input->setPlaceholderText(tr("Find in the body"));
    m_input->setAccessibleName(tr("Find in the body"));
    m_input->setObjectName(u"find"_s);
    m_input->setFont(monospaceFont());
    m_input->setMaximumWidth(320);
    m_input->installEventFilter(this);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setObjectName(u"findState"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->addWidget(m_input);
    const auto addButton = [&](Qt::ArrowType arrow, const QString &name, bool forward) {
        auto *button = new QToolButton(this);
        button->setArrowType(arrow);
        button->setAutoRaise(true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        connect(button, &QToolButton::clicked, this, [this, forward] { find(forward, false); });
        layout->addWidget(button);
    };
    addButton(Qt::UpArrow, tr("Previous (Shift+Enter)"), false);
    addButton(Qt::DownArrow, tr("Next (Enter)"), true);
    layout->addWidget(m_state, 1);
    connect(m_input, &QLineEdit::textChanged, this, [this] { find(true, true); });
    hide();
}

void FindBar::open()
{
    show();
    if (m_view->hasSelectedText() && !m_view->selectedText().contains(u'\n'))
        m_input->setText(m_view->selectedText());
    m_input->setFocus(Qt::ShortcutFocusReason);
    m_input->selectAll();
}

void FindBar::find(bool forward, bool fromStart)
{
    const QString text = m_input->text();
    if (text.isEmpty()) {
        m_state->clear();
        return;
    }
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    m_view->getSelection(&line, &column, &endLine, &endColumn);
    const bool selected = line >= 0;
    // Typing on must not jump to the next match while the current one still fits.
    const bool useStart = fromStart || !forward;
    const bool found = m_view->findFirst(text, false, false, false, true, forward,
                                         !selected  ? -1
                                         : useStart ? line
                                                    : endLine,
                                         !selected  ? -1
                                         : useStart ? column
                                                    : endColumn);
    m_state->setText(found                 ? QString()
                     : m_view->isLoading() ? tr("Not found in what is loaded so far")
                                           : tr("Not found"));
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::ShortcutOverride) {
        const auto *key = dynamic_cast<QKeyEvent *>(event);
        if (key && key->key() == Qt::Key_Escape)
            event->accept();
    }
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        const auto *key = dynamic_cast<QKeyEvent *>(event);
        if (key && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            find(!(key->modifiers() & Qt::ShiftModifier), false);
            return true;
        }
        if (key && key->key() == Qt::Key_Escape) {
            hide();
            m_view->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Sluice
