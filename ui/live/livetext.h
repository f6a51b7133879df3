// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Sluice {

// Numbers for people: no more digits than can be read while they change, the unit after a space.

QString countText(qint64 count);      ///< "9,800", "1.2 M"
QString shownDuration(qint64 us);     ///< "850 µs", "39 ms", "1.2 s", "3 min 5 s"; "–" when < 0.
QString spanText(qint64 us);          ///< Whole units: "45 s", "2 min", "1 h 30 min".
QString rateText(double perSecond);   ///< "412/s", "0.5/s"
QString rateNumber(double perSecond); ///< "412", "0.5", "0"
QString percentText(double share);    ///< 0.996 → "99.6 %"
QString limitText(int limit);         ///< "∞" for 0.

/** Time since the start, as a clock shows it: "1:05", "2:00:12". */
QString sinceText(qint64 us);

/**
 * The \a percent-th percentile of \a count values: "39 ms", "~80 ms" where it is not worth more
 * than that, "–" where nothing can be said. See percentileTrust().
 */
QString percentileText(qint64 us, double percent, quint64 count);

/** `https://api.example.com:443` → `api.example.com`; a port that is not the scheme's stays. */
QString endpointLabel(const QString &endpoint);

} // namespace Sluice
