// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QRandomGenerator>
#include <QStringList>

#include <functional>
#include <optional>

namespace Sluice {

/**
 * The values that are new at every use: `{{$guid}}`, `{{$timestamp}}`, `{{$randomInt}}` and the
 * others that Bruno and Postman share. The clock and the seed are given, so that a run repeats.
 */
class DynamicValues
{
public:
    using WallClock = std::function<QDateTime()>;

    /** The system's clock and a random seed. */
    DynamicValues();
    DynamicValues(WallClock clock, quint32 seed);

    /** The next value of \a name (without the dollar sign); nothing for an unknown name. */
    std::optional<QString> next(QStringView name);

    /** Every known name, sorted; for completion. */
    static QStringList names();

private:
    WallClock m_clock;
    QRandomGenerator m_random;
};

} // namespace Sluice
