// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/requestbar.h"

#include "ui/request/urledit.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace Sluice {

RequestBar::RequestBar(const VariableMeanings *variables, QWidget *parent)
    : QWidget(parent), m_method(new QComboBox(this)), m_url(new UrlEdit(variables, this)),
      m_send(new QPushButton(tr("Send"), this))
{
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->addItems(
        {u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s});
    m_method->setFixedWidth(92);
    m_method->setAccessibleName(tr("Method"));
    QFont bold = font();
    bold.setWeight(QFont::Bold);
    m_method->setFont(bold);
    m_method->lineEdit()->setFont(bold);
    m_method->lineEdit()->setAccessibleName(tr("Method"));
    m_method->lineEdit()->setTextMargins(2, 0, 0, 0);
    m_url->setPlaceholderText(u"https://"_s);
    m_url->setAccessibleName(tr("URL"));
    m_url->setObjectName(u"url"_s);
    m_send->setDefault(true);
    m_send->setObjectName(u"send"_s);
    m_send->setToolTip(tr("Send the request (Ctrl+Enter)"));
    m_send->setMinimumWidth(60);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_method);
    layout->addWidget(m_url, 1);
    layout->addWidget(m_send);
    connect(m_method, &QComboBox::currentTextChanged, this, [this](const QString &text) {
        colorMethod();
        emit methodEdited(text.trimmed().toUpper());
    });
    connect(m_url, &QLineEdit::textEdited, this, &RequestBar::urlEdited);
    connect(m_url, &UrlEdit::curlPasted, this, &RequestBar::curlPasted);
    connect(m_url, &QLineEdit::returnPressed, this, &RequestBar::sendClicked);
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_sending)
            emit cancelClicked();
        else
            emit sendClicked();
    });
    colorMethod();
}

void RequestBar::setMethod(const QString &method)
{
    const QSignalBlocker blocker(m_method);
    m_method->setCurrentText(method);
    colorMethod();
}

void RequestBar::setUrl(const QString &url)
{
    if (m_url->text() == url)
        return;
    const int cursor = m_url->cursorPosition();
    m_url->setText(url);
    m_url->setCursorPosition(m_url->hasFocus() ? cursor : 0);
}

QString RequestBar::method() const
{
    return m_method->currentText().trimmed().toUpper();
}

QString RequestBar::url() const
{
    return m_url->text();
}

void RequestBar::setSending(bool sending)
{
    m_sending = sending;
    m_send->setText(sending ? tr("Cancel") : tr("Send"));
    m_send->setToolTip(sending ? tr("Cancel the request (Esc)")
                               : tr("Send the request (Ctrl+Enter)"));
}

void RequestBar::focusUrl()
{
    m_url->setFocus(Qt::ShortcutFocusReason);
    m_url->selectAll();
}

void RequestBar::refreshVariables()
{
    m_url->update();
}

void RequestBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colorMethod();
}

void RequestBar::colorMethod()
{
    const QColor &color = Theme::of(palette()).methodColor(m_method->currentText());
    QPalette tinted;
    tinted.setColor(QPalette::Text, color);
    m_method->lineEdit()->setPalette(tinted);
}

} // namespace Sluice
