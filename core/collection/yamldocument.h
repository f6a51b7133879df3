// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlvalue.h"

namespace Sluice {

/**
 * A YAML text that is edited in place: an edit replaces only the span of what it changes, so that
 * comments, order, quoting, unknown keys, line ends and a byte order mark survive. After each edit
 * the text is read again and has to say exactly what was wanted, or the edit fails and the text is
 * as before. A value; any thread.
 */
class YamlDocument
{
public:
    YamlDocument() = default;
    static Result<YamlDocument> parse(const QByteArray &text, const QString &path);

    const QByteArray &text() const { return m_text; }
    const YamlNode &root() const { return m_root; }
    const QString &path() const { return m_path; }
    const YamlNode *node(const YamlPath &path) const { return nodeAt(m_root, path); }

    /**
     * Sets the value at \a path, with the maps above it where they are missing. A new key comes
     * after the nearest key before it in \a order, else after the last.
     */
    Result<> set(const YamlPath &path, const YamlValue &value, const QStringList &order = {});
    /** Inserts an item before the one at \a index of the list at \a path. */
    Result<> insert(const YamlPath &path, qsizetype index, const YamlValue &value);
    /** Removes a key or an item together with its lines and the comment right above it. */
    Result<> remove(const YamlPath &path);

private:
    /** Replaces [begin, end) by \a text. */
    struct Edit
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        QByteArray text;
    };

    Result<> apply(const std::vector<Edit> &candidates, const YamlValue &wanted,
                   const YamlPath &path);
    std::vector<Edit> replaceScalar(const YamlNode &node, const YamlNode *parent,
                                    const YamlValue &value) const;
    Edit replaceNode(const YamlNode &node, const YamlNode *parent, const YamlValue &value) const;
    Edit insertEntry(const YamlNode &parent, qsizetype index, const YamlValue &value) const;
    Edit insertItem(const YamlNode &parent, qsizetype index, const YamlValue &value) const;
    Edit insertFlow(const YamlNode &parent, qsizetype index, const QByteArray &text) const;
    Edit insertBlock(const YamlNode &parent, qsizetype index, const QByteArray &text) const;
    Edit removeFlow(const YamlNode &parent, qsizetype index) const;
    Edit removeBlock(const YamlNode &parent, qsizetype index) const;
    Edit appendToNothing(const YamlValue &value) const;

    QString m_path;
    QByteArray m_text;
    YamlNode m_root;
};

} // namespace Sluice
