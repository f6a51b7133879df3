// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/jsontree.h"

#include "ui/response/jsonformatter.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("JsonTree", text);
}

/** The text of a JSON string with its quotes; Qt undoes the escapes (RFC 8259, section 7). */
QString unquoted(QByteArrayView string)
{
    if (!string.contains('\\'))
        return QString::fromUtf8(string.sliced(1, string.size() - 2));
    const QByteArray list = '[' + string.toByteArray() + ']';
    return QJsonDocument::fromJson(list).array().at(0).toString();
}

Error parseError(const QByteArray &json, qsizetype at)
{
    const QByteArrayView before = QByteArrayView(json).first(at);
    Error error{ErrorCode::Parse, tr("This is not JSON.")};
    error.line = int(before.count('\n')) + 1;
    error.column = int(at - (before.lastIndexOf('\n') + 1)) + 1;
    return error;
}

} // namespace

/** Walks over a text that is known to be JSON. */
class JsonTree::Builder
{
public:
    explicit Builder(JsonTree *tree) : m_tree(*tree), m_text(tree->m_json) {}

    void build()
    {
        while (m_at < m_text.size())
            step();
        groupChildren();
    }

private:
    void step();
    void open(Kind kind);
    void close();
    void string();
    void scalar();
    Place &add(Kind kind, qsizetype at, qsizetype size);
    void groupChildren();

    JsonTree &m_tree;
    QByteArrayView m_text;
    qsizetype m_at = 0;
    Node m_open = None;
    quint32 m_keyAt = 0;
    quint32 m_keySize = 0;
    bool m_isKey = false; ///< The next string names a member.
};

void JsonTree::Builder::step()
{
    switch (m_text[m_at]) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case ':':
        ++m_at;
        break;
    case ',':
        ++m_at;
        m_isKey = m_tree.kind(m_open) == Kind::Object;
        break;
    case '{':
        open(Kind::Object);
        break;
    case '[':
        open(Kind::Array);
        break;
    case '}':
    case ']':
        close();
        break;
    case '"':
        string();
        break;
    default:
        scalar();
    }
}

JsonTree::Place &JsonTree::Builder::add(Kind kind, qsizetype at, qsizetype size)
{
    Place place;
    place.parent = m_open;
    place.keyAt = m_keyAt;
    place.keySize = std::exchange(m_keySize, 0);
    place.at = quint32(at);
    place.size = quint32(size);
    place.kind = kind;
    if (m_open != None)
        place.row = m_tree.m_nodes[m_open].childCount++;
    return m_tree.m_nodes.emplace_back(place);
}

void JsonTree::Builder::open(Kind kind)
{
    add(kind, m_at, 0);
    m_open = Node(m_tree.m_nodes.size() - 1);
    m_isKey = kind == Kind::Object;
    ++m_at;
}

void JsonTree::Builder::close()
{
    ++m_at;
    Place &place = m_tree.m_nodes[m_open];
    place.size = quint32(m_at) - place.at;
    m_open = place.parent;
    m_isKey = false;
}

void JsonTree::Builder::string()
{
    const qsizetype from = m_at++;
    while (m_text[m_at] != '"')
        m_at += m_text[m_at] == '\\' ? 2 : 1;
    ++m_at;
    if (std::exchange(m_isKey, false)) {
        m_keyAt = quint32(from);
        m_keySize = quint32(m_at - from);
    } else {
        add(Kind::String, from, m_at - from);
    }
}

void JsonTree::Builder::scalar()
{
    const qsizetype from = m_at;
    while (m_at < m_text.size() && !QByteArrayView(",]} \t\r\n").contains(m_text[m_at]))
        ++m_at;
    const char first = m_text[from];
    add(first == '-' || (first >= '0' && first <= '9') ? Kind::Number : Kind::Word, from,
        m_at - from);
}

void JsonTree::Builder::groupChildren()
{
    quint32 next = 0;
    for (Place &place : m_tree.m_nodes) {
        place.firstChild = next;
        next += place.childCount;
    }
    m_tree.m_children.resize(next);
    for (Node node = 1; node < m_tree.m_nodes.size(); ++node) {
        const Place &place = m_tree.m_nodes[node];
        m_tree.m_children[m_tree.m_nodes[place.parent].firstChild + place.row] = node;
    }
}

Result<JsonTreePtr> JsonTree::parse(const QByteArray &json)
{
    if (json.size() > MaxBytes)
        return failure(ErrorCode::BodyTooLarge,
                       tr("The tree is for bodies of up to 64 MiB; see Pretty or Raw."));
    if (const FormattedJson checked = formatJson(json); !checked.valid)
        return std::unexpected(parseError(json, checked.errorAt));
    auto tree = std::make_shared<JsonTree>();
    tree->m_json = json;
    Builder(tree.get()).build();
    return tree;
}

QString JsonTree::key(Node node) const
{
    const Place &place = m_nodes[node];
    if (place.keySize == 0)
        return {};
    return unquoted(QByteArrayView(m_json).sliced(place.keyAt, place.keySize));
}

QByteArrayView JsonTree::raw(Node node) const
{
    return QByteArrayView(m_json).sliced(m_nodes[node].at, m_nodes[node].size);
}

QString JsonTree::display(Node node) const
{
    const int count = childCount(node);
    switch (kind(node)) {
    case Kind::Object:
        return count == 1 ? tr("{ 1 key }") : tr("{ %1 keys }").arg(count);
    case Kind::Array:
        return count == 1 ? tr("[ 1 item ]") : tr("[ %1 items ]").arg(count);
    case Kind::String:
        return unquoted(raw(node));
    case Kind::Number:
    case Kind::Word:
        break;
    }
    return QString::fromUtf8(raw(node));
}

QString JsonTree::path(Node node) const
{
    QString path;
    for (; parent(node) != None; node = parent(node)) {
        if (kind(parent(node)) == Kind::Array) {
            path.prepend(u"[%1]"_s.arg(row(node)));
        } else {
            QString name = key(node);
            name.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
            path.prepend(u"['"_s + name + u"']"_s);
        }
    }
    return u'$' + path;
}

} // namespace Sluice
