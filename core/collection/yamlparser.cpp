// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlnode.h"

#include <QHash>
#include <QSet>

#include <libfyaml.h>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Aliases may multiply a small file into a huge tree; past this many nodes it is refused. */
constexpr qsizetype MaxNodes = 500'000;

struct Free
{
    void operator()(fy_diag *diag) const { fy_diag_destroy(diag); }
    void operator()(fy_parser *parser) const { fy_parser_destroy(parser); }
};

QString fromBytes(QByteArrayView bytes)
{
    // fromUtf8() takes a mark at the start for an encoding's and drops it.
    if (bytes.startsWith("\xef\xbb\xbf"))
        return QChar(QChar::ByteOrderMark) + QString::fromUtf8(bytes.sliced(3));
    return QString::fromUtf8(bytes);
}

QString textOf(fy_token *token)
{
    size_t length = 0;
    const char *text = fy_token_get_text(token, &length);
    return fromBytes(QByteArrayView(text, qsizetype(length)));
}

QString withoutOuterBlanks(const QString &line, bool atBegin, bool atEnd)
{
    qsizetype begin = 0;
    qsizetype end = line.size();
    while (atBegin && begin < end && (line[begin] == u' ' || line[begin] == u'\t'))
        ++begin;
    while (atEnd && end > begin && (line[end - 1] == u' ' || line[end - 1] == u'\t'))
        --end;
    return line.sliced(begin, end - begin);
}

/**
 * What single quotes hold, their lines folded (YAML 1.2.2, 7.3.2). Not asked of libfyaml: 0.7.12
 * miscounts where a doubled quote follows another, and loses the end of the text.
 */
QString singleQuoted(QByteArrayView inside)
{
    QString text = fromBytes(inside);
    text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n').replace("''"_L1, "'"_L1);
    const QStringList lines = text.split(u'\n');
    QString result = withoutOuterBlanks(lines.front(), false, lines.size() > 1);
    qsizetype breaks = 0;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const bool isLast = i + 1 == lines.size();
        const QString line = withoutOuterBlanks(lines[i], true, !isLast);
        ++breaks;
        if (line.isEmpty() && !isLast)
            continue;
        result += breaks == 1 ? u" "_s : QString(breaks - 1, u'\n');
        result += line;
        breaks = 0;
    }
    return result;
}

qsizetype countNodes(const YamlNode &node)
{
    qsizetype count = 1;
    for (const YamlNode &child : node.children)
        count += countNodes(child);
    return count;
}

/** Builds the tree from libfyaml's events, which carry a mark for every token. */
class TreeBuilder
{
public:
    TreeBuilder(const QByteArray &text, const QString &path) : m_text(text), m_path(path) {}

    Result<YamlNode> build();

private:
    /** A collection whose end has not been read. */
    struct Open
    {
        YamlNode node;
        QString anchor;
        std::optional<YamlNode> key; ///< Read, its value is next.
        QSet<QString> keys;
    };

    bool handle(const fy_event *event);
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
    qsizetype contentIndent(qsizetype headerBegin, qsizetype firstLine) const;
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

bool TreeBuilder::fail(const QString &message, int line, int column)
{
    if (!m_error)
        m_error = Error{ErrorCode::Parse, message, m_path, line, column};
    return false;
}

int TreeBuilder::lineOf(qsizetype position) const
{
    return 1 + int(QByteArrayView(m_text).first(position).count('\n'));
}

/** Where \a wanted stands as the next indicator after the last token, or -1. */
qsizetype TreeBuilder::find(char wanted) const
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
void TreeBuilder::beforeValue()
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

void TreeBuilder::place(YamlNode &node, fy_token *token)
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

/** The column where the content of the block scalar at \a headerBegin starts. */
qsizetype TreeBuilder::contentIndent(qsizetype headerBegin, qsizetype firstLine) const
{
    for (qsizetype i = headerBegin + 1; i <= headerBegin + 2 && i < m_text.size(); ++i) {
        if (m_text[i] >= '1' && m_text[i] <= '9') {
            const qsizetype parent = m_open.empty() ? 0 : m_open.back().node.column - 1;
            return parent + (m_text[i] - '0');
        }
    }
    for (qsizetype begin = firstLine; begin < m_text.size();) {
        qsizetype i = begin;
        while (i < m_text.size() && m_text[i] == ' ')
            ++i;
        if (i < m_text.size() && m_text[i] != '\n' && m_text[i] != '\r')
            return i - begin;
        const qsizetype newline = m_text.indexOf('\n', i);
        if (newline < 0)
            break;
        begin = newline + 1;
    }
    return 1;
}

// libfyaml's marks for a block scalar start at its first line and run up to the next token.
void TreeBuilder::placeBlockScalar(YamlNode &node)
{
    const qsizetype header = find(node.style == YamlNode::Style::Literal ? '|' : '>');
    if (header < 0)
        return;
    const qsizetype limit = node.end;
    const bool keep = QByteArrayView(m_text)
                          .sliced(header + 1)
                          .first(qMin<qsizetype>(2, m_text.size() - header - 1))
                          .contains('+');
    node.begin = header;
    node.line = lineOf(header);
    node.column = int(header - (m_text.lastIndexOf('\n', header) + 1)) + 1;
    qsizetype newline = m_text.indexOf('\n', header);
    node.end = newline < 0 ? m_text.size() : newline;
    const qsizetype indent = newline < 0 ? 0 : contentIndent(header, newline + 1);
    while (newline >= 0 && newline + 1 < m_text.size() && newline + 1 < limit) {
        const qsizetype begin = newline + 1;
        newline = m_text.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? m_text.size() : newline;
        const QByteArrayView line = QByteArrayView(m_text).sliced(begin, end - begin);
        const bool blank = line.trimmed().isEmpty();
        qsizetype spaces = 0;
        while (spaces < line.size() && line[spaces] == ' ')
            ++spaces;
        if (!blank && spaces < indent)
            break;
        if (!blank || keep || spaces > indent)
            node.end = end;
    }
    if (node.end > node.begin && m_text[node.end - 1] == '\r')
        --node.end;
}

bool TreeBuilder::takeKey(const YamlNode &node)
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

bool TreeBuilder::addNode(YamlNode node, const QString &anchor)
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

bool TreeBuilder::openCollection(YamlNode::Kind kind, fy_token *start, fy_token *anchor,
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

bool TreeBuilder::closeCollection(fy_token *end)
{
    Open open = std::move(m_open.back());
    m_open.pop_back();
    if (open.node.isFlow() && end)
        open.node.end = qsizetype(fy_token_end_mark(end)->input_pos);
    return addNode(std::move(open.node), open.anchor);
}

bool TreeBuilder::addScalar(const fy_event *event)
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
        node.text = singleQuoted(QByteArrayView(m_text).sliced(node.begin, node.end - node.begin));
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

bool TreeBuilder::addAlias(fy_token *anchor)
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

bool TreeBuilder::startDocument(const fy_event *event)
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

bool TreeBuilder::handle(const fy_event *event)
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

Result<YamlNode> TreeBuilder::build()
{
    fy_diag_cfg diagConfig;
    fy_diag_cfg_default(&diagConfig);
    diagConfig.fp = nullptr;
    const std::unique_ptr<fy_diag, Free> diag(fy_diag_create(&diagConfig));
    fy_diag_set_collect_errors(diag.get(), true);
    fy_parse_cfg config{};
    config.flags = fy_parse_cfg_flags(FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE
                                      | FYPCF_SLOPPY_FLOW_INDENTATION);
    config.diag = diag.get();
    const std::unique_ptr<fy_parser, Free> parser(fy_parser_create(&config));
    fy_parser_set_string(parser.get(), m_text.constData(), size_t(m_text.size()));

    bool ok = true;
    while (fy_event *event = ok ? fy_parser_parse(parser.get()) : nullptr) {
        ok = handle(event);
        fy_parser_event_free(parser.get(), event);
    }
    if (m_error)
        return std::unexpected(*m_error);
    if (fy_parser_get_stream_error(parser.get())) {
        void *previous = nullptr;
        const fy_diag_error *error = fy_diag_errors_iterate(diag.get(), &previous);
        const QString reason = error ? QString::fromUtf8(error->msg) : u"unreadable"_s;
        return std::unexpected(Error{ErrorCode::Parse, u"Not valid YAML: %1"_s.arg(reason), m_path,
                                     error ? error->line : 0, error ? error->column : 0});
    }
    return m_root ? std::move(*m_root) : YamlNode();
}

} // namespace

Result<YamlNode> parseYaml(const QByteArray &text, const QString &path)
{
    if (!text.isValidUtf8()) {
        int line = 1;
        for (const QByteArray &bytes : text.split('\n')) {
            if (!bytes.isValidUtf8())
                break;
            ++line;
        }
        return std::unexpected(
            Error{ErrorCode::Parse, u"The file is not UTF-8 text"_s, path, line, 0});
    }
    return TreeBuilder(text, path).build();
}

} // namespace Sluice
