// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as curl command lines: reading ends and never crashes, and each request that comes out
// can be written into a collection, from which it reads back the same.
#include "core/collection/requestdocument.h"
#include "core/interchange/curlcommand.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sluice;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    looksLikeCurl(text);
    const Result<CurlCommands> commands = readCurl(text);
    if (!commands)
        return 0;
    for (const CurlRequest &command : commands->requests) {
        const RequestSpec &spec = command.request;
        const QByteArray file = RequestDocument::create(spec, u"x.yml"_s).text();
        const Result<RequestDocument> again = RequestDocument::parse(file, u"x.yml"_s);
        if (!again || again->spec().url != spec.url || again->spec().headers != spec.headers
            || again->spec().body.text != spec.body.text)
            std::abort();
    }
    return 0;
}
