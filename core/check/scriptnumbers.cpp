// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/scriptnumbers.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

bool isLargeInteger(QStringView text)
{
    static const QRegularExpression digits(u"^-?[1-9][0-9]{15,}$"_s);
    if (!digits.match(text).hasMatch())
        return false;
    bool fits = false;
    const qint64 value = text.toLongLong(&fits);
    return !fits || value > MaxSafeInteger || value < -MaxSafeInteger;
}

std::optional<double> scriptNumber(const QString &text)
{
    static const QRegularExpression decimal(
        u"^[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?$"_s);
    static const QRegularExpression other(u"^0([xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)$"_s);
    if (decimal.match(text).hasMatch())
        return text.toDouble();
    if (!other.match(text).hasMatch())
        return {};
    const QChar kind = text[1].toLower();
    const int base = kind == u'x' ? 16 : kind == u'o' ? 8 : 2;
    return double(text.sliced(2).toULongLong(nullptr, base));
}

std::optional<QString> withExactIntegers(const QString &json)
{
    static const QRegularExpression token(
        u"\"(?:[^\"\\\\]|\\\\.)*+\"|-?[0-9]+(?:[.eE][-+.eE0-9]*)?"_s);
    QString result;
    qsizetype copied = 0;
    for (auto it = token.globalMatch(json); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QStringView text = match.capturedView();
        if (!isLargeInteger(text))
            continue;
        result += QStringView(json).sliced(copied, match.capturedStart() - copied);
        result += u"\"%1\""_s.arg(text);
        copied = match.capturedEnd();
    }
    if (copied == 0)
        return {};
    return result.append(QStringView(json).sliced(copied));
}

} // namespace Sluice
