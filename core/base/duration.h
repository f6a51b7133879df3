// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringView>

namespace Sluice {

/**
 * Reads a duration as the files and the command line write it: `250ms`, `5s`, `2m`, `1h`, with an
 * optional fraction; a bare number is milliseconds. Returns microseconds.
 */
Result<qint64> parseDurationUs(QStringView text);

/** The shortest exact spelling of \a us that parseDurationUs() reads back, e.g. `1500ms`, `30s`. */
QString durationText(qint64 us);

} // namespace Sluice
