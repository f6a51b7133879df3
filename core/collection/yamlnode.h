// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace Sluice {

/**
 * One node of a YAML file with its place in the text. Positions are byte offsets; a span covers
 * the quotes of a quoted scalar and the `|` line of a block scalar, so that replacing the span
 * replaces the value.
 */
struct YamlNode
{
    enum class Kind { Null, Scalar, Sequence, Mapping };
    enum class Style { Plain, SingleQuoted, DoubleQuoted, Literal, Folded, Block, Flow };

    Kind kind = Kind::Null;
    Style style = Style::Plain;
    bool isAlias =
        false;    ///< Written as `*name`; the content is a copy of what the name stands for.
    QString text; ///< A scalar's value; for plain ones as written (`1.0` stays `1.0`).
    qsizetype begin = 0;
    qsizetype end = 0;
    int line = 1;   ///< Counts from 1.
    int column = 1; ///< In characters, counts from 1.

    QString key;            ///< In a mapping.
    qsizetype keyBegin = 0; ///< The key, or the dash of a block sequence's item.
    qsizetype keyEnd = 0;
    int keyLine = 1;
    int keyColumn = 1;

    std::vector<YamlNode> children; ///< In the order of the file.

    bool isNull() const;
    bool isScalar() const { return kind == Kind::Scalar; }
    bool isSequence() const { return kind == Kind::Sequence; }
    bool isMapping() const { return kind == Kind::Mapping; }
    bool isFlow() const { return style == Style::Flow; }
    /** A mapping's value, or nullptr. */
    const YamlNode *child(QStringView name) const;
    /** A mapping's value by several keys, e.g. `{u"http", u"url"}`, or nullptr. */
    const YamlNode *descendant(std::initializer_list<QStringView> names) const;
};

/**
 * Reads a text of one YAML 1.2 document. An empty text is a Null node. Fails with ErrorCode::Parse
 * and the place in \a path; keys that occur twice and keys that are no scalars are errors too.
 */
Result<YamlNode> parseYaml(const QByteArray &text, const QString &path);

} // namespace Sluice
