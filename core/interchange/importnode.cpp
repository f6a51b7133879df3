// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/importnode.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** `\ud83d\ude00` is one character in JSON and an error in YAML: written out instead. */
QByteArray withoutSurrogates(const QByteArray &json)
{
    if (!json.contains("\\ud") && !json.contains("\\uD"))
        return json;
    static const QRegularExpression pair(
        uR"((?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2}))"_s);
    const QString text = QString::fromUtf8(json);
    QString result;
    qsizetype at = 0;
    for (auto it = pair.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        result += text.sliced(at, match.capturedStart() - at) + match.captured(1)
                  + QChar(match.captured(2).toUShort(nullptr, 16))
                  + QChar(match.captured(3).toUShort(nullptr, 16));
        at = match.capturedEnd();
    }
    return (result + text.sliced(at)).toUtf8();
}

QString jsonString(const QString &text)
{
    QString result = u"\""_s;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            result += QString(u'\\') + c;
        else if (c == u'\n')
            result += u"\\n"_s;
        else if (c.unicode() < 0x20)
            result += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
        else
            result += c;
    }
    return result + u'"';
}

QString scalarJson(const YamlNode &node)
{
    static const QRegularExpression literal(
        u"^(true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?)$"_s);
    const bool isPlain = node.style == YamlNode::Style::Plain;
    return isPlain && literal.match(node.text).hasMatch() ? node.text : jsonString(node.text);
}

QString jsonText(const YamlNode &node, int step, int depth)
{
    if (node.isNull())
        return u"null"_s;
    if (node.isScalar())
        return scalarJson(node);
    const QString open = node.isMapping() ? u"{"_s : u"["_s;
    const QString close = node.isMapping() ? u"}"_s : u"]"_s;
    if (node.children.empty())
        return open + close;
    QStringList items;
    const QString indent = u'\n' + QString(qsizetype(step) * (depth + 1), u' ');
    for (const YamlNode &child : node.children) {
        const QString name = node.isMapping() ? jsonString(child.key) + u": "_s : QString();
        items += indent + name + jsonText(child, step, depth + 1);
    }
    return open + items.join(u',') + u'\n' + QString(qsizetype(step) * depth, u' ') + close;
}

} // namespace

Result<YamlNode> readImportTree(const QByteArray &text, const QString &path)
{
    QByteArray bytes = text;
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes.remove(0, 3);
    const QByteArray start = bytes.trimmed();
    if (start.startsWith('{') || start.startsWith('[')) {
        // Inside JSON's strings a tab is always written \t, so these are between tokens.
        bytes.replace('\t', ' ');
        bytes = withoutSurrogates(bytes);
    }
    return parseYaml(bytes, path);
}

QString textAt(const YamlNode &node, QStringView key)
{
    const YamlNode *child = node.child(key);
    return child && child->isScalar() ? child->text : QString();
}

QString textAt(const YamlNode &node, std::initializer_list<QStringView> keys)
{
    const YamlNode *child = node.descendant(keys);
    return child && child->isScalar() ? child->text : QString();
}

bool isTrue(const YamlNode &node, QStringView key)
{
    return textAt(node, key) == "true"_L1;
}

const std::vector<YamlNode> &childrenAt(const YamlNode &node, QStringView key)
{
    static const std::vector<YamlNode> none;
    const YamlNode *child = node.child(key);
    return child ? child->children : none;
}

QString descriptionAt(const YamlNode &node, QStringView key)
{
    const YamlNode *child = node.child(key);
    if (child && child->isMapping())
        return textAt(*child, u"content");
    return child && child->isScalar() ? child->text : QString();
}

QString jsonText(const YamlNode &node, int indent)
{
    return jsonText(node, indent, 0);
}

void ImportContext::issue(const YamlNode &node, const QString &message)
{
    const bool hasKey = node.keyEnd > 0 && !node.key.isEmpty();
    collection.issues.push_back({ErrorCode::Unsupported, message, m_path,
                                 hasKey ? node.keyLine : node.line,
                                 hasKey ? node.keyColumn : node.column});
}

} // namespace Sluice
