// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlnode.h"

#include <variant>

namespace Sluice {

/** What a YAML text says, without how it is written: the wanted side of an edit. */
struct YamlValue
{
    enum class Kind {
        Text,    ///< A string; quoted wherever it would read as something else.
        Literal, ///< A number, true, false or null as written; empty = a value left out.
        List,
        Map,
    };

    Kind kind = Kind::Text;
    QString text;
    QString key; ///< In a map.
    std::vector<YamlValue> children;

    static YamlValue string(const QString &text);
    static YamlValue literal(const QString &text);
    static YamlValue number(double value);
    static YamlValue boolean(bool value);
    static YamlValue list() { return {Kind::List, {}, {}, {}}; }
    static YamlValue map() { return {Kind::Map, {}, {}, {}}; }
    static YamlValue fromNode(const YamlNode &node);

    bool isScalar() const { return kind == Kind::Text || kind == Kind::Literal; }
    bool isMap() const { return kind == Kind::Map; }
    bool isList() const { return kind == Kind::List; }
    void add(const QString &name, YamlValue value);
    void append(YamlValue value) { children.push_back(std::move(value)); }
    YamlValue *child(QStringView name);
    const YamlValue *child(QStringView name) const;
    QStringList keys() const;

    friend bool operator==(const YamlValue &a, const YamlValue &b);
};

bool operator==(const YamlValue &a, const YamlValue &b);

/** True when the plain scalar \a text is no string in the core schema (YAML 1.2.2, 10.3.2). */
bool readsAsTyped(QStringView text);

/** One step into a tree: a map's key or a list's index. */
using YamlStep = std::variant<QString, qsizetype>;
using YamlPath = std::vector<YamlStep>;

/** Reads `http.headers[0].value`; Usage for anything else. */
Result<YamlPath> parseYamlPath(const QString &text);
QString yamlPathText(const YamlPath &path);
/** The node at \a path, or nullptr. */
const YamlNode *nodeAt(const YamlNode &root, const YamlPath &path);
YamlPath operator/(const YamlPath &path, const YamlStep &step);

} // namespace Sluice
