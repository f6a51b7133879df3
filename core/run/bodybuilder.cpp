// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/bodybuilder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonValue>
#include <QMimeDatabase>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** One part of a multipart body, expanded. */
struct Part
{
    QByteArray head;
    QByteArray content;
};

bool isInside(const QString &path, const QString &folder)
{
    const QString root = QFileInfo(folder).canonicalFilePath();
    return !root.isEmpty() && (path == root || path.startsWith(root + u'/'));
}

Result<QByteArray> readBodyFile(const QString &name, const BodyFiles &files)
{
    const QDir base(files.collectionPath.isEmpty() ? QDir::currentPath() : files.collectionPath);
    const QFileInfo info(base.absoluteFilePath(name));
    if (!info.isFile())
        return failure(ErrorCode::FileNotFound,
                       u"The body's file '%1' does not exist."_s.arg(name));
    // The canonical path, so that no link leads out.
    if (!files.allowOutside && !isInside(info.canonicalFilePath(), base.absolutePath())) {
        return failure(ErrorCode::Usage,
                       u"The body's file '%1' is outside the collection; --allow-outside-files "
                       "lets it be read."_s.arg(name));
    }
    QFile file(info.canonicalFilePath());
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io,
                       u"The body's file '%1' cannot be read: %2"_s.arg(name, file.errorString()));
    }
    return file.readAll();
}

QByteArray mimeTypeOf(const QString &fileName)
{
    static const QMimeDatabase database;
    return database.mimeTypeForFile(fileName, QMimeDatabase::MatchExtension).name().toLatin1();
}

Result<BuiltBody> buildText(const QString &text, const char *contentType, const Expand &expand)
{
    const Result<QString> expanded = expand(text);
    if (!expanded)
        return std::unexpected(expanded.error());
    return BuiltBody{expanded->toUtf8(), contentType};
}

Result<BuiltBody> buildForm(const BodySpec &spec, const Expand &expand)
{
    QByteArray bytes;
    for (const FormField &field : spec.fields) {
        if (!field.enabled)
            continue;
        const Result<QString> name = expand(field.name);
        const Result<QString> value = name ? expand(field.value) : name;
        if (!value)
            return std::unexpected(value.error());
        if (!bytes.isEmpty())
            bytes += '&';
        // https://url.spec.whatwg.org/#concept-urlencoded-serializer: blanks become '+'.
        bytes += QUrl::toPercentEncoding(*name, " *", "~").replace(' ', '+') + '='
                 + QUrl::toPercentEncoding(*value, " *", "~").replace(' ', '+');
    }
    return BuiltBody{bytes, "application/x-www-form-urlencoded"};
}

/** RFC 7578 2; quotes and line breaks are escaped as browsers do. */
QByteArray quoted(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    return '"' + bytes.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A") + '"';
}

Result<std::vector<Part>> partsOf(const FormField &field, const BodyFiles &files,
                                  const Expand &expand)
{
    const Result<QString> name = expand(field.name);
    const Result<QString> value = name ? expand(field.value) : name;
    const Result<QString> type = value ? expand(field.contentType) : value;
    if (!type)
        return std::unexpected(type.error());
    const QByteArray head = "Content-Disposition: form-data; name=" + quoted(*name);
    const QByteArray typeLine = type->isEmpty() ? "" : "\r\nContent-Type: " + type->toUtf8();
    if (!field.isFile)
        return std::vector<Part>{{head + typeLine, value->toUtf8()}};

    std::vector<Part> parts;
    const QStringList paths = value->split(u'\n', Qt::SkipEmptyParts);
    for (const QString &path : paths) {
        Result<QByteArray> content = readBodyFile(path.trimmed(), files);
        if (!content)
            return std::unexpected(content.error());
        const QString fileName = QFileInfo(path.trimmed()).fileName();
        const QByteArray fileType =
            type->isEmpty() ? "\r\nContent-Type: " + mimeTypeOf(fileName) : typeLine;
        parts.push_back({head + "; filename=" + quoted(fileName) + fileType, std::move(*content)});
    }
    return parts;
}

/** A line that none of \a parts contains, the same for the same parts. */
QByteArray boundaryFor(const std::vector<Part> &parts)
{
    for (int number = 0;; ++number) {
        const QByteArray boundary =
            "----SluiceFormBoundary" + QByteArray::number(number).rightJustified(6, '0');
        const bool isTaken = std::ranges::any_of(
            parts, [&boundary](const Part &part) { return part.content.contains(boundary); });
        if (!isTaken)
            return boundary;
    }
}

Result<BuiltBody> buildMultipart(const BodySpec &spec, const BodyFiles &files, const Expand &expand)
{
    std::vector<Part> parts;
    for (const FormField &field : spec.fields) {
        if (!field.enabled)
            continue;
        Result<std::vector<Part>> added = partsOf(field, files, expand);
        if (!added)
            return std::unexpected(added.error());
        std::ranges::move(*added, std::back_inserter(parts));
    }
    const QByteArray boundary = boundaryFor(parts);
    QByteArray bytes;
    for (const Part &part : parts)
        bytes += "--" + boundary + "\r\n" + part.head + "\r\n\r\n" + part.content + "\r\n";
    bytes += "--" + boundary + "--\r\n";
    return BuiltBody{bytes, "multipart/form-data; boundary=" + boundary};
}

Result<BuiltBody> buildFile(const BodySpec &spec, const BodyFiles &files, const Expand &expand)
{
    const Result<QString> path = expand(spec.filePath);
    const Result<QString> type = path ? expand(spec.contentType) : path;
    if (!type)
        return std::unexpected(type.error());
    Result<QByteArray> content = readBodyFile(*path, files);
    if (!content)
        return std::unexpected(content.error());
    return BuiltBody{std::move(*content), type->isEmpty() ? mimeTypeOf(*path) : type->toUtf8()};
}

Result<BuiltBody> buildGraphQl(const BodySpec &spec, const Expand &expand)
{
    const Result<QString> query = expand(spec.text);
    const Result<QString> variables = query ? expand(spec.graphQlVariables) : query;
    if (!variables)
        return std::unexpected(variables.error());
    // The text of the variables is kept as it is: numbers must not pass through doubles.
    const QByteArray given = variables->trimmed().toUtf8();
    QJsonParseError error;
    if (!given.isEmpty() && !QJsonDocument::fromJson(given, &error).isObject()) {
        return failure(ErrorCode::Usage, u"The GraphQL variables are not a JSON object: %1."_s.arg(
                                             error.errorString()));
    }
    const QByteArray list = QJsonDocument(QJsonArray{*query}).toJson(QJsonDocument::Compact);
    return BuiltBody{"{\"query\":" + list.sliced(1, list.size() - 2)
                         + (given.isEmpty() ? QByteArray() : ",\"variables\":" + given) + '}',
                     "application/json"};
}

} // namespace

Result<BuiltBody> buildBody(const BodySpec &spec, const BodyFiles &files, const Expand &expand)
{
    switch (spec.kind) {
    case BodySpec::Kind::None:
        return BuiltBody{};
    case BodySpec::Kind::Json:
        return buildText(spec.text, "application/json", expand);
    case BodySpec::Kind::Xml:
        return buildText(spec.text, "application/xml", expand);
    case BodySpec::Kind::Text:
        return buildText(spec.text, "text/plain", expand);
    case BodySpec::Kind::Sparql:
        return buildText(spec.text, "application/sparql-query", expand);
    case BodySpec::Kind::FormUrlEncoded:
        return buildForm(spec, expand);
    case BodySpec::Kind::Multipart:
        return buildMultipart(spec, files, expand);
    case BodySpec::Kind::File:
        return buildFile(spec, files, expand);
    case BodySpec::Kind::GraphQl:
        return buildGraphQl(spec, expand);
    }
    Q_UNREACHABLE();
}

} // namespace Sluice
