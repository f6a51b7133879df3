// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>

namespace Sluice {

/** A bundled icon beside a text, in the colour of the theme of the moment. */
class IconLabel final : public QWidget
{
    Q_OBJECT

public:
    /** \a name as for themedIcon(). */
    explicit IconLabel(const QString &name, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QIcon m_icon;
};

} // namespace Sluice
