// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlnode.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

bool YamlNode::isNull() const
{
    if (kind == Kind::Null)
        return true;
    // The core schema's spellings of null (YAML 1.2.2, 10.3.2).
    return isScalar() && style == Style::Plain
           && (text == "~"_L1 || text == "null"_L1 || text == "Null"_L1 || text == "NULL"_L1);
}

const YamlNode *YamlNode::child(QStringView name) const
{
    if (!isMapping())
        return nullptr;
    const auto found = std::ranges::find(children, name, &YamlNode::key);
    return found == children.end() ? nullptr : &*found;
}

const YamlNode *YamlNode::descendant(std::initializer_list<QStringView> names) const
{
    const YamlNode *node = this;
    for (const QStringView name : names) {
        node = node->child(name);
        if (!node)
            return nullptr;
    }
    return node;
}

} // namespace Sluice
