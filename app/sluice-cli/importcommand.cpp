// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "core/collection/yamlfile.h"
#include "core/interchange/importformats.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr OptionSpec importTable[] = {
    {"to", "DIR", "the folder that becomes the collection; new or empty"},
    {"with-secrets", "", "keep passwords, tokens and keys in the files, as plain text"},
    {"help", "", "show this", 'h'},
};

QString importHelp()
{
    QString formats = u"  curl commands, as a text file or a shell script\n"_s;
    for (const ImportFormat &format : importFormats())
        formats += "  "_L1 + format.title + u'\n';
    return u"Usage: sluice-cli import FILE --to DIR [OPTIONS]\n\n"
           "Makes a collection of a file of another program, whose kind is recognised:\n%1\n"
           "What cannot be taken over is said on standard error, with its place in the file.\n"
           "Credentials do not land in files: they become secret variables without a value.\n\n%2"_s
               .arg(formats, optionsHelp({importTable}));
}

Result<ImportedCollection> importFile(const QString &path, const QString &folder,
                                      ImportedSecrets secrets)
{
    const Result<QByteArray> text = readFileBytes(path);
    if (!text)
        return std::unexpected(text.error());
    Result<ImportedCollection> collection = importText(*text, path, secrets);
    if (!collection)
        return collection;
    if (const Result<> written = writeCollection(*collection, folder); !written)
        return std::unexpected(written.error());
    return collection;
}

} // namespace

int importCommand(const QStringList &arguments)
{
    const Result<Arguments> read = Arguments::read(arguments, {importTable});
    if (!read)
        return failUsage(read.error(), "import");
    if (read->has("help")) {
        print(importHelp());
        return ExitOk;
    }
    if (read->positional().size() != 1 || !read->has("to")) {
        return failUsage({ErrorCode::Usage, u"One file and --to DIR are needed."_s, {}, 0, 0},
                         "import");
    }
    const Result<ImportedCollection> collection =
        importFile(read->positional().first(), read->value("to"),
                   read->has("with-secrets") ? ImportedSecrets::Keep : ImportedSecrets::HoldBack);
    if (!collection)
        return failUsage(collection.error(), "import");
    for (const Error &issue : collection->issues)
        printError(issue.toString());
    print(u"%1 requests, %2 environments, %3 issues\n"_s.arg(requestCount(collection->items))
              .arg(collection->environments.size())
              .arg(collection->issues.size()));
    return ExitOk;
}

} // namespace Sluice
