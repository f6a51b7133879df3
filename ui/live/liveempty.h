// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;

namespace Sluice {

/** The live view before the first request: a pale chart whose parts say what they are. */
class LiveEmpty final : public QWidget
{
    Q_OBJECT

public:
    explicit LiveEmpty(QWidget *parent = nullptr);

    /** Offers \a action as a button. Not owned. */
    void addAction(QAction *action);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
    QHBoxLayout *m_buttons;
};

} // namespace Sluice
