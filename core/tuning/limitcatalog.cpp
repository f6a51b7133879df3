// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tuning/limitcatalog.h"

#include "core/tuning/aimdlimit.h"
#include "core/tuning/gradient2limit.h"
#include "core/tuning/vegaslimit.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

template<typename Algorithm>
std::unique_ptr<LimitAlgorithm> make()
{
    return std::make_unique<Algorithm>();
}

} // namespace

const std::vector<LimitCatalogEntry> &limitCatalog()
{
    static const std::vector<LimitCatalogEntry> catalog{
        {u"gradient2"_s, make<Gradient2Limit>},
        {u"vegas"_s, make<VegasLimit>},
        {u"aimd"_s, make<AimdLimit>},
    };
    return catalog;
}

std::unique_ptr<LimitAlgorithm> makeLimitAlgorithm(QStringView id)
{
    if (id == AutomaticLimit)
        return limitCatalog().front().make();
    const auto found = std::ranges::find_if(
        limitCatalog(), [id](const LimitCatalogEntry &entry) { return entry.id == id; });
    return found == limitCatalog().end() ? nullptr : found->make();
}

QString limitAlgorithmNames()
{
    QString names = AutomaticLimit.toString();
    for (const LimitCatalogEntry &entry : limitCatalog())
        names += u", "_s + entry.id;
    return names;
}

} // namespace Sluice
