// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/requestfile.h"

#include "core/collection/requestdocument.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace Sluice {

Result<> saveRequest(const QString &file, const RequestSpec &expected, const RequestSpec &spec)
{
    Result<RequestDocument> document = RequestDocument::read(file);
    if (!document)
        return std::unexpected(document.error());
    if (document->spec() != expected)
        return failure(
            ErrorCode::ChangedOnDisk,
            QCoreApplication::translate("RequestFile", "The file was changed by another program"));
    if (Result<> edited = document->setSpec(spec); !edited)
        return edited;
    return document->save();
}

Result<> createRequestFile(const QString &file, const RequestSpec &spec)
{
    QDir().mkpath(QFileInfo(file).path());
    return RequestDocument::create(spec, file).save();
}

Result<std::vector<DiffLine>> differenceToFile(const QString &file, const RequestSpec &mine)
{
    Result<RequestDocument> document = RequestDocument::read(file);
    if (!document)
        return std::unexpected(document.error());
    const QByteArray theirs = document->text();
    if (const Result<> edited = document->setSpec(mine); !edited)
        return std::unexpected(edited.error());
    return lineDifference(theirs, document->text());
}

} // namespace Sluice
