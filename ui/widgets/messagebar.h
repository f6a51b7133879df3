// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;

namespace Sluice {

/** One sentence across the top of a pane, with what can be done about it; hidden while empty. */
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    struct Choice
    {
        QString text;
        std::function<void()> chosen;
    };

    explicit MessageBar(QWidget *parent = nullptr);

    /** Every choice closes the bar; closing is always offered. */
    void showMessage(const QString &text, bool isError, std::vector<Choice> choices = {});
    void clear();
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    bool m_isError = false;
};

} // namespace Sluice
