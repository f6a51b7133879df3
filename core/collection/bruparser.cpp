// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/bruparser.h"

#include <QRegularExpression>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr auto TextFence = "'''"_L1;

/** True for the blocks whose content is text as it stands. */
bool isTextBlock(const QString &name)
{
    static const QStringList names{
        u"body"_s,
        u"body:json"_s,
        u"body:text"_s,
        u"body:xml"_s,
        u"body:sparql"_s,
        u"body:graphql"_s,
        u"body:graphql:vars"_s,
        u"script:pre-request"_s,
        u"tests"_s,
        u"script:post-response"_s,
        u"docs"_s,
        u"example"_s,
    };
    return names.contains(name);
}

/** \a line without up to \a count blanks at its start. */
QString outdented(const QString &line, qsizetype count)
{
    qsizetype blanks = 0;
    while (blanks < qMin(count, line.size()) && line[blanks] == u' ')
        ++blanks;
    return line.sliced(blanks);
}

QString unquoted(const QString &argument)
{
    const bool isQuoted = argument.size() >= 2 && argument.front() == argument.back()
                          && (argument.front() == u'\'' || argument.front() == u'"');
    if (!isQuoted)
        return argument;
    QString text = argument.sliced(1, argument.size() - 2);
    if (argument.front() == u'"')
        text.replace(u"\\n"_s, u"\n"_s).replace(u"\\\""_s, u"\""_s).replace(u"\\\\"_s, u"\\"_s);
    return text;
}

class Parser
{
public:
    Parser(const QByteArray &text, const QString &path) : m_path(path)
    {
        QString decoded = QString::fromUtf8(text);
        if (decoded.startsWith(QChar::ByteOrderMark))
            decoded.remove(0, 1);
        m_lines = decoded.split(u'\n');
        for (QString &line : m_lines) {
            if (line.endsWith(u'\r'))
                line.chop(1);
        }
    }

    Result<BruFile> parse();

private:
    Result<BruBlock> block(const QString &name, QChar open, const QString &rest);
    Result<> pairs(BruBlock &block);
    Result<> names(BruBlock &block, const QString &rest);
    Result<> text(BruBlock &block);
    Result<BruPair> pair(const QString &line);
    Result<QString> fenced(const QString &first);
    Result<QStringList> list();
    Result<bool> annotation(const QString &line, BruPair &notes);

    bool atEnd() const { return m_next >= m_lines.size(); }
    std::unexpected<Error> fail(const QString &message, qsizetype index) const
    {
        return std::unexpected(Error{ErrorCode::Parse, message, m_path, int(index) + 1, 0});
    }

    QString m_path;
    QStringList m_lines;
    qsizetype m_next = 0; ///< The line to be read next.
};

Result<BruFile> Parser::parse()
{
    static const QRegularExpression head(u"^([A-Za-z][^\\s{\\[]*)\\s*([{\\[])(.*)$"_s);
    static const QRegularExpression colour(u"^color:"_s);
    BruFile file;
    while (!atEnd()) {
        const QString line = m_lines[m_next].trimmed();
        if (line.isEmpty() || colour.match(line).hasMatch()) {
            ++m_next;
            continue;
        }
        const QRegularExpressionMatch match = head.match(line);
        if (!match.hasMatch()) {
            return fail(
                u"A block such as \"get {\" has to start here, not \"%1\""_s.arg(line.left(40)),
                m_next);
        }
        Result<BruBlock> next =
            block(match.captured(1), match.captured(2).front(), match.captured(3).trimmed());
        if (!next)
            return std::unexpected(next.error());
        file.blocks.push_back(std::move(*next));
    }
    return file;
}

Result<BruBlock> Parser::block(const QString &name, QChar open, const QString &rest)
{
    BruBlock block;
    block.name = name;
    block.line = int(m_next) + 1;
    ++m_next;
    if (open == u'{' && rest == "}"_L1)
        return block;
    if (open == u'{' && !rest.isEmpty())
        return fail(u"The content of \"%1\" has to start on a line of its own"_s.arg(name),
                    m_next - 1);
    const Result<> read = open == u'['        ? names(block, rest)
                          : isTextBlock(name) ? text(block)
                                              : pairs(block);
    if (!read)
        return std::unexpected(read.error());
    return block;
}

/** Up to the brace that stands at the start of a line. */
Result<> Parser::text(BruBlock &block)
{
    QStringList lines;
    while (!atEnd()) {
        const QString line = m_lines[m_next++];
        if (line.startsWith(u'}')) {
            block.text = lines.join(u'\n');
            return {};
        }
        lines.append(outdented(line, 2));
    }
    return fail(u"The block \"%1\" has no closing brace"_s.arg(block.name), block.line - 1);
}

Result<> Parser::pairs(BruBlock &block)
{
    BruPair notes;
    while (!atEnd()) {
        const QString line = m_lines[m_next].trimmed();
        if (m_lines[m_next].startsWith(u'}')) {
            ++m_next;
            return {};
        }
        ++m_next;
        if (line.isEmpty())
            continue;
        const Result<bool> annotated = annotation(line, notes);
        if (!annotated)
            return std::unexpected(annotated.error());
        if (*annotated)
            continue;
        Result<BruPair> read = pair(line);
        if (!read)
            return std::unexpected(read.error());
        read->description = notes.description;
        read->type = notes.type;
        notes = {};
        block.pairs.push_back(std::move(*read));
    }
    return fail(u"The block \"%1\" has no closing brace"_s.arg(block.name), block.line - 1);
}

/** `[ a, ~b ]`, on one line or several. */
Result<> Parser::names(BruBlock &block, const QString &rest)
{
    QString content = rest;
    qsizetype line = m_next - 1;
    while (true) {
        const qsizetype close = content.indexOf(u']');
        for (const QString &item : content.left(close < 0 ? content.size() : close).split(u',')) {
            BruPair pair;
            pair.name = item.trimmed();
            pair.enabled = !pair.name.startsWith(u'~');
            pair.line = int(line) + 1;
            if (!pair.enabled)
                pair.name.remove(0, 1);
            if (!pair.name.isEmpty() && !pair.name.startsWith(u'@'))
                block.pairs.push_back(std::move(pair));
        }
        if (close >= 0)
            return {};
        if (atEnd())
            break;
        line = m_next;
        content = m_lines[m_next++];
    }
    return fail(u"The block \"%1\" has no closing bracket"_s.arg(block.name), block.line - 1);
}

/** `@description('…')` and other notes before a pair; false for a pair whose name starts so. */
Result<bool> Parser::annotation(const QString &line, BruPair &notes)
{
    static const QRegularExpression note(u"^@([^\\s(:]+)(?:\\((.*))?$"_s);
    const QRegularExpressionMatch match = note.match(line);
    if (!match.hasMatch())
        return false;
    QString argument = match.captured(2);
    if (argument.startsWith(TextFence) && !argument.sliced(3).contains(TextFence)) {
        QStringList lines{argument.sliced(3)};
        const qsizetype start = m_next - 1;
        while (!atEnd() && !m_lines[m_next].contains(TextFence))
            lines.append(m_lines[m_next++].trimmed());
        if (atEnd())
            return fail(u"The text has no closing '''"_s, start);
        ++m_next;
        argument = lines.join(u'\n').trimmed();
    } else if (argument.endsWith(u')')) {
        argument.chop(1);
        if (argument.startsWith(TextFence) && argument.endsWith(TextFence) && argument.size() >= 6)
            argument = argument.sliced(3, argument.size() - 6);
        else
            argument = unquoted(argument);
    }
    static const QStringList types{u"number"_s, u"boolean"_s, u"object"_s};
    if (match.captured(1) == "description"_L1)
        notes.description = argument;
    else if (types.contains(match.captured(1)))
        notes.type = match.captured(1);
    return true;
}

Result<BruPair> Parser::pair(const QString &line)
{
    static const QRegularExpression quoted(u"^(~?)\"((?:\\\\\"|[^\"])*)\"\\s*:(.*)$"_s);
    BruPair pair;
    pair.line = int(m_next);
    QString value;
    if (const QRegularExpressionMatch match = quoted.match(line); match.hasMatch()) {
        pair.enabled = match.captured(1).isEmpty();
        pair.name = match.captured(2).replace(u"\\\""_s, u"\""_s);
        value = match.captured(3).trimmed();
    } else {
        const qsizetype colon = line.indexOf(u':');
        if (colon < 0)
            return fail(u"A pair has to be written as name: value"_s, m_next - 1);
        pair.name = line.first(colon).trimmed();
        pair.enabled = !pair.name.startsWith(u'~');
        if (!pair.enabled)
            pair.name.remove(0, 1);
        value = line.sliced(colon + 1).trimmed();
    }
    if (value == "["_L1) {
        const Result<QStringList> items = list();
        if (!items)
            return std::unexpected(items.error());
        pair.items = *items;
    } else if (value.startsWith(TextFence)) {
        const Result<QString> text = fenced(value.sliced(3));
        if (!text)
            return std::unexpected(text.error());
        pair.value = *text;
    } else {
        pair.value = value;
    }
    return pair;
}

/** The text up to the closing fence; each line but the first stands four blanks to the right. */
Result<QString> Parser::fenced(const QString &first)
{
    const qsizetype start = m_next - 1;
    QStringList lines;
    QString line = first;
    while (true) {
        const qsizetype close = line.indexOf(TextFence);
        if (close >= 0) {
            lines.append(line.first(close));
            const QString after = line.sliced(close + 3).trimmed();
            const QString text = lines.join(u'\n').trimmed();
            return after.isEmpty() ? text : text + u' ' + after;
        }
        lines.append(line);
        if (atEnd())
            return fail(u"The text has no closing '''"_s, start);
        line = outdented(m_lines[m_next++], 4);
    }
}

Result<QStringList> Parser::list()
{
    const qsizetype start = m_next - 1;
    QStringList items;
    while (!atEnd()) {
        const QString item = m_lines[m_next++].trimmed();
        if (item == "]"_L1)
            return items;
        if (!item.isEmpty())
            items.append(item);
    }
    return fail(u"The list has no closing bracket"_s, start);
}

} // namespace

QString BruBlock::value(QStringView pair) const
{
    const auto found = std::ranges::find(pairs, pair, &BruPair::name);
    return found == pairs.end() ? QString() : found->value;
}

const BruBlock *BruFile::block(QStringView name) const
{
    const auto backwards = std::views::reverse(blocks);
    const auto found = std::ranges::find(backwards, name, &BruBlock::name);
    return found == backwards.end() ? nullptr : &*found;
}

Result<BruFile> parseBru(const QByteArray &text, const QString &path)
{
    return Parser(text, path).parse();
}

} // namespace Sluice
