// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Sluice {

/** A duration for people, at most three significant digits: `234 ms`, `1.52 s`, `3 min 5 s`. */
QString durationLabel(qint64 us);
/** Milliseconds without their unit, at most three significant digits: `0.42`, `23.5`, `1204`. */
QString millisecondsLabel(qint64 us);
/** A size for people, decimal units, at most three significant digits: `14.2 kB`. */
QString sizeLabel(qint64 bytes);
/** A count with grouped digits: `10,000`. */
QString countLabel(qint64 count);
/** "1 check", "2 checks": \a one or \a many with its number. */
QString counted(qint64 count, const QString &one, const QString &many);

} // namespace Sluice
