// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/k6script.h"

#include "core/interchange/codetemplate.h"
#include "core/interchange/k6checks.h"
#include "core/interchange/loadplan.h"
#include "core/interchange/loadscript.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString fieldName(const ScriptText &name)
{
    return isLiteral(name) ? javaScriptString(plainText(name, {}))
                           : u'[' + javaScriptText(name) + u']';
}

QString formFields(const LoadCall &call)
{
    QStringList pairs;
    for (const LoadField &field : call.fields)
        pairs += u"[%1, %2]"_s.arg(javaScriptText(field.name), javaScriptText(field.value));
    return u"encodeForm([%1])"_s.arg(pairs.join(u", "_s));
}

QString multipartFields(const LoadCall &call)
{
    QStringList entries;
    for (const LoadField &field : call.fields) {
        QString value = javaScriptText(field.value);
        if (field.isFile) {
            const QString path = plainText(field.value, {});
            const QString type =
                field.contentType.empty() ? QString() : u", "_s + javaScriptText(field.contentType);
            value = u"http.file(files[%1], %2%3)"_s.arg(
                javaScriptString(path), javaScriptString(path.section(u'/', -1)), type);
        }
        entries += u"%1: %2"_s.arg(fieldName(field.name), value);
    }
    return u"{ %1 }"_s.arg(entries.join(u", "_s));
}

QString bodyOf(const LoadCall &call)
{
    switch (call.body) {
    case BodySpec::Kind::None:
        return u"null"_s;
    case BodySpec::Kind::FormUrlEncoded:
        return formFields(call);
    case BodySpec::Kind::Multipart:
        return multipartFields(call);
    case BodySpec::Kind::File:
        return u"files[%1]"_s.arg(javaScriptString(plainText(call.text, {})));
    case BodySpec::Kind::GraphQl:
        return call.variables.empty()
                   ? u"JSON.stringify({ query: %1 })"_s.arg(javaScriptText(call.text))
                   : u"JSON.stringify({ query: %1, variables: JSON.parse(%2) })"_s.arg(
                         javaScriptText(call.text), javaScriptText(call.variables));
    default:
        return javaScriptText(call.text);
    }
}

QString headersOf(const LoadCall &call)
{
    QStringList entries;
    for (const LoadField &field : call.headers)
        entries += u"      %1: %2,\n"_s.arg(fieldName(field.name), javaScriptText(field.value));
    if (call.basicAuth) {
        ScriptText pair = call.basicAuth->first;
        pair.push_back({TextPart::Kind::Literal, u":"_s});
        std::ranges::copy(call.basicAuth->second, std::back_inserter(pair));
        entries += u"      Authorization: `Basic ${encoding.b64encode(%1)}`,\n"_s.arg(
            javaScriptText(pair));
    }
    return entries.isEmpty() ? QString()
                             : u"    headers: {\n%1    },\n"_s.arg(entries.join(QString()));
}

QString callCode(const LoadCall &call, bool bail)
{
    QString code = u"  const response = http.request('%1', %2, %3, {\n"_s.arg(
        call.method, javaScriptText(call.url), bodyOf(call));
    code += headersOf(call);
    code += u"    tags: { name: %1 },\n"_s.arg(javaScriptString(call.name));
    if (call.timeoutMs > 0)
        code += u"    timeout: '%1ms',\n"_s.arg(call.timeoutMs);
    code += u"    redirects: %1,\n  })\n"_s.arg(call.maxRedirects);
    code += k6Captures(call);
    code += k6Checks(call, bail);
    code.chop(1);
    return code;
}

/** The names of the functions, unique and no word of the language. */
QStringList functionNames(const LoadPlan &plan)
{
    UniqueNames names(
        {u"http"_s,         u"check"_s,     u"sleep"_s,      u"exec"_s,     u"encoding"_s,
         u"options"_s,      u"constants"_s, u"rows"_s,       u"files"_s,    u"replyOf"_s,
         u"attempt"_s,      u"literal"_s,   u"encodeForm"_s, u"guid"_s,     u"timestamp"_s,
         u"isoTimestamp"_s, u"randomInt"_s, u"carried"_s,    u"delete"_s,   u"new"_s,
         u"default"_s,      u"import"_s,    u"export"_s,     u"function"_s, u"return"_s,
         u"in"_s,           u"do"_s,        u"if"_s,         u"for"_s,      u"switch"_s,
         u"void"_s,         u"with"_s,      u"this"_s,       u"try"_s,      u"case"_s,
         u"class"_s,        u"const"_s,     u"let"_s});
    QStringList result;
    for (const LoadCall &call : plan.calls)
        result += names.take(scriptIdentifier(call.name, {}));
    for (const LoadGroup &group : plan.groups)
        result += names.take(scriptIdentifier(group.name, u"_"_s));
    return result;
}

QString groupCode(const LoadPlan &plan, const LoadGroup &group, const QStringList &names)
{
    QStringList calls;
    for (const std::size_t call : group.calls)
        calls += names[qsizetype(call)];
    QString code;
    QString iteration = u"exec.scenario.iterationInTest"_s;
    if (!plan.isChained) {
        code += u"  const calls = [%1]\n  const number = exec.scenario.iterationInTest\n"_s.arg(
            calls.join(u", "_s));
        iteration = u"Math.floor(number / calls.length)"_s;
    }
    QStringList sources{u"...constants"_s};
    if (!plan.data.empty())
        sources += u"...rows[%1 % rows.length]"_s.arg(iteration);
    if (plan.carriesVariables)
        sources.insert(1, u"...carried"_s);
    code += u"  const vars = { %1 }\n"_s.arg(sources.join(u", "_s));
    if (!plan.isChained)
        return code + u"  calls[number % calls.length](vars)"_s;
    const QString delay = u"  sleep(%1)\n"_s.arg(double(plan.delayUs) / 1e6);
    for (qsizetype i = 0; i < calls.size(); ++i) {
        if (i > 0 && plan.delayUs > 0)
            code += delay;
        code += u"  %1(vars)\n"_s.arg(calls[i]);
    }
    if (plan.carriesVariables)
        code += u"  carried = vars\n"_s;
    code.chop(1);
    return code;
}

QString header(const LoadPlan &plan, const QStringList &notes)
{
    const int least = std::ranges::min(plan.groups, {}, &LoadGroup::users).users;
    QStringList lines{
        u"%1, written by Sluice %2 for k6."_s.arg(plan.name, QStringLiteral(SLUICE_VERSION)),
        {},
        u"On one machine:    k6 run FILE"_s,
        u"With k6-operator:  kubectl create configmap plan --from-file FILE, and a TestRun with"_s,
        u"                   spec: { parallelism: N, script: { configMap: { name: plan } } }"_s,
        u"                   N is at most %1: users are divided, and no instance may have none."_s
            .arg(least),
        {},
        u"A user (VU) has one request in flight, so users are the limit. It is a closed loop: a "
        "slow"_s,
        u"server is asked less often, and what a request would have waited for is in no latency"_s,
        u"(coordinated omission). http_req_duration has no queue in it."_s};
    return scriptHeader(lines, plan, notes, u"// "_s);
}

void addFlags(TemplateValues &values, const LoadPlan &plan, const QString &code)
{
    const auto flag = [&](const QString &name, bool value) {
        values.values.insert(name, value ? u"1"_s : QString());
    };
    const auto uses = [&code](QLatin1StringView text) { return code.contains(text); };
    flag(u"hasRows"_s, !plan.data.empty());
    flag(u"hasFiles"_s, uses("files["_L1));
    flag(u"hasChecks"_s, uses("replyOf("_L1));
    flag(u"hasLiterals"_s, uses("literal("_L1));
    flag(u"hasForms"_s, uses("encodeForm("_L1));
    flag(u"usesGuid"_s, uses("guid()"_L1));
    flag(u"usesTime"_s, uses("imestamp()"_L1));
    flag(u"usesRandom"_s, uses("randomInt()"_L1));
    flag(u"carries"_s, plan.carriesVariables);
    flag(u"insecure"_s, !plan.verifyTls);
    values.values.insert(u"rps"_s,
                         plan.perSecond > 0 ? QString::number(plan.perSecond) : QString());
    const bool hasChecks = uses("check("_L1);
    values.values.insert(u"thresholds"_s, hasChecks ? u"checks: ['rate==1']"_s : QString());
    std::vector<QMap<QString, QString>> &imports = values.lists[u"imports"_s];
    const bool sleeps = uses("sleep("_L1);
    if (hasChecks || sleeps) {
        QStringList what;
        if (hasChecks)
            what += u"check"_s;
        if (sleeps)
            what += u"sleep"_s;
        imports.push_back(
            {{u"what"_s, u"{ %1 }"_s.arg(what.join(u", "_s))}, {u"module"_s, u"k6"_s}});
    }
    if (uses("encoding."_L1))
        imports.push_back({{u"what"_s, u"encoding"_s}, {u"module"_s, u"k6/encoding"_s}});
    if (uses("exec."_L1))
        imports.push_back({{u"what"_s, u"exec"_s}, {u"module"_s, u"k6/execution"_s}});
}

void addConstants(TemplateValues &values, const LoadPlan &plan)
{
    const auto key = [](const QString &name) {
        const QString variable = javaScriptVariable(name);
        return variable.startsWith("vars."_L1) ? variable.sliced(5)
                                               : variable.sliced(5, variable.size() - 6);
    };
    std::vector<QMap<QString, QString>> &list = values.lists[u"constants"_s];
    for (const auto &[name, value] : plan.constants.asKeyValueRange())
        list.push_back({{u"name"_s, key(name)}, {u"value"_s, javaScriptString(value)}});
    for (const auto &[name, variable] : plan.environment.asKeyValueRange())
        list.push_back({{u"name"_s, key(name)}, {u"value"_s, u"__ENV."_s + variable}});
    std::vector<QMap<QString, QString>> &rows = values.lists[u"rows"_s];
    for (const DataRow &row : plan.data) {
        QStringList names = row.keys();
        names.sort();
        QStringList cells;
        for (const QString &name : names)
            cells += u"%1: %2"_s.arg(key(name), javaScriptString(row.value(name)));
        rows.push_back({{u"row"_s, u"{ %1 }"_s.arg(cells.join(u", "_s))}});
    }
}

void addGroups(TemplateValues &values, const LoadPlan &plan, const QStringList &names)
{
    std::vector<QMap<QString, QString>> &list = values.lists[u"groups"_s];
    for (std::size_t i = 0; i < plan.groups.size(); ++i) {
        const LoadGroup &group = plan.groups[i];
        const qint64 each = plan.isChained ? 1 : qint64(group.calls.size());
        const qint64 iterations = plan.iterations * each;
        list.push_back(
            {{u"name"_s, names[qsizetype(plan.calls.size() + i)]},
             {u"about"_s, scriptGroupAbout(plan, group)},
             {u"executor"_s, plan.durationUs > 0 ? u"constant-vus"_s : u"shared-iterations"_s},
             {u"users"_s,
              QString::number(plan.durationUs > 0 ? qint64(group.users)
                                                  : std::min<qint64>(group.users, iterations))},
             {u"duration"_s,
              plan.durationUs > 0 ? u"%1ms"_s.arg(plan.durationUs / 1000) : QString()},
             {u"iterations"_s, QString::number(iterations)},
             {u"code"_s, groupCode(plan, group, names)}});
    }
}

void addFiles(TemplateValues &values, const LoadPlan &plan)
{
    QStringList paths;
    for (const LoadCall &call : plan.calls) {
        if (call.body == BodySpec::Kind::File)
            paths += plainText(call.text, {});
        for (const LoadField &field : call.fields) {
            if (field.isFile)
                paths += plainText(field.value, {});
        }
    }
    paths.removeDuplicates();
    for (const QString &path : paths)
        values.lists[u"files"_s].push_back({{u"path"_s, javaScriptString(path)}});
}

QStringList k6Notes(const LoadPlan &plan)
{
    QStringList notes;
    const bool hasHostRate = std::ranges::any_of(plan.groups, [&plan](const LoadGroup &group) {
        return group.perSecond > 0 && plan.perSecond == 0;
    });
    if (hasHostRate)
        notes += u"k6 has no rate for one host."_s;
    if (plan.isTwoHosts && !plan.isChained)
        notes += u"A redirect to another host counts under the host it came from."_s;
    return notes;
}

} // namespace

Result<Exported> exportK6(const ExportJob &job)
{
    const Result<LoadPlan> plan = loadPlan(job);
    if (!plan)
        return std::unexpected(plan.error());
    const QStringList names = functionNames(*plan);
    TemplateValues values;
    QString code;
    std::vector<QMap<QString, QString>> &calls = values.lists[u"calls"_s];
    for (std::size_t i = 0; i < plan->calls.size(); ++i) {
        const LoadCall &call = plan->calls[i];
        const QString text = callCode(call, plan->bail);
        calls.push_back({{u"name"_s, names[qsizetype(i)]},
                         {u"about"_s, commentText(call.name)},
                         {u"code"_s, text}});
        code += text;
    }
    addGroups(values, *plan, names);
    for (const QMap<QString, QString> &group : values.lists[u"groups"_s])
        code += group[u"code"_s];
    values.lists[u"files"_s] = {};
    values.lists[u"constants"_s] = {};
    values.lists[u"rows"_s] = {};
    addFiles(values, *plan);
    addConstants(values, *plan);
    addFlags(values, *plan, code);
    const QStringList notes = plan->notes + k6Notes(*plan);
    values.values.insert(u"header"_s, header(*plan, notes));
    return expandScript(u"k6.js"_s, values, notes);
}

} // namespace Sluice
