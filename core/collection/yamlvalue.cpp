// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlvalue.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

YamlValue YamlValue::string(const QString &text)
{
    return {Kind::Text, text, {}, {}};
}

YamlValue YamlValue::literal(const QString &text)
{
    return {Kind::Literal, text, {}, {}};
}

YamlValue YamlValue::number(double value)
{
    return literal(QString::number(value, 'g', QLocale::FloatingPointShortest));
}

YamlValue YamlValue::boolean(bool value)
{
    return literal(value ? u"true"_s : u"false"_s);
}

YamlValue YamlValue::fromNode(const YamlNode &node)
{
    YamlValue value;
    value.key = node.key;
    value.text = node.text;
    switch (node.kind) {
    case YamlNode::Kind::Null:
        value.kind = Kind::Literal;
        break;
    case YamlNode::Kind::Scalar:
        value.kind = node.style == YamlNode::Style::Plain && readsAsTyped(node.text) ? Kind::Literal
                                                                                     : Kind::Text;
        break;
    case YamlNode::Kind::Sequence:
        value.kind = Kind::List;
        break;
    case YamlNode::Kind::Mapping:
        value.kind = Kind::Map;
        break;
    }
    for (const YamlNode &child : node.children)
        value.children.push_back(fromNode(child));
    return value;
}

void YamlValue::add(const QString &name, YamlValue value)
{
    value.key = name;
    children.push_back(std::move(value));
}

YamlValue *YamlValue::child(QStringView name)
{
    const auto found = std::ranges::find(children, name, &YamlValue::key);
    return isMap() && found != children.end() ? &*found : nullptr;
}

const YamlValue *YamlValue::child(QStringView name) const
{
    const auto found = std::ranges::find(children, name, &YamlValue::key);
    return isMap() && found != children.end() ? &*found : nullptr;
}

QStringList YamlValue::keys() const
{
    QStringList names;
    for (const YamlValue &value : children)
        names.append(value.key);
    return names;
}

bool operator==(const YamlValue &a, const YamlValue &b)
{
    return a.kind == b.kind && a.text == b.text && a.key == b.key && a.children == b.children;
}

bool readsAsTyped(QStringView text)
{
    static const QRegularExpression typed(
        QRegularExpression::anchoredPattern(u"|~|null|Null|NULL|true|True|TRUE|false|False|FALSE"
                                            "|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
                                            "|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                                            "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"_s));
    return typed.match(text.toString()).hasMatch();
}

Result<YamlPath> parseYamlPath(const QString &text)
{
    static const QRegularExpression step(u"\\G(?:(?:^|\\.)([^.\\[\\]]+)|\\[([0-9]{1,9})\\])"_s);
    YamlPath path;
    qsizetype at = 0;
    while (at < text.size()) {
        const QRegularExpressionMatch match = step.match(text, at);
        if (!match.hasMatch())
            break;
        if (match.hasCaptured(2))
            path.emplace_back(qsizetype(match.captured(2).toInt()));
        else
            path.emplace_back(match.captured(1));
        at = match.capturedEnd();
    }
    if (path.empty() || at < text.size()) {
        return failure(ErrorCode::Usage,
                       u"\"%1\" is no key; write it like http.headers[0].value"_s.arg(text));
    }
    return path;
}

QString yamlPathText(const YamlPath &path)
{
    QString text;
    for (const YamlStep &step : path) {
        if (const auto *index = std::get_if<qsizetype>(&step))
            text += u'[' + QString::number(*index) + u']';
        else
            text += (text.isEmpty() ? QString() : u"."_s) + std::get<QString>(step);
    }
    return text;
}

const YamlNode *nodeAt(const YamlNode &root, const YamlPath &path)
{
    const YamlNode *node = &root;
    for (const YamlStep &step : path) {
        if (const auto *key = std::get_if<QString>(&step)) {
            node = node->child(*key);
        } else {
            const auto index = std::get<qsizetype>(step);
            const bool inside = node->isSequence() && index < qsizetype(node->children.size());
            node = inside ? &node->children[std::size_t(index)] : nullptr;
        }
        if (!node)
            return nullptr;
    }
    return node;
}

YamlPath operator/(const YamlPath &path, const YamlStep &step)
{
    YamlPath result = path;
    result.push_back(step);
    return result;
}

} // namespace Sluice
