// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlfile.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sluice {

Result<QByteArray> readFileBytes(const QString &path)
{
    constexpr qint64 MaxBytes = qint64(256) * 1024 * 1024;
    QFile file(path);
    const auto fail = [&path](ErrorCode code, const QString &message) {
        return std::unexpected(Error{code, message, path, 0, 0});
    };
    if (!file.open(QIODevice::ReadOnly)) {
        return QFileInfo::exists(path)
                   ? fail(ErrorCode::Io, u"The file cannot be read: %1"_s.arg(file.errorString()))
                   : fail(ErrorCode::FileNotFound, u"The file does not exist"_s);
    }
    if (file.size() > MaxBytes)
        return fail(ErrorCode::Io, u"The file is larger than 256 MiB"_s);
    QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::Io, u"The file cannot be read: %1"_s.arg(file.errorString()));
    return bytes;
}

Result<YamlNode> readYamlFile(const QString &path)
{
    const Result<QByteArray> text = readFileBytes(path);
    if (!text)
        return std::unexpected(text.error());
    return parseYaml(*text, path);
}

} // namespace Sluice
