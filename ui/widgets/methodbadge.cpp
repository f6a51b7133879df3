// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/methodbadge.h"

#include "ui/theme/theme.h"

using namespace Qt::StringLiterals;

namespace Sluice {

QString methodBadge(const QString &method)
{
    if (method == "DELETE"_L1)
        return u"DEL"_s;
    return method == "OPTIONS"_L1 ? u"OPT"_s : method.left(5);
}

QFont badgeFont(const QFont &font)
{
    QFont badge = scaledFont(font, 81);
    badge.setWeight(QFont::Bold);
    badge.setLetterSpacing(QFont::AbsoluteSpacing, 0.3);
    return badge;
}

} // namespace Sluice
