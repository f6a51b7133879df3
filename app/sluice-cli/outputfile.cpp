// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/outputfile.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sluice {

Result<std::unique_ptr<QSaveFile>> openOutputFile(const QString &path)
{
    if (const QFileInfo info(path); info.exists() && !info.isFile())
        return failure(ErrorCode::Usage, u"%1 is not a regular file"_s.arg(path));
    auto file = std::make_unique<QSaveFile>(path);
    file->setDirectWriteFallback(true);
    if (file->open(QIODevice::WriteOnly))
        return file;
    return failure(ErrorCode::Usage, u"%1 cannot be written: %2"_s.arg(path, file->errorString()));
}

Result<> commitOutputFile(QSaveFile &file)
{
    // Qt 6.4's commit() succeeds although its last buffer could not be written.
    if (file.flush() && file.commit())
        return {};
    return failure(ErrorCode::Io,
                   u"%1 could not be written: %2"_s.arg(file.fileName(), file.errorString()));
}

Result<> writeOutputFile(const QString &path, const QByteArray &text)
{
    const Result<std::unique_ptr<QSaveFile>> file = openOutputFile(path);
    if (!file)
        return std::unexpected(file.error());
    (*file)->write(text);
    return commitOutputFile(**file);
}

} // namespace Sluice
