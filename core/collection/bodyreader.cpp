// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/bodyreader.h"

#include "core/collection/formatnames.h"
#include "core/collection/requestreader.h"

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

FormField readFormField(const YamlNode &item, bool multipart, YamlReader &reader)
{
    FormField field;
    static_cast<NameValue &>(field) = readNameValue(item, reader);
    field.contentType = reader.text(item, u"contentType");
    field.isFile = multipart && reader.text(item, u"type") == "file"_L1;
    const YamlNode *value = item.child(u"value");
    if (!value)
        return field;
    if (!field.isFile || !value->isSequence()) {
        field.value = reader.scalar(*value);
        return field;
    }
    QStringList paths;
    for (const YamlNode &path : value->children)
        paths.append(reader.scalar(path));
    field.value = paths.join(u'\n');
    return field;
}

void readFileBody(const YamlNode &body, BodySpec &spec, YamlReader &reader)
{
    const std::vector<const YamlNode *> files = reader.items(body, u"data");
    for (const YamlNode *file : files) {
        const bool selected = reader.boolean(*file, u"selected").value_or(files.size() == 1);
        if (!selected)
            continue;
        spec.filePath = reader.text(*file, u"filePath");
        spec.contentType = reader.text(*file, u"contentType");
        return;
    }
}

} // namespace

BodySpec readBody(const YamlNode &details, YamlReader &reader)
{
    BodySpec spec;
    const YamlNode *body = details.child(u"body");
    if (!body || body->isNull())
        return spec;
    if (body->isSequence())
        body = selectedVariant(*body, u"body");
    if (!body || !body->isMapping()) {
        reader.problem(*details.child(u"body"), u"\"body\" has to hold type and data"_s);
        return spec;
    }
    const QString type = reader.text(*body, u"type");
    const auto kind = bodyKind(type);
    if (!kind) {
        const YamlNode *place = body->child(u"type");
        reader.problem(place ? *place : *body, u"\"%1\" is not a type of body"_s.arg(type));
        return spec;
    }
    spec.kind = *kind;
    switch (spec.kind) {
    case BodySpec::Kind::FormUrlEncoded:
    case BodySpec::Kind::Multipart:
        for (const YamlNode *item : reader.items(*body, u"data")) {
            spec.fields.push_back(
                readFormField(*item, spec.kind == BodySpec::Kind::Multipart, reader));
        }
        break;
    case BodySpec::Kind::File:
        readFileBody(*body, spec, reader);
        break;
    default:
        spec.text = reader.text(*body, u"data");
        break;
    }
    return spec;
}

BodySpec readGraphQlBody(const YamlNode &details, YamlReader &reader)
{
    BodySpec spec;
    spec.kind = BodySpec::Kind::GraphQl;
    const YamlNode *body = details.child(u"body");
    if (body && body->isSequence())
        body = selectedVariant(*body, u"body");
    if (!body || body->isNull())
        return spec;
    spec.text = reader.text(*body, u"query");
    spec.graphQlVariables = reader.text(*body, u"variables");
    return spec;
}

} // namespace Sluice
