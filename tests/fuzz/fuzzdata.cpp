// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the files that give variables their values: rows of CSV, JSON and NDJSON, and
// `.env`. Reading ends and never crashes; what is read has a name, and CSV has every column in
// every row.
#include "core/environment/dotenv.h"
#include "core/run/datafile.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto rows = parseCsvData(text, u"x.csv"_s)) {
        if (rows->empty() || !std::ranges::all_of(*rows, [&](const DataRow &row) {
                return row.keys().size() == rows->front().keys().size();
            }))
            std::abort();
    }
    if (const auto rows = parseJsonData(text, u"x.json"_s); rows && rows->empty())
        std::abort();
    if (const auto rows = parseNdjsonData(text, u"x.ndjson"_s); rows && rows->empty())
        std::abort();
    if (const auto variables = parseDotEnv(text, u".env"_s)) {
        if (std::ranges::any_of(*variables, [](const NameValue &v) { return v.name.isEmpty(); }))
            std::abort();
    }
    return 0;
}
