// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlreader.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

const YamlNode *presentChild(const YamlNode &parent, QStringView key)
{
    const YamlNode *node = parent.child(key);
    return node && !node->isNull() ? node : nullptr;
}

} // namespace

void YamlReader::addProblem(const QString &message, int line, int column)
{
    m_problems.push_back({ErrorCode::Parse, message, m_path, line, column});
}

void YamlReader::problem(const YamlNode &node, const QString &message)
{
    addProblem(message, node.line, node.column);
}

void YamlReader::keyProblem(const YamlNode &node, const QString &message)
{
    addProblem(message, node.keyLine, node.keyColumn);
}

Result<> YamlReader::result() const
{
    if (m_problems.empty())
        return {};
    return std::unexpected(m_problems.front());
}

const YamlNode *YamlReader::mapping(const YamlNode &parent, QStringView key)
{
    const YamlNode *node = presentChild(parent, key);
    if (!node || node->isMapping())
        return node;
    problem(*node, u"\"%1\" has to hold keys and values"_s.arg(key));
    return nullptr;
}

const YamlNode *YamlReader::sequence(const YamlNode &parent, QStringView key)
{
    const YamlNode *node = presentChild(parent, key);
    if (!node || node->isSequence())
        return node;
    problem(*node, u"\"%1\" has to be a list"_s.arg(key));
    return nullptr;
}

std::vector<const YamlNode *> YamlReader::items(const YamlNode &parent, QStringView key)
{
    std::vector<const YamlNode *> result;
    const YamlNode *list = sequence(parent, key);
    if (!list)
        return result;
    for (const YamlNode &item : list->children) {
        if (item.isMapping())
            result.push_back(&item);
        else
            problem(item, u"An item of \"%1\" has to hold keys and values"_s.arg(key));
    }
    return result;
}

QString YamlReader::scalar(const YamlNode &node)
{
    if (node.isNull())
        return {};
    if (node.isScalar())
        return node.text;
    problem(node, u"Text is expected here"_s);
    return {};
}

QString YamlReader::text(const YamlNode &parent, QStringView key, const QString &fallback)
{
    const YamlNode *node = presentChild(parent, key);
    return node ? scalar(*node) : fallback;
}

QString YamlReader::description(const YamlNode &parent, QStringView key)
{
    const YamlNode *node = presentChild(parent, key);
    if (!node)
        return {};
    return node->isMapping() ? text(*node, u"content") : scalar(*node);
}

bool YamlReader::isInherited(const YamlNode *node)
{
    return !node || node->isNull() || (node->isScalar() && node->text == "inherit"_L1);
}

std::optional<bool> YamlReader::boolean(const YamlNode &parent, QStringView key)
{
    const YamlNode *node = parent.child(key);
    if (isInherited(node))
        return {};
    if (node->isScalar() && node->text.compare("true"_L1, Qt::CaseInsensitive) == 0)
        return true;
    if (node->isScalar() && node->text.compare("false"_L1, Qt::CaseInsensitive) == 0)
        return false;
    problem(*node, u"\"%1\" has to be true or false"_s.arg(key));
    return {};
}

std::optional<double> YamlReader::number(const YamlNode &parent, QStringView key)
{
    const YamlNode *node = parent.child(key);
    if (isInherited(node))
        return {};
    bool ok = false;
    const double value = node->text.toDouble(&ok);
    if (node->isScalar() && ok && std::isfinite(value))
        return value;
    problem(*node, u"\"%1\" has to be a number"_s.arg(key));
    return {};
}

std::optional<qint64> YamlReader::integer(const YamlNode &parent, QStringView key, qint64 least,
                                          qint64 most)
{
    const YamlNode *node = parent.child(key);
    if (isInherited(node))
        return {};
    bool ok = false;
    const qint64 value = node->text.toLongLong(&ok);
    if (node->isScalar() && ok && value >= least && value <= most)
        return value;
    problem(*node,
            u"\"%1\" has to be a whole number from %2 to %3"_s.arg(key).arg(least).arg(most));
    return {};
}

} // namespace Sluice
