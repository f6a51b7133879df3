// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamldocument.h"

#include "core/collection/textlines.h"
#include "core/collection/yamlemitter.h"

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

YamlPath parentOf(const YamlPath &path)
{
    return {path.begin(), path.end() - 1};
}

/** The value inside \a root at \a path; the path is known to exist. */
YamlValue &valueAt(YamlValue &root, const YamlPath &path)
{
    YamlValue *value = &root;
    for (const YamlStep &step : path) {
        if (const auto *key = std::get_if<QString>(&step))
            value = value->child(*key);
        else
            value = &value->children[std::size_t(std::get<qsizetype>(step))];
    }
    return *value;
}

void assign(YamlValue &target, const YamlValue &value)
{
    const QString key = target.key;
    target = value;
    target.key = key;
}

qsizetype indexOfStep(const YamlNode &parent, const YamlStep &step)
{
    if (const auto *index = std::get_if<qsizetype>(&step))
        return *index;
    const auto found = std::ranges::find(parent.children, std::get<QString>(step), &YamlNode::key);
    return found - parent.children.begin();
}

/** Where a new \a key belongs among the children of \a parent. */
qsizetype placeOfKey(const YamlNode &parent, const QString &key, const QStringList &order)
{
    const qsizetype rank = order.indexOf(key);
    for (qsizetype before = rank - 1; before >= 0; --before) {
        const auto found = std::ranges::find(parent.children, order[before], &YamlNode::key);
        if (found != parent.children.end())
            return found - parent.children.begin() + 1;
    }
    for (qsizetype after = rank + 1; rank >= 0 && after < order.size(); ++after) {
        const auto found = std::ranges::find(parent.children, order[after], &YamlNode::key);
        if (found != parent.children.end())
            return found - parent.children.begin();
    }
    return qsizetype(parent.children.size());
}

/** \a value in maps of the keys \a path, outermost first. */
Result<YamlValue> wrapped(const YamlValue &value, std::span<const YamlStep> path)
{
    YamlValue result = value;
    for (auto step = path.rbegin(); step != path.rend(); ++step) {
        const auto *key = std::get_if<QString>(&*step);
        YamlValue outer = key ? YamlValue::map() : YamlValue::list();
        if (!key && std::get<qsizetype>(*step) != 0)
            return failure(ErrorCode::Usage, u"The list has no item before this one"_s);
        outer.add(key ? *key : QString(), std::move(result));
        result = std::move(outer);
    }
    return result;
}

} // namespace

Result<YamlDocument> YamlDocument::parse(const QByteArray &text, const QString &path)
{
    Result<YamlNode> root = parseYaml(text, path);
    if (!root)
        return std::unexpected(root.error());
    YamlDocument document;
    document.m_path = path;
    document.m_text = text;
    document.m_root = std::move(*root);
    return document;
}

Result<> YamlDocument::apply(const std::vector<Edit> &candidates, const YamlValue &wanted,
                             const YamlPath &path)
{
    for (const Edit &edit : candidates) {
        QByteArray text = m_text;
        text.replace(edit.begin, edit.end - edit.begin, edit.text);
        Result<YamlNode> root = parseYaml(text, m_path);
        if (!root || YamlValue::fromNode(*root) != wanted)
            continue;
        m_text = std::move(text);
        m_root = std::move(*root);
        return {};
    }
    const YamlNode *node = nodeAt(m_root, path);
    return std::unexpected(Error{ErrorCode::Unsupported,
                                 u"\"%1\" is written in a way that cannot be edited in place; edit "
                                 "the text of the file"_s.arg(yamlPathText(path)),
                                 m_path, node ? node->line : 0, node ? node->column : 0});
}

Result<> YamlDocument::set(const YamlPath &path, const YamlValue &value, const QStringList &order)
{
    // The deepest map or list that is there; what is missing below it is part of the new value.
    std::size_t depth = path.size();
    const YamlNode *node = nodeAt(m_root, path);
    while (!node && depth > 0)
        node = nodeAt(m_root, {path.begin(), path.begin() + qsizetype(--depth)});
    Result<YamlValue> inner = wrapped(value, std::span(path).subspan(qMin(depth + 1, path.size())));
    if (!inner)
        return std::unexpected(inner.error());
    const YamlPath existing(path.begin(), path.begin() + qsizetype(depth));
    YamlValue wanted = YamlValue::fromNode(m_root);

    if (depth == path.size() || node->isNull()) {
        YamlValue whole = *inner;
        if (depth < path.size()) {
            Result<YamlValue> outer = wrapped(*inner, std::span(path).subspan(depth, 1));
            if (!outer)
                return std::unexpected(outer.error());
            whole = std::move(*outer);
        }
        if (existing.empty()) {
            if (!m_root.isNull())
                return failure(ErrorCode::Usage, u"A file cannot be replaced as a whole"_s);
            return apply({appendToNothing(whole)}, whole, existing);
        }
        assign(valueAt(wanted, existing), whole);
        const YamlNode *parent = nodeAt(m_root, parentOf(existing));
        if (whole.isScalar() && (node->isScalar() || node->kind == YamlNode::Kind::Null))
            return apply(replaceScalar(*node, parent, whole), wanted, existing);
        return apply({replaceNode(*node, parent, whole)}, wanted, existing);
    }

    const YamlStep &step = path[depth];
    YamlValue &target = valueAt(wanted, existing);
    if (const auto *index = std::get_if<qsizetype>(&step)) {
        if (!node->isSequence() || *index != qsizetype(node->children.size()))
            return failure(ErrorCode::Usage, u"There is no \"%1\""_s.arg(yamlPathText(path)));
        target.append(*inner);
        return apply({insertItem(*node, *index, *inner)}, wanted, existing);
    }
    if (!node->isMapping())
        return failure(ErrorCode::Usage, u"There is no \"%1\""_s.arg(yamlPathText(path)));
    inner->key = std::get<QString>(step);
    const qsizetype index = placeOfKey(*node, inner->key, order);
    target.children.insert(target.children.begin() + index, *inner);
    return apply({insertEntry(*node, index, *inner)}, wanted, existing);
}

Result<> YamlDocument::insert(const YamlPath &path, qsizetype index, const YamlValue &value)
{
    const YamlNode *node = nodeAt(m_root, path);
    if (!node || node->isNull() || (node->isSequence() && node->children.empty())) {
        YamlValue list = YamlValue::list();
        list.append(value);
        return set(path, list);
    }
    if (!node->isSequence() || index < 0 || index > qsizetype(node->children.size()))
        return failure(ErrorCode::Usage, u"\"%1\" is no list"_s.arg(yamlPathText(path)));
    YamlValue wanted = YamlValue::fromNode(m_root);
    YamlValue &list = valueAt(wanted, path);
    list.children.insert(list.children.begin() + index, value);
    return apply({insertItem(*node, index, value)}, wanted, path);
}

Result<> YamlDocument::remove(const YamlPath &path)
{
    if (path.empty() || !nodeAt(m_root, path))
        return {};
    const YamlPath parentPath = parentOf(path);
    const YamlNode *parent = nodeAt(m_root, parentPath);
    const qsizetype index = indexOfStep(*parent, path.back());
    YamlValue wanted = YamlValue::fromNode(m_root);
    YamlValue &target = valueAt(wanted, parentPath);
    target.children.erase(target.children.begin() + index);
    if (parent->isAlias)
        return apply({}, wanted, path);
    if (parent->isFlow())
        return apply({removeFlow(*parent, index)}, wanted, path);
    if (parent->children.size() > 1)
        return apply({removeBlock(*parent, index)}, wanted, path);
    if (parentPath.empty())
        return apply({{parent->begin, parent->end, "{}"}}, wanted, path);
    YamlValue empty = target;
    return apply({replaceNode(*parent, nodeAt(m_root, parentOf(parentPath)), empty)}, wanted, path);
}

} // namespace Sluice
