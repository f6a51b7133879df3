// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/formatnames.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct BodyName
{
    QLatin1StringView name;
    BodySpec::Kind kind;
};

constexpr std::array<BodyName, 7> BodyNames{{
    {"json"_L1, BodySpec::Kind::Json},
    {"xml"_L1, BodySpec::Kind::Xml},
    {"text"_L1, BodySpec::Kind::Text},
    {"sparql"_L1, BodySpec::Kind::Sparql},
    {"form-urlencoded"_L1, BodySpec::Kind::FormUrlEncoded},
    {"multipart-form"_L1, BodySpec::Kind::Multipart},
    {"file"_L1, BodySpec::Kind::File},
}};

} // namespace

std::optional<BodySpec::Kind> bodyKind(QStringView type)
{
    for (const BodyName &row : BodyNames) {
        if (type == row.name)
            return row.kind;
    }
    return {};
}

QString bodyTypeName(BodySpec::Kind kind)
{
    for (const BodyName &row : BodyNames) {
        if (kind == row.kind)
            return row.name;
    }
    return {};
}

const YamlNode *selectedVariant(const YamlNode &list, QStringView key)
{
    const YamlNode *first = nullptr;
    for (const YamlNode &variant : list.children) {
        const YamlNode *value = variant.child(key);
        const YamlNode *selected = variant.child(u"selected");
        if (value && selected && selected->text == "true"_L1)
            return value;
        if (!first)
            first = value;
    }
    return first;
}

} // namespace Sluice
