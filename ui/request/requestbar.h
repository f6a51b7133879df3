// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/variables.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace Sluice {

class UrlEdit;

/** Method, URL and Send. */
class RequestBar final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestBar(const VariableMeanings *variables, QWidget *parent = nullptr);

    void setMethod(const QString &method);
    void setUrl(const QString &url);
    QString method() const;
    QString url() const;
    /** Send becomes Cancel while a request is on its way. */
    void setSending(bool sending);
    void focusUrl();
    void refreshVariables();

signals:
    void methodEdited(const QString &method);
    void urlEdited(const QString &url);
    void curlPasted(const QString &text);
    void sendClicked();
    void cancelClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void colorMethod();

    QComboBox *m_method = nullptr;
    UrlEdit *m_url = nullptr;
    QPushButton *m_send = nullptr;
    bool m_sending = false;
};

} // namespace Sluice
