// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlvalue.h"

namespace Sluice {

/** Where a value is to be written. */
struct YamlContext
{
    bool flow = false;         ///< Inside `{}` or `[]`.
    qsizetype indent = 0;      ///< Columns of the key or dash that the value belongs to.
    qsizetype blockIndent = 2; ///< How far a block scalar's lines stand in from there.
    QByteArray newline = "\n";
    bool keepBlankLines = false; ///< `|+` may be used: nothing blank follows the value.
};

/**
 * \a text in the given style, or a null array where that style cannot say it. Block scalars come
 * with their `|` line and without a newline at the end.
 */
QByteArray scalarInStyle(const QString &text, YamlNode::Style style, const YamlContext &context);

/**
 * Every spelling of a scalar that may be right here, best first: the style that it had, plain,
 * literal for several lines, quoted. The last one, double quoted, is right everywhere.
 */
std::vector<QByteArray> scalarSpellings(const YamlValue &value, YamlNode::Style had,
                                        const YamlContext &context);

/** A value as it is written inside `{}` or `[]`, or on one line. */
QByteArray flowText(const YamlValue &value, const YamlContext &context);

/** What follows `key:` in block style: the blank or line break and the value. */
QByteArray blockValue(const YamlValue &value, const YamlContext &context);

/** `key: value` in block style, first line without indentation, no newline at the end. */
QByteArray blockEntry(const YamlValue &value, const YamlContext &context);

/** `- value` in block style, first line without indentation, no newline at the end. */
QByteArray blockItem(const YamlValue &value, const YamlContext &context);

} // namespace Sluice
