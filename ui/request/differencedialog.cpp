// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/differencedialog.h"

#include "ui/theme/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTextCursor>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString markOf(DiffLine::Kind kind)
{
    switch (kind) {
    case DiffLine::Kind::Same:
        return u"  "_s;
    case DiffLine::Kind::Removed:
        return u"− "_s;
    case DiffLine::Kind::Added:
        return u"+ "_s;
    }
    Q_UNREACHABLE();
}

QColor tinted(QColor color)
{
    color.setAlphaF(0.14F);
    return color;
}

} // namespace

DifferenceDialog::DifferenceDialog(const QString &title, const std::vector<DiffLine> &lines,
                                   QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(title);
    resize(760, 520);
    auto *legend = new QLabel(tr("+ mine, not saved yet    − theirs, in the file"), this);
    legend->setForegroundRole(QPalette::PlaceholderText);
    auto *view = new QPlainTextEdit(this);
    view->setObjectName(u"difference"_s);
    view->setAccessibleName(tr("Difference"));
    view->setReadOnly(true);
    view->setFont(monospaceFont());
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    QStringList text;
    for (const DiffLine &line : lines)
        text << markOf(line.kind) + QString::fromUtf8(line.text);
    view->setPlainText(text.join(u'\n'));
    const Theme &theme = Theme::of(palette());
    QTextBlock block = view->document()->begin();
    bool found = false;
    for (const DiffLine &line : lines) {
        if (line.kind != DiffLine::Kind::Same) {
            QTextBlockFormat format;
            format.setBackground(
                tinted(line.kind == DiffLine::Kind::Added ? theme.good : theme.bad));
            QTextCursor cursor(block);
            cursor.setBlockFormat(format);
            if (!std::exchange(found, true))
                view->setTextCursor(cursor);
        }
        block = block.next();
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(legend);
    layout->addWidget(view, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    view->setFocus();
}

} // namespace Sluice
