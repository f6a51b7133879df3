// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/iteminfo.h"

#include "core/collection/formatnames.h"
#include "core/collection/requestdocument.h"

#include <QDir>
#include <QFileInfo>

namespace Sluice {

namespace {

template<typename Spec>
Result<> edit(Result<SpecDocument<Spec>> document,
              const std::function<void(QString &, double &)> &change)
{
    if (!document)
        return std::unexpected(document.error());
    Spec spec = document->spec();
    change(spec.name, spec.seq);
    if (const Result<> done = document->setSpec(spec); !done)
        return done;
    return document->isModified() ? document->save() : Result<>();
}

} // namespace

QString itemInfoFile(const QString &path)
{
    return QFileInfo(path).isDir() ? path + u'/' + QLatin1StringView(FolderFile) : path;
}

Result<> editItemInfo(const QString &path, const std::function<void(QString &, double &)> &change)
{
    const QString file = itemInfoFile(path);
    if (file == path)
        return edit(RequestDocument::read(path), change);
    if (QFileInfo::exists(file))
        return edit(FolderDocument::read(file), change);
    FolderSpec spec;
    spec.name = QDir(path).dirName();
    change(spec.name, spec.seq);
    return FolderDocument::create(spec, file).save();
}

} // namespace Sluice
