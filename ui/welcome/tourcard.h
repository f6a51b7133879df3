// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QPushButton;

namespace Sluice {

struct TourPage;

/**
 * A card over the window that explains one thing and points at it. It takes no mouse or keyboard
 * from the rest of the window; Esc inside it skips.
 */
class TourCard final : public QFrame
{
    Q_OBJECT

public:
    explicit TourCard(QWidget *window);

    void showPage(const TourPage &page);
    /** Stands beside \a target from now on; null = in the middle of the window. */
    void pointAt(QWidget *target);

signals:
    void goOnClicked();
    void extraClicked();
    void skipClicked();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void applyColors();
    void place();
    QRect targetRect() const; ///< In the window's coordinates; empty = none.

    QLabel *m_step;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_facts;
    QPushButton *m_skip;
    QPushButton *m_extra;
    QPushButton *m_goOn;
    QPointer<QWidget> m_target;
    int m_number = -1;
};

} // namespace Sluice
