// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/numbertext.h"

#include <QLocale>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString threeDigits(double value)
{
    const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    QString text = QLocale::c().toString(value, 'f', decimals);
    if (decimals > 0) {
        while (text.endsWith(u'0'))
            text.chop(1);
        if (text.endsWith(u'.'))
            text.chop(1);
    }
    return text;
}

} // namespace

QString durationLabel(qint64 us)
{
    if (us < 0)
        return {};
    if (us < 1'000)
        return u"%1 µs"_s.arg(us);
    if (us < 999'500)
        return threeDigits(double(us) / 1e3) + u" ms"_s;
    if (us < 60'000'000)
        return threeDigits(double(us) / 1e6) + u" s"_s;
    const qint64 seconds = us / 1'000'000;
    return u"%1 min %2 s"_s.arg(seconds / 60).arg(seconds % 60);
}

QString millisecondsLabel(qint64 us)
{
    const double ms = double(us) / 1000;
    return QString::number(ms, 'f', ms < 9.995 ? 2 : ms < 99.95 ? 1 : 0);
}

QString sizeLabel(qint64 bytes)
{
    static constexpr std::array<QLatin1StringView, 5> Units{"B"_L1, "kB"_L1, "MB"_L1, "GB"_L1,
                                                            "TB"_L1};
    auto value = double(bytes);
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < Units.size()) {
        value /= 1000;
        ++unit;
    }
    return threeDigits(value) + u' ' + Units[unit];
}

QString countLabel(qint64 count)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(count);
}

QString counted(qint64 count, const QString &one, const QString &many)
{
    return u"%1 %2"_s.arg(countLabel(count), count == 1 ? one : many);
}

} // namespace Sluice
