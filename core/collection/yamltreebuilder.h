// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlnode.h"

#include <QHash>
#include <QSet>

#include <libfyaml.h>

#include <optional>

namespace Sluice {

/**
 * Builds the tree of a YAML text from libfyaml's events, which carry a mark for every token. The
 * text and its path must outlive it.
 */
class YamlTreeBuilder
{
public:
    YamlTreeBuilder(const QByteArray &text, const QString &path) : m_text(text), m_path(path) {}

    /** Takes the next event; false when it cannot stand there, see error(). */
    bool handle(const fy_event *event);
    const std::optional<Error> &error() const { return m_error; }
    /** What was read; an empty node when there was nothing. */
    YamlNode takeRoot() { return m_root ? std::move(*m_root) : YamlNode(); }

private:
    /** A collection whose end has not been read. */
    struct Open
    {
        YamlNode node;
        QString anchor;
        std::optional<YamlNode> key; ///< Read, its value is next.
        QSet<QString> keys;
    };

    bool startDocument(const fy_event *event);
    bool openCollection(YamlNode::Kind kind, fy_token *start, fy_token *anchor, fy_token *tag);
    bool closeCollection(fy_token *end);
    bool addScalar(const fy_event *event);
    bool addAlias(fy_token *anchor);
    bool addNode(YamlNode node, const QString &anchor);
    bool takeKey(const YamlNode &node);
    void beforeValue();

    void place(YamlNode &node, fy_token *token);
    void placeBlockScalar(YamlNode &node);
    qsizetype find(char wanted) const;
    int lineOf(qsizetype position) const;
    bool fail(const QString &message, int line, int column);

    const QByteArray &m_text;
    const QString &m_path;
    std::vector<Open> m_open;
    std::optional<YamlNode> m_root;
    QHash<QString, YamlNode> m_anchors;
    qsizetype m_cursor = 0; ///< The end of the last token that has been read.
    qsizetype m_nodes = 0;
    std::optional<Error> m_error;
};

} // namespace Sluice
