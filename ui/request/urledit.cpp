// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/urledit.h"

#include "core/interchange/curlcommand.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

namespace Sluice {

void UrlEdit::keyPressEvent(QKeyEvent *event)
{
    const QString text =
        event->matches(QKeySequence::Paste) ? QGuiApplication::clipboard()->text() : QString();
    if (looksLikeCurl(text)) {
        event->accept();
        emit curlPasted(text);
        return;
    }
    VariableEdit::keyPressEvent(event);
}

} // namespace Sluice
