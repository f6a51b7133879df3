// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace Sluice {

/**
 * A JSON text as a tree of places in it: values are never converted, so every number keeps its
 * digits. Immutable after parse(); any thread may read it.
 */
class JsonTree final
{
public:
    enum class Kind : quint8 { Object, Array, String, Number, Word };
    using Node = quint32;

    static constexpr Node Root = 0;
    static constexpr Node None = 0xffffffff;
    /** Places are 32 bits wide and a node takes 36 bytes: larger texts are refused. */
    static constexpr qsizetype MaxBytes = qsizetype(64) * 1024 * 1024;

    /** ErrorCode::Parse with line and column where \a json is not JSON (RFC 8259). Not for the
     * GUI thread when \a json is large. */
    static Result<std::shared_ptr<const JsonTree>> parse(const QByteArray &json);

    std::size_t size() const { return m_nodes.size(); }
    Kind kind(Node node) const { return m_nodes[node].kind; }
    bool isContainer(Node node) const { return kind(node) <= Kind::Array; }
    Node parent(Node node) const { return m_nodes[node].parent; }
    int childCount(Node node) const { return int(m_nodes[node].childCount); }
    Node child(Node node, int row) const
    {
        return m_children[m_nodes[node].firstChild + quint32(row)];
    }
    int row(Node node) const { return int(m_nodes[node].row); }
    /** The member's name without quotes and escapes; empty for an array's element. */
    QString key(Node node) const;
    /** The value as it stands in the text. */
    QByteArrayView raw(Node node) const;
    /** The value for people: strings without quotes, containers by their size. */
    QString display(Node node) const;
    /** Where the value is, as a normalized path (RFC 9535): `$['users'][0]`. */
    QString path(Node node) const;

private:
    class Builder;

    struct Place
    {
        quint32 parent = None;
        quint32 firstChild = 0; ///< Into m_children.
        quint32 childCount = 0;
        quint32 row = 0; ///< Among its siblings.
        quint32 keyAt = 0;
        quint32 keySize = 0; ///< With quotes; 0 = none.
        quint32 at = 0;
        quint32 size = 0;
        Kind kind = Kind::Word;
    };

    QByteArray m_json;
    std::vector<Place> m_nodes;
    std::vector<Node> m_children; ///< Grouped by parent, in the order of the text.
};

using JsonTreePtr = std::shared_ptr<const JsonTree>;

} // namespace Sluice
