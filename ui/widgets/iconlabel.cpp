// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/iconlabel.h"

#include "ui/theme/icons.h"

#include <QPainter>

namespace Sluice {

IconLabel::IconLabel(const QString &name, QWidget *parent)
    : QWidget(parent), m_icon(themedIcon(name))
{
    setFixedSize(16, 16);
}

void IconLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_icon.paint(&painter, rect());
}

} // namespace Sluice
