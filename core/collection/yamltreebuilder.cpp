// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamltreebuilder.h"

#include "core/collection/yamlscalars.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Aliases may multiply a small file into a huge tree; past this many nodes it is refused. */
constexpr qsizetype MaxNodes = 500'000;

QString textOf(fy_token *token)
{
    size_t length = 0;
    const char *text = fy_token_get_text(token, &length);
    return utf8Text(QByteArrayView(text, qsizetype(length)));
}

qsizetype countNodes(const YamlNode &node)
{
    qsizetype count = 1;
    for (const YamlNode &child : node.children)
        count += countNodes(child);
    return count;
}

} // namespace

bool YamlTreeBuilder::fail(const QString &message, int line, int column)
{
    if (!m_error)
        m_error = Error{ErrorCode::Parse, message, m_path, line, column};
    return false;
}

int YamlTreeBuilder::lineOf(qsizetype position) const
{
    return 1 + int(QByteArrayView(m_text).first(position).count('\n'));
}

/** Where \a wanted stands as the next indicator after the last token, or -1. */
qsizetype YamlTreeBuilder::find(char wanted) const
{
    for (qsizetype i = m_cursor; i < m_text.size(); ++i) {
        const char c = m_text[i];
        if (c == wanted)
            return i;
        if (c == '#') {
            i = m_text.indexOf('\n', i);
            if (i < 0)
                return -1;
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != ',') {
            return -1;
        }
    }
    return -1;
}

/** Steps over what introduces the next value: a colon, or an item's dash. */
void YamlTreeBuilder::beforeValue()
{
    if (m_open.empty())
        return;
    Open &open = m_open.back();
    const bool blockItem = open.node.isSequence() && !open.node.isFlow();
    if (!blockItem && !open.key)
        return;
    const qsizetype found = find(blockItem ? '-' : ':');
    if (found < 0)
        return;
    m_cursor = found + 1;
    if (blockItem) {
        YamlNode dash;
        dash.keyBegin = found;
        dash.keyEnd = found + 1;
        open.key = std::move(dash);
    }
}

void YamlTreeBuilder::place(YamlNode &node, fy_token *token)
{
    const fy_mark *start = token ? fy_token_start_mark(token) : nullptr;
    const fy_mark *end = token ? fy_token_end_mark(token) : nullptr;
    if (!start || !end) {
        node.begin = node.end = m_cursor;
        node.line = lineOf(m_cursor);
        const qsizetype lineBegin = m_cursor > 0 ? m_text.lastIndexOf('\n', m_cursor - 1) + 1 : 0;
        node.column = int(m_cursor - lineBegin) + 1;
        return;
    }
    node.begin = qsizetype(start->input_pos);
    node.end = qsizetype(end->input_pos);
    node.line = start->line + 1;
    node.column = start->column + 1;
}

void YamlTreeBuilder::placeBlockScalar(YamlNode &node)
{
    const qsizetype header = find(node.style == YamlNode::Style::Literal ? '|' : '>');
    if (header < 0)
        return;
    const int parentColumn = m_open.empty() ? 1 : m_open.back().node.column;
    node.end = blockScalarEnd(m_text, header, node.end, parentColumn);
    node.begin = header;
    node.line = lineOf(header);
    node.column = int(header - (m_text.lastIndexOf('\n', header) + 1)) + 1;
}

bool YamlTreeBuilder::takeKey(const YamlNode &node)
{
    Open &open = m_open.back();
    if (node.isMapping() && node.isFlow()) {
        return fail(u"Put quotes around a value that starts with {, e.g. \"{{name}}\""_s,
                    open.node.line, open.node.column);
    }
    if (node.isMapping() || node.isSequence())
        return fail(u"A key has to be a single word or a quoted text"_s, node.line, node.column);
    if (open.keys.contains(node.text)) {
        return fail(u"The key \"%1\" is written twice"_s.arg(node.text), node.line, node.column);
    }
    open.keys.insert(node.text);
    YamlNode key;
    key.key = node.text;
    key.keyBegin = node.begin;
    key.keyEnd = node.end;
    key.keyLine = node.line;
    key.keyColumn = node.column;
    open.key = std::move(key);
    return true;
}

bool YamlTreeBuilder::addNode(YamlNode node, const QString &anchor)
{
    m_cursor = qMax(m_cursor, node.end);
    if (!anchor.isEmpty())
        m_anchors.insert(anchor, node);
    if (m_open.empty()) {
        m_root = std::move(node);
        return true;
    }
    Open &open = m_open.back();
    if (open.node.isMapping() && !open.key)
        return takeKey(node);
    if (open.key) {
        node.key = std::move(open.key->key);
        node.keyBegin = open.key->keyBegin;
        node.keyEnd = open.key->keyEnd;
        node.keyLine = open.key->keyLine;
        node.keyColumn = open.key->keyColumn;
        open.key.reset();
    } else {
        node.keyBegin = node.keyEnd = node.begin;
    }
    open.node.end = qMax(open.node.end, node.end);
    open.node.children.push_back(std::move(node));
    return true;
}

bool YamlTreeBuilder::openCollection(YamlNode::Kind kind, fy_token *start, fy_token *anchor,
                                     fy_token *tag)
{
    if (++m_nodes > MaxNodes)
        return fail(u"The file is too large to be a collection's file"_s, 0, 0);
    beforeValue();
    Open open;
    open.node.kind = kind;
    for (fy_token *property : {anchor, tag}) {
        if (property)
            m_cursor = qMax(m_cursor, qsizetype(fy_token_end_mark(property)->input_pos));
    }
    place(open.node, start);
    const bool flow = open.node.end > open.node.begin;
    open.node.style = flow ? YamlNode::Style::Flow : YamlNode::Style::Block;
    if (flow)
        m_cursor = open.node.end;
    if (anchor)
        open.anchor = textOf(anchor);
    m_open.push_back(std::move(open));
    return true;
}

bool YamlTreeBuilder::closeCollection(fy_token *end)
{
    Open open = std::move(m_open.back());
    m_open.pop_back();
    if (open.node.isFlow() && end)
        open.node.end = qsizetype(fy_token_end_mark(end)->input_pos);
    return addNode(std::move(open.node), open.anchor);
}

bool YamlTreeBuilder::addScalar(const fy_event *event)
{
    if (++m_nodes > MaxNodes)
        return fail(u"The file is too large to be a collection's file"_s, 0, 0);
    beforeValue();
    fy_token *value = event->scalar.value;
    for (fy_token *property : {event->scalar.anchor, event->scalar.tag}) {
        if (property)
            m_cursor = qMax(m_cursor, qsizetype(fy_token_end_mark(property)->input_pos));
    }
    YamlNode node;
    place(node, value);
    if (value) {
        node.kind = YamlNode::Kind::Scalar;
        node.text = textOf(value);
        switch (fy_token_scalar_style(value)) {
        case FYSS_SINGLE_QUOTED:
            node.style = YamlNode::Style::SingleQuoted;
            break;
        case FYSS_DOUBLE_QUOTED:
            node.style = YamlNode::Style::DoubleQuoted;
            break;
        case FYSS_LITERAL:
            node.style = YamlNode::Style::Literal;
            break;
        case FYSS_FOLDED:
            node.style = YamlNode::Style::Folded;
            break;
        default:
            node.style = YamlNode::Style::Plain;
            break;
        }
    }
    switch (node.style) {
    case YamlNode::Style::SingleQuoted:
        node.text =
            singleQuotedText(QByteArrayView(m_text).sliced(node.begin, node.end - node.begin));
        [[fallthrough]];
    case YamlNode::Style::DoubleQuoted:
        --node.begin;
        ++node.end;
        --node.column;
        break;
    case YamlNode::Style::Literal:
    case YamlNode::Style::Folded:
        placeBlockScalar(node);
        break;
    default:
        break;
    }
    return addNode(std::move(node),
                   event->scalar.anchor ? textOf(event->scalar.anchor) : QString());
}

bool YamlTreeBuilder::addAlias(fy_token *anchor)
{
    beforeValue();
    YamlNode place;
    this->place(place, anchor);
    // The mark is that of the name, after the asterisk.
    --place.begin;
    --place.column;
    const QString name = textOf(anchor);
    const auto found = m_anchors.constFind(name);
    if (found == m_anchors.cend())
        return fail(u"No anchor is named \"%1\""_s.arg(name), place.line, place.column);
    YamlNode node = *found;
    m_nodes += countNodes(node);
    if (m_nodes > MaxNodes)
        return fail(u"The aliases of this file multiply without end"_s, place.line, place.column);
    node.isAlias = true;
    node.begin = place.begin;
    node.end = place.end;
    node.line = place.line;
    node.column = place.column;
    return addNode(std::move(node), {});
}

bool YamlTreeBuilder::startDocument(const fy_event *event)
{
    if (!m_root) {
        if (fy_token *start = event->document_start.document_start)
            m_cursor = qsizetype(fy_token_end_mark(start)->input_pos);
        else if (m_text.startsWith("\xef\xbb\xbf"))
            m_cursor = 3;
        return true;
    }
    fy_token *start = event->document_start.document_start;
    const fy_mark *mark = start ? fy_token_start_mark(start) : nullptr;
    return fail(u"The file holds more than one document"_s, mark ? mark->line + 1 : 0,
                mark ? mark->column + 1 : 0);
}

bool YamlTreeBuilder::handle(const fy_event *event)
{
    switch (event->type) {
    case FYET_DOCUMENT_START:
        return startDocument(event);
    case FYET_MAPPING_START:
        return openCollection(YamlNode::Kind::Mapping, event->mapping_start.mapping_start,
                              event->mapping_start.anchor, event->mapping_start.tag);
    case FYET_SEQUENCE_START:
        return openCollection(YamlNode::Kind::Sequence, event->sequence_start.sequence_start,
                              event->sequence_start.anchor, event->sequence_start.tag);
    case FYET_MAPPING_END:
        return closeCollection(event->mapping_end.mapping_end);
    case FYET_SEQUENCE_END:
        return closeCollection(event->sequence_end.sequence_end);
    case FYET_SCALAR:
        return addScalar(event);
    case FYET_ALIAS:
        return addAlias(event->alias.anchor);
    default:
        return true;
    }
}

} // namespace Sluice
