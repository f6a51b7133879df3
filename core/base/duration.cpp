// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/duration.h"

#include <array>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct Unit
{
    QLatin1StringView suffix;
    qint64 us;
};

// Longest suffix first: "ms" before "s" and "m".
constexpr std::array<Unit, 5> Units{{
    {"us"_L1, 1},
    {"ms"_L1, 1'000},
    {"s"_L1, 1'000'000},
    {"m"_L1, 60'000'000},
    {"h"_L1, 3'600'000'000},
}};

} // namespace

Result<qint64> parseDurationUs(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    QStringView number = trimmed;
    qint64 unitUs = 1'000;
    for (const Unit &unit : Units) {
        if (trimmed.endsWith(unit.suffix)) {
            number = trimmed.chopped(unit.suffix.size()).trimmed();
            unitUs = unit.us;
            break;
        }
    }
    bool ok = false;
    const double value = number.toDouble(&ok);
    const double us = value * double(unitUs);
    if (!ok || !std::isfinite(us) || us < 0 || us > double(std::numeric_limits<qint64>::max()) / 2)
        return failure(ErrorCode::Usage,
                       u"\"%1\" is not a duration; write it like 250ms, 5s or 2m"_s.arg(text));
    return std::llround(us);
}

QString durationText(qint64 us)
{
    for (auto unit = Units.rbegin(); unit != Units.rend(); ++unit) {
        if (us != 0 && us % unit->us == 0)
            return QString::number(us / unit->us) + unit->suffix;
    }
    return u"0ms"_s;
}

} // namespace Sluice
