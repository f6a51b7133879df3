// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/requestfile.h"

#include "core/collection/requestdocument.h"

#include <QCoreApplication>

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

} // namespace Sluice
