// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/itemplace.h"

#include <QHash>

namespace Sluice {

/** Reads requests with what they inherit; each file that several of them need is read once. */
class ContextReader
{
public:
    /** \a root is the collection's root, a folder or a bundled file. */
    explicit ContextReader(const QString &root) : m_root(root) {}

    Result<RequestInContext> read(const QString &path);

private:
    Result<RequestInContext> readFile(const QString &file);
    Result<RequestInContext> readBundled(const ItemPlace &place, const QString &path);
    Result<FolderSpec> folder(const QString &path);
    Result<const YamlNode *> bundle(const QString &file);

    QString m_root;
    QHash<QString, FolderSpec> m_folders;
    QHash<QString, YamlNode> m_bundles;
};

} // namespace Sluice
