// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

namespace Sluice {

/** What `$ref: '#/a/b'` of \a node names in \a root (RFC 6901), over any number of hops; \a node
 * itself when it has none, or one that leads nowhere. */
const YamlNode &resolvedReference(const YamlNode &root, const YamlNode &node);

/** Writes JSON examples for the schemas of an OpenAPI file. */
class SchemaExample
{
public:
    /** \a root outlives it. */
    explicit SchemaExample(const YamlNode &root) : m_root(root) {}

    /** An example of \a schema, for \a depth levels of indentation. */
    QString write(const YamlNode &schema, int depth = 0);

private:
    QString writeSchema(const YamlNode &schema, int depth);
    QString ofType(const YamlNode &schema, int depth);
    void gather(const YamlNode &given, std::vector<const YamlNode *> &properties, int depth) const;
    QString object(const YamlNode &schema, int depth);

    const YamlNode &m_root;
    std::vector<const YamlNode *> m_open; ///< Schemas that are being written.
};

/** A JSON string without its quotes; other values as they are. */
QString unquoted(const QString &json);

} // namespace Sluice
