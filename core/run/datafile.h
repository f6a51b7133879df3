// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QHash>

#include <vector>

namespace Sluice {

/** The variables that one iteration gets from a data file, by name. */
using DataRow = QHash<QString, QString>;

/**
 * Reads a data file by its suffix: `csv` (RFC 4180, the first line names the columns), `json` (an
 * array of objects) or `ndjson`/`jsonl` (an object a line). Whole numbers keep every digit; nested
 * values become JSON text. Parse errors name the line; a file without a row is one.
 */
Result<std::vector<DataRow>> readDataFile(const QString &path);

/** As readDataFile(), of \a text; \a path is for errors. */
Result<std::vector<DataRow>> parseCsvData(const QByteArray &text, const QString &path);
Result<std::vector<DataRow>> parseJsonData(const QByteArray &text, const QString &path);
Result<std::vector<DataRow>> parseNdjsonData(const QByteArray &text, const QString &path);

} // namespace Sluice
