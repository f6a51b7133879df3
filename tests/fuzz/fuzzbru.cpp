// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file in Bruno's older format: reading ends and never crashes, and what was read
// can be written in the present format, from which it reads back the same.
#include "core/collection/brureader.h"
#include "core/collection/requestdocument.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<BruFile> file = parseBru(text, u"x.bru"_s);
    if (!file)
        return 0;
    readBruFolder(*file, u"folder"_s);
    readBruEnvironment(*file, u"x.bru"_s);
    const RequestSpec spec = readBruRequest(*file, u"request"_s);
    const RequestDocument created = RequestDocument::create(spec, u"x.yml"_s);
    if (spec.kind == RequestSpec::Kind::Unknown)
        return 0;
    const Result<RequestDocument> again = RequestDocument::parse(created.text(), u"x.yml"_s);
    if (!again || again->spec().url != spec.url || again->spec().headers != spec.headers
        || again->spec().body.text != spec.body.text)
        std::abort();
    return 0;
}
