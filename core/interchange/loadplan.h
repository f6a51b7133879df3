// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/exportjob.h"
#include "core/interchange/scripttext.h"

namespace Sluice {

/** A header, a form field or a parameter of a script's request. */
struct LoadField
{
    ScriptText name;
    ScriptText value;
    ScriptText contentType;
    bool isFile = false;
};

/** One request as a script sends it. */
struct LoadCall
{
    QString name; ///< For people: `folder/name`.
    QString method;
    ScriptText url; ///< With its query.
    std::vector<LoadField> headers;
    BodySpec::Kind body = BodySpec::Kind::None;
    ScriptText text;               ///< The body; the path of a file.
    ScriptText variables;          ///< Of GraphQl.
    std::vector<LoadField> fields; ///< FormUrlEncoded, Multipart.
    std::optional<std::pair<ScriptText, ScriptText>> basicAuth;
    int maxRedirects = 10;
    bool verifyTls = true;
    qint64 timeoutMs = 0;
    std::vector<CaptureSpec> captures;
    std::vector<std::pair<AssertionSpec, ScriptText>> assertions; ///< With the value's parts.
    QStringList names; ///< Variables that expressions may use.
};

/** Virtual users that share one limit: each has one request in flight. */
struct LoadGroup
{
    QString name; ///< Words for an identifier.
    QString host; ///< For people; empty = any.
    int users = 1;
    double perSecond = 0; ///< Requests a second of all of them; 0 = as fast as replies come.
    std::vector<std::size_t> calls;
};

/** The names at the start of the dotted words in the JavaScript \a expression. */
QStringList expressionNames(const QString &expression);

/** A run as closed-loop load generators think of it: virtual users in groups. */
struct LoadPlan
{
    QString name;
    bool isChained = false; ///< A user sends all calls one after another; else one at a time.
    bool carriesVariables = false; ///< Captures hold beyond the end of an iteration.
    bool isTwoHosts = false;
    qint64 iterations = 1;
    qint64 durationUs = 0; ///< Instead of iterations, when not 0.
    qint64 delayUs = 0;
    bool bail = false;
    bool verifyTls = true;
    double perSecond = 0;
    std::vector<LoadCall> calls;
    std::vector<LoadGroup> groups;
    QMap<QString, QString> constants;
    QMap<QString, QString> environment;
    std::vector<DataRow> data;
    QStringList notes;

    int users() const;
};

/** The requests of \a job alone, for targets that run nothing; `notes` says what they lose. */
Result<LoadPlan> requestPlan(const ExportJob &job);

/** What a GraphQL request sends: JSON of its query and variables. */
ScriptText graphQlBody(const LoadCall &call);

/**
 * The run of \a job as virtual users. A total below the sum of the hosts' limits is shared among
 * the hosts, since no engine has one semaphore over several of them; `notes` says what else of the
 * run is lost. Fails when there is no request.
 */
Result<LoadPlan> loadPlan(const ExportJob &job);

} // namespace Sluice
