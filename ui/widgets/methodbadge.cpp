// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/methodbadge.h"

#include "ui/theme/theme.h"

#include <QFontMetrics>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {
constexpr int Longest = 5; ///< Letters: PATCH and TRACE are whole.
} // namespace

QString methodBadge(const QString &method)
{
    if (method == "DELETE"_L1)
        return u"DEL"_s;
    return method == "OPTIONS"_L1 ? u"OPT"_s : method.left(Longest);
}

QFont badgeFont(const QFont &font)
{
    QFont badge = scaledFont(font, 81);
    badge.setWeight(QFont::Bold);
    badge.setLetterSpacing(QFont::AbsoluteSpacing, 0.3);
    return badge;
}

int badgeWidth(const QFont &font)
{
    constexpr int Usual = 38;
    return std::max(Usual, QFontMetrics(badgeFont(font)).horizontalAdvance(u"PATCH"_s) + 1);
}

} // namespace Sluice
