// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace Sluice {

class CodeView;

/** Finds text in a CodeView: as typed, Enter for the next one, Shift+Enter for the one before. */
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(CodeView *view, QWidget *parent = nullptr);

    /** Shows the bar with the view's selection as the text to find. */
    void open();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find(bool forward, bool fromStart);

    CodeView *m_view = nullptr;
    QLineEdit *m_input = nullptr;
    QLabel *m_state = nullptr;
};

} // namespace Sluice
