// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/header.h"

#include <algorithm>

namespace Sluice {

namespace {

auto hasName(QByteArrayView name)
{
    return [name](const Header &field) { return isSameField(name, field.name); };
}

} // namespace

void HeaderList::set(const QByteArray &name, const QByteArray &value)
{
    const auto first = std::ranges::find_if(m_fields, hasName(name));
    if (first == m_fields.end()) {
        append(name, value);
        return;
    }
    *first = {name, value};
    m_fields.erase(std::remove_if(first + 1, m_fields.end(), hasName(name)), m_fields.end());
}

void HeaderList::remove(QByteArrayView name)
{
    std::erase_if(m_fields, hasName(name));
}

bool HeaderList::contains(QByteArrayView name) const
{
    return std::ranges::any_of(m_fields, hasName(name));
}

QByteArray HeaderList::value(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(m_fields, hasName(name));
    return found == m_fields.end() ? QByteArray() : found->value;
}

std::vector<QByteArray> HeaderList::values(QByteArrayView name) const
{
    std::vector<QByteArray> result;
    for (const Header &field : m_fields) {
        if (hasName(name)(field))
            result.push_back(field.value);
    }
    return result;
}

} // namespace Sluice
