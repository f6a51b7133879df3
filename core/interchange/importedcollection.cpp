// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/importedcollection.h"

#include "core/collection/collectionedit.h"
#include "core/collection/itemnames.h"
#include "core/collection/requestdocument.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

Result<> writeItems(const std::vector<ImportedItem> &items, const QString &folder)
{
    double folders = 0;
    double requests = 0;
    for (const ImportedItem &item : items) {
        if (!item.isFolder) {
            RequestSpec spec = item.request;
            if (spec.name.isEmpty())
                spec.name = u"Request"_s;
            spec.seq = ++requests;
            const QString path = folder + u'/' + freeFileName(folder, spec.name, u".yml"_s);
            if (const Result<> saved = RequestDocument::create(spec, path).save(); !saved)
                return saved;
            continue;
        }
        FolderSpec spec = item.folder;
        if (spec.name.isEmpty())
            spec.name = u"Folder"_s;
        spec.seq = ++folders;
        const QString path = folder + u'/' + freeFileName(folder, spec.name, {});
        if (!QDir().mkdir(path)) {
            return std::unexpected(
                Error{ErrorCode::Io, u"The folder cannot be created"_s, path, 0, 0});
        }
        Result<> written = FolderDocument::create(spec, path + "/folder.yml"_L1).save();
        if (written)
            written = writeItems(item.children, path);
        if (!written)
            return written;
    }
    return {};
}

} // namespace

qsizetype requestCount(const std::vector<ImportedItem> &items)
{
    qsizetype count = 0;
    for (const ImportedItem &item : items)
        count += item.isFolder ? requestCount(item.children) : 1;
    return count;
}

Result<> writeCollection(const ImportedCollection &collection, const QString &folder)
{
    const QDir directory(folder);
    if (directory.exists()
        && !directory.isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden)) {
        return std::unexpected(
            Error{ErrorCode::Usage, u"The folder is not empty; an import makes a new collection."_s,
                  folder, 0, 0});
    }
    const Result<QString> root = createCollection(folder, collection.root.name);
    if (!root)
        return std::unexpected(root.error());
    FolderSpec spec = collection.root;
    spec.formatVersion = u"1.0.0"_s;
    Result<FolderDocument> document = FolderDocument::read(*root + "/opencollection.yml"_L1);
    if (!document)
        return std::unexpected(document.error());
    Result<> written = document->setSpec(spec);
    if (written)
        written = document->save();
    if (written)
        written = writeItems(collection.items, *root);
    for (const EnvironmentSpec &environment : collection.environments) {
        if (!written)
            break;
        if (const Result<QString> created = createEnvironment(*root, environment); !created)
            written = std::unexpected(created.error());
    }
    return written;
}

} // namespace Sluice
