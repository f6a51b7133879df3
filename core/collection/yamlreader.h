// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlnode.h"

#include <optional>

namespace Sluice {

/**
 * Takes typed values out of a YAML tree and collects every problem with its place, so that one
 * reading serves both "open this file" (the first problem) and "check this file" (all of them).
 * Absent and null values are no problem.
 */
class YamlReader
{
public:
    explicit YamlReader(const QString &path) : m_path(path) {}

    const YamlNode *mapping(const YamlNode &parent, QStringView key);
    const YamlNode *sequence(const YamlNode &parent, QStringView key);
    /** The items of a list of mappings; others are problems and left out. */
    std::vector<const YamlNode *> items(const YamlNode &parent, QStringView key);

    QString text(const YamlNode &parent, QStringView key, const QString &fallback = {});
    /** A text, or the `content` of a structured text. */
    QString description(const YamlNode &parent, QStringView key);
    std::optional<bool> boolean(const YamlNode &parent, QStringView key);
    std::optional<double> number(const YamlNode &parent, QStringView key);
    /** A whole number from \a least to \a most. */
    std::optional<qint64> integer(const YamlNode &parent, QStringView key, qint64 least,
                                  qint64 most);
    QString scalar(const YamlNode &node);

    /** True for a value that says "as the level above": absent, null or `inherit`. */
    static bool isInherited(const YamlNode *node);

    void problem(const YamlNode &node, const QString &message);
    void keyProblem(const YamlNode &node, const QString &message);
    const std::vector<Error> &problems() const { return m_problems; }
    /** The first problem, if there is one. */
    Result<> result() const;

private:
    void addProblem(const QString &message, int line, int column);

    QString m_path;
    std::vector<Error> m_problems;
};

} // namespace Sluice
