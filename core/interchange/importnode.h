// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlnode.h"
#include "core/interchange/importedcollection.h"

namespace Sluice {

/**
 * Reads the tree of a JSON or YAML text, with the place of every node. JSON is read as the subset
 * of YAML 1.2 that it is; tabs between its tokens and pairs of surrogates are made to fit.
 */
Result<YamlNode> readImportTree(const QByteArray &text, const QString &path);

/** The scalar at \a key of \a node, or an empty text. */
QString textAt(const YamlNode &node, QStringView key);
/** The scalar at a path of keys. */
QString textAt(const YamlNode &node, std::initializer_list<QStringView> keys);
bool isTrue(const YamlNode &node, QStringView key);
/** The children of the list or mapping at \a key; nothing when it is not there. */
const std::vector<YamlNode> &childrenAt(const YamlNode &node, QStringView key);
/** A description: a text, or the `content` of a mapping. */
QString descriptionAt(const YamlNode &node, QStringView key = u"description");
/** \a node as JSON text, indented; scalars as they are written. */
QString jsonText(const YamlNode &node, int indent = 2);

/** Gathers a collection and says where in the file an issue is. */
class ImportContext
{
public:
    explicit ImportContext(QString path) : m_path(std::move(path)) {}

    /** What could not be taken over from \a node. */
    void issue(const YamlNode &node, const QString &message);

    const QString &path() const { return m_path; }
    ImportedCollection collection;

private:
    QString m_path;
};

} // namespace Sluice
