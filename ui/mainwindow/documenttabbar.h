// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace Sluice {

/** What a tab of the window says. */
struct DocumentLabel
{
    QString method; ///< Empty for a tab that is no request.
    QString title;
    QString symbol; ///< Before the title of a tab without a method, e.g. ▶.
    bool unsaved = false;

    bool operator==(const DocumentLabel &) const = default;
};

/** Flat document tabs with method badge and unsaved dot; the dot becomes a cross on hover. */
class DocumentTabBar final : public QTabBar
{
    Q_OBJECT

public:
    explicit DocumentTabBar(QWidget *parent = nullptr);

    void setLabel(int index, const DocumentLabel &label);
    DocumentLabel label(int index) const;

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QRect markRect(int index) const;
    void paintTab(QPainter &painter, int index) const;
    int contentWidth(const DocumentLabel &label) const;
};

} // namespace Sluice

Q_DECLARE_METATYPE(Sluice::DocumentLabel)
