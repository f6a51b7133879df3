// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/jsonpath.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using Node = JsonTree::Node;
using Nodes = std::vector<Node>;

QString tr(const char *text)
{
    return QCoreApplication::translate("JsonPath", text);
}

/** One step of a path. */
struct Segment
{
    enum class Kind { Name, Slice, Index, All };

    Kind kind = Kind::All;
    bool isDescendant = false; ///< `..`: at any depth below as well.
    QString name;
    qint64 from = 0; ///< Also the index; negative counts from the end.
    qint64 to = std::numeric_limits<qint64>::max();
};

/** Reads a path from left to right. */
class PathReader
{
public:
    explicit PathReader(const QString &path) : m_path(path) {}

    Result<std::vector<Segment>> read();

private:
    Result<Segment> segment();
    Result<Segment> bracket();
    Result<QString> quoted();
    std::optional<qint64> number();
    QString word();
    QChar peek() const { return m_at < m_path.size() ? m_path[m_at] : QChar(); }
    bool skip(QChar c)
    {
        const bool is = peek() == c;
        m_at += is;
        return is;
    }
    std::unexpected<Error> wrong(const QString &what) const
    {
        Error error{ErrorCode::Parse, what};
        error.column = int(m_at) + 1;
        return std::unexpected(error);
    }

    QString m_path;
    qsizetype m_at = 0;
};

Result<std::vector<Segment>> PathReader::read()
{
    std::vector<Segment> segments;
    if (!skip(u'$'))
        return wrong(tr("A path begins with $, as in $.users[*].name."));
    while (m_at < m_path.size()) {
        auto next = segment();
        if (!next)
            return std::unexpected(next.error());
        segments.push_back(std::move(*next));
    }
    return segments;
}

Result<Segment> PathReader::segment()
{
    if (peek() == u'[')
        return bracket();
    if (!skip(u'.'))
        return wrong(tr("Here a . or a [ was expected."));
    const bool isDescendant = skip(u'.');
    if (isDescendant && peek() == u'[') {
        auto inner = bracket();
        if (inner)
            inner->isDescendant = true;
        return inner;
    }
    Segment result;
    result.isDescendant = isDescendant;
    if (skip(u'*'))
        return result;
    result.kind = Segment::Kind::Name;
    result.name = word();
    if (result.name.isEmpty())
        return wrong(tr("Here a name or a * was expected."));
    return result;
}

Result<Segment> PathReader::bracket()
{
    Segment result;
    ++m_at;
    if (peek() == u'?')
        return failure(ErrorCode::Unsupported, tr("Filter expressions are not supported."));
    if (peek() == u'\'' || peek() == u'"') {
        auto name = quoted();
        if (!name)
            return std::unexpected(name.error());
        result.kind = Segment::Kind::Name;
        result.name = *name;
    } else if (!skip(u'*')) {
        const auto from = number();
        result.from = from.value_or(0);
        if (skip(u':')) {
            result.kind = Segment::Kind::Slice;
            result.to = number().value_or(result.to);
        } else if (from) {
            result.kind = Segment::Kind::Index;
        } else {
            return wrong(tr("Here an index, a quoted name or a * was expected."));
        }
    }
    if (!skip(u']'))
        return wrong(tr("Here a ] was expected."));
    return result;
}

Result<QString> PathReader::quoted()
{
    const QChar quote = m_path[m_at++];
    QString text;
    while (m_at < m_path.size() && peek() != quote) {
        if (peek() == u'\\')
            ++m_at;
        text += peek();
        ++m_at;
    }
    if (!skip(quote))
        return wrong(tr("The quoted name has no end."));
    return text;
}

std::optional<qint64> PathReader::number()
{
    const qsizetype from = m_at;
    skip(u'-');
    while (peek().isDigit())
        ++m_at;
    bool ok = false;
    const qint64 value = m_path.sliced(from, m_at - from).toLongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

QString PathReader::word()
{
    const qsizetype from = m_at;
    while (m_at < m_path.size() && !u".[*"_s.contains(peek()))
        ++m_at;
    return m_path.sliced(from, m_at - from);
}

bool accepts(const JsonTree &tree, Node parent, Node child, const Segment &segment)
{
    const bool isArray = tree.kind(parent) == JsonTree::Kind::Array;
    const qint64 count = tree.childCount(parent);
    const auto fromEnd = [count](qint64 index) { return index < 0 ? index + count : index; };
    switch (segment.kind) {
    case Segment::Kind::All:
        return true;
    case Segment::Kind::Name:
        return !isArray && tree.key(child) == segment.name;
    case Segment::Kind::Index:
        return isArray && tree.row(child) == fromEnd(segment.from);
    case Segment::Kind::Slice:
        return isArray && tree.row(child) >= fromEnd(segment.from)
               && tree.row(child) < fromEnd(segment.to);
    }
    return false;
}

/** Children of \a nodes, and with a descendant segment all below them, that \a segment takes. */
Nodes applied(const JsonTree &tree, const Nodes &nodes, const Segment &segment)
{
    Nodes found;
    Nodes open(nodes.rbegin(), nodes.rend());
    while (!open.empty()) {
        const Node node = open.back();
        open.pop_back();
        for (int row = 0; row < tree.childCount(node); ++row) {
            const Node child = tree.child(node, row);
            if (accepts(tree, node, child, segment))
                found.push_back(child);
            if (segment.isDescendant && tree.isContainer(child))
                open.push_back(child);
        }
    }
    // Nodes are numbered in the order of the text; two ways may lead to one of them.
    std::ranges::sort(found);
    const auto twice = std::ranges::unique(found);
    found.erase(twice.begin(), twice.end());
    return found;
}

} // namespace

Result<Nodes> selectByPath(const JsonTree &tree, const QString &path)
{
    const auto segments = PathReader(path.trimmed()).read();
    if (!segments)
        return std::unexpected(segments.error());
    Nodes nodes{JsonTree::Root};
    for (const Segment &segment : *segments)
        nodes = applied(tree, nodes, segment);
    return nodes;
}

} // namespace Sluice
