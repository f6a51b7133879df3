// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/itemplace.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

ItemPlace itemPlace(const QString &path)
{
    static const QRegularExpression bundled(
        u"^(.*\\.ya?ml)#((?:items|config\\.environments)\\[[0-9.\\[\\]items]*)$"_s);
    const QRegularExpressionMatch match = bundled.match(path);
    if (match.hasMatch()) {
        if (Result<YamlPath> inside = parseYamlPath(match.captured(2)))
            return {match.captured(1), std::move(*inside)};
    }
    return {path, {}};
}

QString itemPath(const QString &file, const YamlPath &inside)
{
    return inside.empty() ? file : file + u'#' + yamlPathText(inside);
}

} // namespace Sluice
