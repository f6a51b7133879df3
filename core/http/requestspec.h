// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpversion.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Sluice {

/** What a variable is in JavaScript; in templates each goes in as it is written. */
enum class ValueType { Text, Number, Boolean, Object, Null };

/** The value of a variable. */
struct VariableValue
{
    QString text;
    ValueType type = ValueType::Text; ///< Text too where `text` does not read as the type.

    bool operator==(const VariableValue &) const = default;
};

/** A row of a table of names and values as a person edits it, `{{variables}}` unexpanded. */
struct NameValue
{
    QString name;
    QString value;
    QString description;
    bool enabled = true;
    ValueType type = ValueType::Text; ///< Of a variable.

    bool operator==(const NameValue &) const = default;
};

/** A URL parameter; a path parameter replaces `:name` in the URL. */
struct Param : NameValue
{
    bool isPath = false;

    bool operator==(const Param &) const = default;
};

/** One part of a form. */
struct FormField : NameValue
{
    bool isFile = false; ///< `value` holds paths, one a line, relative to the collection.
    QString contentType;

    bool operator==(const FormField &) const = default;
};

/** A request's body as edited. */
struct BodySpec
{
    enum class Kind { None, Json, Xml, Text, Sparql, FormUrlEncoded, Multipart, File, GraphQl };

    Kind kind = Kind::None;
    QString text;                  ///< Json, Xml, Text, Sparql; the query of GraphQl.
    QString graphQlVariables;      ///< JSON text.
    std::vector<FormField> fields; ///< FormUrlEncoded, Multipart.
    QString filePath;              ///< File.
    QString contentType;           ///< File.

    bool operator==(const BodySpec &) const = default;
};

/**
 * An authentication scheme and its parameters by the names of the file format (`username`,
 * `password`, `token`, …). Nested ones are named by their path: `credentials.clientId`,
 * `tokenConfig.placement.header`, `additionalParameters.accessTokenRequest[0].name`. Unknown types
 * are kept, so that they round-trip.
 */
struct AuthSpec
{
    QString type; ///< Empty = not written; `none`, `inherit`, `basic`, `bearer`, …
    QMap<QString, QString> params;

    bool operator==(const AuthSpec &) const = default;
};

/** A check on the response: `expression operator value`. */
struct AssertionSpec
{
    QString expression;
    QString op;
    QString value;
    bool enabled = true;

    bool operator==(const AssertionSpec &) const = default;
};

/** An action: sets a variable to what an expression gives. */
struct CaptureSpec
{
    enum class Phase {
        AfterResponse, ///< The expression sees the response.
        BeforeRequest, ///< The expression sees variables only; the request has the new one.
    };

    QString variable;
    QString expression;
    QString scope =
        QStringLiteral("runtime"); ///< `runtime`, `request`, `folder`, `collection`, `environment`.
    bool enabled = true;
    Phase phase = Phase::AfterResponse;

    bool operator==(const CaptureSpec &) const = default;
};

/** JavaScript that another program runs; kept, shown, not run. */
struct ScriptSpec
{
    QString type; ///< `before-request`, `after-response`, `tests`.
    QString code;

    bool operator==(const ScriptSpec &) const = default;
};

/** What a file may set about how a request is sent; empty = inherited. */
struct RequestSettings
{
    std::optional<bool> encodeUrl;
    std::optional<bool> followRedirects;
    std::optional<bool> forwardAuthorization; ///< Across a redirect to another origin.
    std::optional<int> maxRedirects;
    std::optional<qint64> timeoutMs;
    std::optional<bool> verifyTls;
    std::optional<HttpVersion> httpVersion;

    bool operator==(const RequestSettings &) const = default;
};

/** One saved request, as read from its file. */
struct RequestSpec
{
    enum class Kind { Http, GraphQl, Grpc, WebSocket, Unknown };

    Kind kind = Kind::Http;
    QString name;
    double seq = 0;
    QStringList tags;
    QString method = QStringLiteral("GET");
    QString url;
    std::vector<Param> params;
    std::vector<NameValue> headers;
    BodySpec body;
    AuthSpec auth;
    RequestSettings settings;
    std::vector<NameValue> variables;
    std::vector<AssertionSpec> assertions;
    std::vector<CaptureSpec> captures;
    std::vector<ScriptSpec> scripts;
    QString docs;

    bool operator==(const RequestSpec &) const = default;
};

/** What a collection or folder hands down to the requests under it. */
struct RequestDefaults
{
    std::vector<NameValue> headers;
    std::vector<NameValue> variables;
    AuthSpec auth;
    RequestSettings settings;
    std::vector<CaptureSpec> captures;
    std::vector<ScriptSpec> scripts;

    bool operator==(const RequestDefaults &) const = default;
};

} // namespace Sluice
