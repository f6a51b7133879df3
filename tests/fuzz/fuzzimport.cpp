// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of another program (OpenAPI, Postman, HAR, Insomnia, Bruno): importing ends
// and never crashes, and each request that comes out can be written into a collection and read
// again.
#include "core/collection/requestdocument.h"
#include "core/interchange/importformats.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

void checkItems(const std::vector<ImportedItem> &items)
{
    for (const ImportedItem &item : items) {
        if (item.isFolder) {
            checkItems(item.children);
            continue;
        }
        const QByteArray file = RequestDocument::create(item.request, u"x.yml"_s).text();
        const Result<RequestDocument> again = RequestDocument::parse(file, u"x.yml"_s);
        if (!again || again->spec().url != item.request.url
            || again->spec().headers != item.request.headers
            || again->spec().body.text != item.request.body.text)
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<ImportedCollection> imported = importText(text, u"x.json"_s);
    if (imported)
        checkItems(imported->items);
    return 0;
}
