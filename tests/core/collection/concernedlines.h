// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/yamlnode.h"

#include <QSet>

namespace Sluice::Test {

/** A text, and the lines of it that one edit may change or take away. */
class ConcernedLines
{
public:
    /** \a root is what parseYaml() reads from \a text; it outlives this. */
    ConcernedLines(const QByteArray &text, const YamlNode &root);

    void addEdit(const RequestSpec &before, const RequestSpec &after);
    void addEdit(const EnvironmentSpec &before, const EnvironmentSpec &after);

    /**
     * The first line that the edit does not concern and that \a after does not have any more,
     * byte for byte and in its order; null when it has them all.
     */
    QByteArray firstLost(const QByteArray &after) const;

private:
    const YamlNode *find(const QStringList &path) const;
    void addLines(const YamlNode &node);
    /** Also the comments right above it, which go when it goes. */
    void addWithComments(const YamlNode &node);
    /** A section of the file; the blank lines that set it apart go with it. */
    void addSection(const YamlNode &node);
    void addValue(const QStringList &path);
    template<typename Row>
    void addRows(const QStringList &path, const std::vector<Row> &before,
                 const std::vector<Row> &after);
    int lineAt(qsizetype position) const;

    QByteArrayList m_text; ///< By line.
    const YamlNode &m_root;
    std::vector<qsizetype> m_begins; ///< Of each line.
    QSet<int> m_lines;               ///< Count from 0.
};

} // namespace Sluice::Test
