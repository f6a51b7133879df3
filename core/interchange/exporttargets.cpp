// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/exporttargets.h"

#include "core/environment/redactor.h"
#include "core/interchange/k6script.h"
#include "core/interchange/locustscript.h"
#include "core/interchange/requestexports.h"
#include "core/run/requestbuilder.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr std::array Targets{
    ExportTarget{"k6"_L1, "k6 script"_L1, "js"_L1, exportK6},
    ExportTarget{"locust"_L1, "Locust script"_L1, "py"_L1, exportLocust},
    ExportTarget{"postman"_L1, "Postman collection 2.1"_L1, "json"_L1, exportPostman},
    ExportTarget{"har"_L1, "HTTP archive (HAR)"_L1, "har"_L1, exportHar},
    ExportTarget{"curl"_L1, "curl commands"_L1, "sh"_L1, exportCurl},
};

} // namespace

std::span<const ExportTarget> exportTargets()
{
    return Targets;
}

Result<Exported> exportFor(const QString &id, const ExportJob &job)
{
    const auto target = std::ranges::find(Targets, id, &ExportTarget::id);
    if (target == Targets.end()) {
        QStringList known;
        for (const ExportTarget &each : Targets)
            known += each.id;
        return failure(ErrorCode::Usage,
                       u"There is no target '%1'; there are %2."_s.arg(id, known.join(u", "_s)));
    }
    Result<Exported> exported = target->write(job);
    if (!exported)
        return exported;
    // Secrets are written as names; this is for one that is part of another text.
    const Redactor redactor(RequestBuilder(job.plan.variables, job.plan.options).secretValues());
    exported->text = redactor.redact(exported->text);
    return exported;
}

} // namespace Sluice
