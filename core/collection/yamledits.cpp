// SPDX-License-Identifier: GPL-3.0-or-later
// The text side of YamlDocument: which bytes an edit replaces.
#include "core/collection/yamldocument.h"

#include "core/collection/textlines.h"
#include "core/collection/yamlemitter.h"

#include <algorithm>

namespace Sluice {

namespace {

QByteArray spaces(qsizetype count)
{
    return QByteArray(count, ' ');
}

/** True when a blank line is between the sections of the file. */
bool hasBlankLinesBetween(const QByteArray &text, const YamlNode &root)
{
    return std::any_of(root.children.begin(), root.children.end(), [&](const YamlNode &child) {
        const qsizetype begin = lineBegin(text, child.keyBegin);
        return begin > 0 && isBlankLine(text, lineBegin(text, begin - 1));
    });
}

/** The comment of a block scalar's `|` line, with the blanks before it. */
QByteArray headerComment(const QByteArray &text, const YamlNode &node)
{
    const QByteArray header = text.sliced(node.begin, lineEnd(text, node.begin) - node.begin);
    const qsizetype hash = header.indexOf(" #");
    return hash < 0 ? QByteArray() : header.sliced(hash);
}

} // namespace

std::vector<YamlDocument::Edit> YamlDocument::replaceScalar(const YamlNode &node,
                                                            const YamlNode *parent,
                                                            const YamlValue &value) const
{
    YamlContext context;
    context.flow = parent && parent->isFlow();
    context.newline = lineBreakOf(m_text).toByteArray();
    context.indent = parent && !context.flow ? columnOf(m_text, node.keyBegin) : 0;
    context.keepBlankLines = true;
    const bool block =
        node.style == YamlNode::Style::Literal || node.style == YamlNode::Style::Folded;
    if (block) {
        const qsizetype first = nextLine(m_text, node.begin);
        qsizetype indent = first;
        while (indent < node.end && m_text[indent] == ' ')
            ++indent;
        const bool firstHasText =
            indent < node.end && m_text[indent] != '\r' && m_text[indent] != '\n';
        const qsizetype blockIndent = indent - first - context.indent;
        if (firstHasText && blockIndent > 0 && blockIndent < 10)
            context.blockIndent = blockIndent;
    }
    const QByteArray comment = block ? headerComment(m_text, node) : QByteArray();
    QByteArray before;
    if (node.kind == YamlNode::Kind::Null && node.begin > 0) {
        const char last = m_text[node.begin - 1];
        before = last == ':' || last == '-' ? " " : last == ' ' ? "" : ": ";
    }
    std::vector<Edit> edits;
    for (const QByteArray &spelling : scalarSpellings(value, node.style, context)) {
        QByteArray text = before + spelling;
        if (const qsizetype newline = text.indexOf(context.newline); newline >= 0)
            text.insert(newline, comment);
        else
            text += comment;
        edits.push_back({node.begin, node.end, text});
    }
    return edits;
}

YamlDocument::Edit YamlDocument::replaceNode(const YamlNode &node, const YamlNode *parent,
                                             const YamlValue &value) const
{
    YamlContext context;
    context.newline = lineBreakOf(m_text).toByteArray();
    if (!parent || parent->isFlow() || (node.isFlow() && !value.isScalar()))
        return {node.begin, node.end, flowText(value, context)};
    context.indent = columnOf(m_text, node.keyBegin);
    if (parent->isMapping())
        return {node.keyEnd, node.end, ':' + blockValue(value, context)};
    return {node.keyBegin, node.end, blockItem(value, context)};
}

YamlDocument::Edit YamlDocument::insertFlow(const YamlNode &parent, qsizetype index,
                                            const QByteArray &text) const
{
    if (parent.children.empty()) {
        const bool map = parent.isMapping();
        return {parent.begin, parent.end, map ? "{ " + text + " }" : "[" + text + "]"};
    }
    if (index == 0) {
        const qsizetype at = parent.children.front().keyBegin;
        const bool ownLine = isFirstOnLine(m_text, at);
        const QByteArray gap =
            ownLine ? lineBreakOf(m_text).toByteArray() + spaces(columnOf(m_text, at)) : " ";
        return {at, at, text + ',' + gap};
    }
    const YamlNode &before = parent.children[std::size_t(index - 1)];
    const bool ownLine = isFirstOnLine(m_text, before.keyBegin);
    const QByteArray gap =
        ownLine ? lineBreakOf(m_text).toByteArray() + spaces(columnOf(m_text, before.keyBegin))
                : " ";
    return {before.end, before.end, ',' + gap + text};
}

YamlDocument::Edit YamlDocument::insertBlock(const YamlNode &parent, qsizetype index,
                                             const QByteArray &text) const
{
    const QByteArray newline = lineBreakOf(m_text).toByteArray();
    const QByteArray indent = spaces(columnOf(m_text, parent.children.front().keyBegin));
    if (index == 0) {
        const qsizetype at = parent.children.front().keyBegin;
        return {at, at, text + newline + indent};
    }
    const YamlNode &before = parent.children[std::size_t(index - 1)];
    const qsizetype end = lineEnd(m_text, before.end);
    const bool section = &parent == &m_root && hasBlankLinesBetween(m_text, m_root);
    return {end, end, newline + (section ? newline : QByteArray()) + indent + text};
}

YamlDocument::Edit YamlDocument::insertEntry(const YamlNode &parent, qsizetype index,
                                             const YamlValue &value) const
{
    YamlContext context;
    context.newline = lineBreakOf(m_text).toByteArray();
    if (parent.isFlow()) {
        YamlValue map = YamlValue::map();
        map.append(value);
        const QByteArray braced = flowText(map, context);
        return insertFlow(parent, index, braced.sliced(2, braced.size() - 4));
    }
    context.indent = columnOf(m_text, parent.children.front().keyBegin);
    return insertBlock(parent, index, blockEntry(value, context));
}

YamlDocument::Edit YamlDocument::insertItem(const YamlNode &parent, qsizetype index,
                                            const YamlValue &value) const
{
    YamlContext context;
    context.newline = lineBreakOf(m_text).toByteArray();
    if (parent.isFlow())
        return insertFlow(parent, index, flowText(value, context));
    context.indent = columnOf(m_text, parent.children.front().keyBegin);
    return insertBlock(parent, index, blockItem(value, context));
}

YamlDocument::Edit YamlDocument::appendToNothing(const YamlValue &value) const
{
    YamlContext context;
    context.newline = lineBreakOf(m_text).toByteArray();
    QByteArray text;
    for (const YamlValue &child : value.children)
        text += blockEntry(child, context) + context.newline;
    const qsizetype end = m_text.size();
    const bool inLine = end > 0 && !m_text.endsWith('\n') && m_text != "\xef\xbb\xbf";
    return {end, end, (inLine ? context.newline : QByteArray()) + text};
}

YamlDocument::Edit YamlDocument::removeFlow(const YamlNode &parent, qsizetype index) const
{
    const auto &children = parent.children;
    const YamlNode &child = children[std::size_t(index)];
    if (children.size() == 1)
        return {parent.begin, parent.end, parent.isMapping() ? "{}" : "[]"};
    if (index + 1 < qsizetype(children.size()))
        return {child.keyBegin, children[std::size_t(index + 1)].keyBegin, {}};
    return {children[std::size_t(index - 1)].end, child.end, {}};
}

YamlDocument::Edit YamlDocument::removeBlock(const YamlNode &parent, qsizetype index) const
{
    const auto &children = parent.children;
    const YamlNode &child = children[std::size_t(index)];
    if (!isFirstOnLine(m_text, child.keyBegin)) {
        // As in "- name: x"; an empty key may be the last one there.
        const bool isLast = index + 1 == qsizetype(children.size());
        return {child.keyBegin, isLast ? child.end : children[std::size_t(index + 1)].keyBegin, {}};
    }
    qsizetype begin = lineBegin(m_text, child.keyBegin);
    qsizetype end = nextLine(m_text, child.end);
    const QByteArray comment = spaces(columnOf(m_text, child.keyBegin)) + '#';
    // What stands above the first section is about the whole file.
    const bool fileHead = &parent == &m_root && index == 0;
    while (begin > 0 && !fileHead) {
        const qsizetype above = lineBegin(m_text, begin - 1);
        if (!QByteArrayView(m_text).sliced(above).startsWith(comment))
            break;
        begin = above;
    }
    const bool blankBelow = end == m_text.size() || isBlankLine(m_text, end);
    while (blankBelow && &parent == &m_root && begin > 0
           && isBlankLine(m_text, lineBegin(m_text, begin - 1)))
        begin = lineBegin(m_text, begin - 1);
    while (begin == 0 && end < m_text.size() && isBlankLine(m_text, end))
        end = nextLine(m_text, end);
    if (begin == 0 && m_text.startsWith("\xef\xbb\xbf"))
        begin = 3;
    return {begin, end, {}};
}

} // namespace Sluice
