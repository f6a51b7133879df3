// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/openapischema.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int MaxDepth = 12; ///< Schemas may contain themselves.

QString indented(QString text, int depth)
{
    return text.replace(u"\n"_s, u'\n' + QString(2 * depth, u' '));
}

QString stringOf(const QString &format)
{
    if (format == "date-time"_L1)
        return u"\"2026-01-01T00:00:00Z\""_s;
    if (format == "date"_L1)
        return u"\"2026-01-01\""_s;
    if (format == "uuid"_L1)
        return u"\"00000000-0000-0000-0000-000000000000\""_s;
    return format == "email"_L1 ? u"\"name@example.com\""_s : u"\"string\""_s;
}

} // namespace

const YamlNode &resolvedReference(const YamlNode &root, const YamlNode &node)
{
    const YamlNode *current = &node;
    for (int hop = 0; hop < MaxDepth; ++hop) {
        const QString reference = textAt(*current, u"$ref");
        if (!reference.startsWith("#/"_L1))
            return *current;
        const YamlNode *target = &root;
        const QStringList steps = reference.sliced(2).split(u'/');
        for (QString step : steps) {
            step.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
            target = target ? target->child(step) : nullptr;
        }
        if (!target)
            return *current;
        current = target;
    }
    return *current;
}

QString SchemaExample::write(const YamlNode &given, int depth)
{
    const YamlNode &schema = resolvedReference(m_root, given);
    // A schema that contains itself has no whole example.
    if (std::ranges::find(m_open, &schema) != m_open.end())
        return textAt(schema, u"type") == "array"_L1 ? u"[]"_s : u"{}"_s;
    m_open.push_back(&schema);
    const QString text = writeSchema(schema, depth);
    m_open.pop_back();
    return text;
}

QString SchemaExample::writeSchema(const YamlNode &schema, int depth)
{
    for (const QStringView key : {u"example", u"default", u"const"}) {
        if (const YamlNode *value = schema.child(key))
            return indented(jsonText(*value), depth);
    }
    if (const auto &examples = childrenAt(schema, u"examples"); !examples.empty())
        return indented(jsonText(examples.front()), depth);
    if (const auto &values = childrenAt(schema, u"enum"); !values.empty())
        return jsonText(values.front());
    for (const QStringView key : {u"oneOf", u"anyOf"}) {
        if (const auto &choices = childrenAt(schema, key); !choices.empty() && depth < MaxDepth)
            return write(choices.front(), depth);
    }
    return ofType(schema, depth);
}

QString SchemaExample::ofType(const YamlNode &schema, int depth)
{
    QString type = textAt(schema, u"type");
    if (const auto &types = childrenAt(schema, u"type"); !types.empty())
        type = types.front().text;
    const bool isObject =
        type == "object"_L1 || schema.child(u"properties") || schema.child(u"allOf");
    if (isObject)
        return object(schema, depth);
    if (type == "array"_L1) {
        const YamlNode *items = schema.child(u"items");
        return items && depth < MaxDepth ? u"[%1]"_s.arg(write(*items, depth)) : u"[]"_s;
    }
    if (type == "integer"_L1 || type == "number"_L1)
        return u"0"_s;
    if (type == "boolean"_L1)
        return u"false"_s;
    return stringOf(textAt(schema, u"format"));
}

void SchemaExample::gather(const YamlNode &given, std::vector<const YamlNode *> &properties,
                           int depth) const
{
    const YamlNode &schema = resolvedReference(m_root, given);
    if (depth > MaxDepth)
        return;
    for (const YamlNode &part : childrenAt(schema, u"allOf"))
        gather(part, properties, depth + 1);
    for (const YamlNode &property : childrenAt(schema, u"properties")) {
        if (!isTrue(resolvedReference(m_root, property), u"readOnly"))
            properties.push_back(&property);
    }
}

QString SchemaExample::object(const YamlNode &schema, int depth)
{
    std::vector<const YamlNode *> properties;
    gather(schema, properties, depth);
    if (properties.empty() || depth >= MaxDepth)
        return u"{}"_s;
    QStringList entries;
    for (const YamlNode *property : properties) {
        entries += QString(2 * (depth + 1), u' ')
                   + u"\"%1\": %2"_s.arg(property->key, write(*property, depth + 1));
    }
    return u"{\n"_s + entries.join(u",\n"_s) + u'\n' + QString(2 * depth, u' ') + u'}';
}

QString unquoted(const QString &json)
{
    return json.size() >= 2 && json.startsWith(u'"') ? json.sliced(1, json.size() - 2) : json;
}

} // namespace Sluice
