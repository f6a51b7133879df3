// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/contextreader.h"

#include "core/collection/folderreader.h"
#include "core/collection/requestreader.h"
#include "core/collection/specfile.h"
#include "core/collection/yamlfile.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace Sluice {

Result<RequestInContext> ContextReader::read(const QString &path)
{
    const ItemPlace place = itemPlace(path);
    return place.isBundled() ? readBundled(place, path) : readFile(path);
}

Result<RequestInContext> ContextReader::readFile(const QString &file)
{
    Result<RequestSpec> request = flawless(readRequestFile(file));
    if (!request)
        return std::unexpected(request.error());
    RequestInContext result;
    result.path = file;
    result.collectionPath = m_root;
    result.request = std::move(*request);
    QStringList names;
    const QString relative = QDir(m_root).relativeFilePath(QFileInfo(file).absolutePath());
    QString folder = m_root;
    QStringList steps = relative.split(u'/', Qt::SkipEmptyParts);
    steps.removeAll(u"."_s);
    for (qsizetype depth = 0; depth <= steps.size(); ++depth) {
        if (depth > 0)
            folder += u'/' + steps[depth - 1];
        const Result<FolderSpec> spec = this->folder(folder);
        if (!spec)
            return std::unexpected(spec.error());
        result.defaults.push_back(spec->defaults);
        if (depth > 0)
            names.append(spec->name);
    }
    names.append(result.request.name);
    result.displayPath = names.join(u'/');
    return result;
}

Result<RequestInContext> ContextReader::readBundled(const ItemPlace &place, const QString &path)
{
    const Result<const YamlNode *> root = bundle(place.file);
    if (!root)
        return std::unexpected(root.error());
    YamlReader reader(place.file);
    RequestInContext result;
    result.path = path;
    result.collectionPath = m_root;
    QStringList names;
    // The place is items[I].items[J]…: every second step leads to a folder, the last to a request.
    const YamlNode *node = *root;
    for (std::size_t depth = 0; node && depth < place.inside.size(); depth += 2) {
        const FolderSpec level = readFolderSpec(*node, {}, reader);
        result.defaults.push_back(level.defaults);
        if (depth > 0)
            names.append(level.name);
        const auto end = place.inside.begin() + qsizetype(qMin(depth + 2, place.inside.size()));
        node = nodeAt(**root, {place.inside.begin(), end});
    }
    if (!node) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The item is no longer in the file"_s, path, 0, 0});
    }
    result.request = readRequestSpec(*node, {}, reader);
    if (const Result<> problems = reader.result(); !problems)
        return std::unexpected(problems.error());
    names.append(result.request.name);
    result.displayPath = names.join(u'/');
    return result;
}

Result<FolderSpec> ContextReader::folder(const QString &path)
{
    const auto found = m_folders.constFind(path);
    if (found != m_folders.cend())
        return *found;
    Result<FolderSpec> spec = readFolder(path);
    if (spec)
        m_folders.insert(path, *spec);
    return spec;
}

Result<const YamlNode *> ContextReader::bundle(const QString &file)
{
    auto found = m_bundles.constFind(file);
    if (found == m_bundles.cend()) {
        Result<YamlNode> root = readYamlFile(file);
        if (!root)
            return std::unexpected(root.error());
        found = m_bundles.insert(file, std::move(*root));
    }
    return &*found;
}

} // namespace Sluice
