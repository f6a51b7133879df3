// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/importformats.h"

#include "core/interchange/brunoimport.h"
#include "core/interchange/curlcommand.h"
#include "core/interchange/harimport.h"
#include "core/interchange/insomniaimport.h"
#include "core/interchange/openapiimport.h"
#include "core/interchange/postmanimport.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr std::array Formats{
    ImportFormat{"postman"_L1, "Postman collection 2.0 or 2.1"_L1, isPostman, importPostman},
    ImportFormat{"openapi"_L1, "OpenAPI 3"_L1, isOpenApi, importOpenApi},
    ImportFormat{"har"_L1, "HTTP archive (HAR)"_L1, isHar, importHar},
    ImportFormat{"insomnia"_L1, "Insomnia export 4 or 5"_L1, isInsomnia, importInsomnia},
    ImportFormat{"bruno"_L1, "Bruno collection as JSON"_L1, isBruno, importBruno},
};

Result<ImportedCollection> importCurl(const QString &text, const QString &path)
{
    const Result<CurlCommands> commands = readCurl(text);
    if (!commands) {
        Error error = commands.error();
        error.file = path;
        return std::unexpected(error);
    }
    ImportedCollection collection;
    collection.issues = commands->issues;
    for (const CurlRequest &each : commands->requests) {
        ImportedItem item;
        item.request = each.request;
        collection.items.push_back(std::move(item));
        std::ranges::copy(each.connection, std::back_inserter(collection.issues));
    }
    for (Error &issue : collection.issues)
        issue.file = path;
    return collection;
}

Result<ImportedCollection> importTree(const QByteArray &text, const QString &path)
{
    const Result<YamlNode> root = readImportTree(text, path);
    if (!root)
        return std::unexpected(root.error());
    const auto format = std::ranges::find_if(
        Formats, [&root](const ImportFormat &each) { return each.recognises(*root); });
    if (format == Formats.end()) {
        QStringList known{u"curl commands"_s};
        for (const ImportFormat &each : Formats)
            known += each.title;
        return std::unexpected(Error{
            ErrorCode::Parse,
            u"This file is none of those that can be imported: %1."_s.arg(known.join(u", "_s)),
            path, 0, 0});
    }
    ImportContext context(path);
    format->read(*root, context);
    return std::move(context.collection);
}

} // namespace

std::span<const ImportFormat> importFormats()
{
    return Formats;
}

Result<ImportedCollection> importText(const QByteArray &text, const QString &path,
                                      ImportedSecrets secrets)
{
    const QByteArray start = text.trimmed();
    const bool isTree =
        start.startsWith('{') || start.startsWith('[') || start.startsWith("\xef\xbb\xbf");
    static const QRegularExpression curl(uR"((^|[\s|;&(])(\S*/)?curl(\.exe)?\s)"_s);
    const QString whole = isTree ? QString() : QString::fromUtf8(text);
    static const QRegularExpression yaml(uR"((?m)^(openapi|type|info|collection)\s*:)"_s);
    const bool isCurl = !isTree && curl.match(whole).hasMatch() && !yaml.match(whole).hasMatch();
    Result<ImportedCollection> collection =
        isCurl ? importCurl(whole, path) : importTree(text, path);
    if (!collection)
        return collection;
    if (collection->root.name.isEmpty())
        collection->root.name = QFileInfo(path).completeBaseName();
    treatSecrets(*collection, secrets, path);
    return collection;
}

} // namespace Sluice
