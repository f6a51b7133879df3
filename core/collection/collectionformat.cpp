// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/collectionformat.h"

#include "core/collection/formatnames.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Sluice {

const FormatFiles &filesOf(CollectionFormat format)
{
    static const FormatFiles openCollection{
        QString::fromLatin1(CollectionFile), QString::fromLatin1(CollectionFile),
        QString::fromLatin1(FolderFile), QString::fromLatin1(FileSuffix)};
    static const FormatFiles bru{
        QString::fromLatin1(BruConfigFile), QString::fromLatin1(BruCollectionFile),
        QString::fromLatin1(BruFolderFile), QString::fromLatin1(BruSuffix)};
    return format == CollectionFormat::Bru ? bru : openCollection;
}

std::optional<CollectionFormat> rootFormat(const QString &folder)
{
    // A folder that was converted in place may hold both.
    for (const auto format : {CollectionFormat::OpenCollection, CollectionFormat::Bru}) {
        if (QFileInfo::exists(folder + u'/' + filesOf(format).collection))
            return format;
    }
    return {};
}

CollectionFormat formatOf(const QString &path)
{
    const QFileInfo info(path);
    if (info.isFile())
        return isBruFile(path) ? CollectionFormat::Bru : CollectionFormat::OpenCollection;
    QDir dir(info.absoluteFilePath());
    do {
        if (const std::optional<CollectionFormat> format = rootFormat(dir.absolutePath()))
            return *format;
    } while (dir.cdUp());
    return CollectionFormat::OpenCollection;
}

bool isBruFile(const QString &path)
{
    return path.endsWith(QLatin1StringView(BruSuffix))
           || path.endsWith(u'/' + QLatin1StringView(BruConfigFile));
}

QString describingFile(const QString &folder)
{
    if (QFileInfo(folder).isFile()) // A bundled collection.
        return folder;
    const FormatFiles &files = filesOf(formatOf(folder));
    const QString name = rootFormat(folder) ? files.defaults : files.folder;
    const QString path = folder + u'/' + name;
    return QFileInfo::exists(path) ? path : QString();
}

QStringList environmentFiles(const QString &root)
{
    const QDir dir(root + u'/' + QLatin1StringView(EnvironmentsFolder));
    QStringList files;
    for (const QString &name :
         dir.entryList({u'*' + filesOf(formatOf(root)).suffix}, QDir::Files, QDir::Name))
        files.append(dir.absoluteFilePath(name));
    return files;
}

} // namespace Sluice
