// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/itemnames.h"

#include <QDir>
#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

bool isReserved(const QString &name)
{
    static const QRegularExpression reserved(QRegularExpression::anchoredPattern(
        u"con|prn|aux|nul|com[0-9]|lpt[0-9]|folder|opencollection|environments|node_modules"_s));
    return reserved.match(name).hasMatch();
}

} // namespace

QString slug(const QString &name, const QString &fallback)
{
    constexpr qsizetype MaxLength = 100;
    QString result;
    for (const QChar c : name.normalized(QString::NormalizationForm_C).toLower()) {
        if (c.isLetterOrNumber() || c == u'_')
            result += c;
        else if (!result.isEmpty() && !result.endsWith(u'-'))
            result += u'-';
    }
    result.truncate(MaxLength);
    while (result.endsWith(u'-'))
        result.chop(1);
    if (result.isEmpty())
        return fallback;
    return isReserved(result) ? result + u"-1"_s : result;
}

QString freeFileName(const QString &folder, const QString &name, const QString &suffix,
                     const QString &current)
{
    const QStringList taken =
        QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    const QString base = slug(name, suffix.isEmpty() ? u"folder-1"_s : u"request"_s);
    QString candidate = base + suffix;
    const auto isTaken = [&](const QString &wanted) {
        return wanted.compare(current, Qt::CaseInsensitive) != 0
               && taken.contains(wanted, Qt::CaseInsensitive);
    };
    for (int number = 2; isTaken(candidate); ++number)
        candidate = u"%1-%2%3"_s.arg(base).arg(number).arg(suffix);
    return candidate;
}

double seqBetween(double before, double after)
{
    const double next = std::floor(before) + 1;
    if (next < after)
        return next;
    const double middle = before + (after - before) / 2;
    for (double unit = 10; unit <= 1e12; unit *= 10) {
        const double candidate = std::round(middle * unit) / unit;
        if (candidate > before && candidate < after)
            return candidate;
    }
    return 0;
}

} // namespace Sluice
