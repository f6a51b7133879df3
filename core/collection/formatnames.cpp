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

struct TypeName
{
    QLatin1StringView name;
    ValueType type;
};

constexpr std::array<TypeName, 5> TypeNames{{
    {"string"_L1, ValueType::Text},
    {"number"_L1, ValueType::Number},
    {"boolean"_L1, ValueType::Boolean},
    {"object"_L1, ValueType::Object},
    {"null"_L1, ValueType::Null},
}};

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

std::optional<CaptureSpec::Phase> capturePhase(const YamlNode &action)
{
    const YamlNode *type = action.child(u"type");
    const YamlNode *phase = action.child(u"phase");
    if (!type || type->text != "set-variable"_L1)
        return {};
    for (const auto known :
         {CaptureSpec::Phase::AfterResponse, CaptureSpec::Phase::BeforeRequest}) {
        if (!phase || phase->isNull() || phase->text == capturePhaseName(known))
            return known;
    }
    return {};
}

QString capturePhaseName(CaptureSpec::Phase phase)
{
    return phase == CaptureSpec::Phase::BeforeRequest ? u"before-request"_s : u"after-response"_s;
}

QStringList assertionOperators()
{
    static const QStringList names =
        QString(u"eq neq gt gte lt lte in notIn contains notContains length matches notMatches "
                "startsWith endsWith between isEmpty isNotEmpty isNull isUndefined isDefined "
                "isTruthy isFalsy isJson isNumber isString isBoolean isArray"_s)
            .split(u' ');
    return names;
}

ValueType valueType(QStringView name)
{
    for (const TypeName &row : TypeNames) {
        if (name == row.name)
            return row.type;
    }
    return ValueType::Text;
}

QString valueTypeName(ValueType type)
{
    for (const TypeName &row : TypeNames) {
        if (type == row.type)
            return row.name;
    }
    Q_UNREACHABLE();
}

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
