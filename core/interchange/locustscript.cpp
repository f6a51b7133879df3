// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/locustscript.h"

#include "core/interchange/loadplan.h"
#include "core/interchange/loadscript.h"
#include "core/interchange/locustchecks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString pairsOf(const std::vector<LoadField> &fields)
{
    QStringList pairs;
    for (const LoadField &field : fields)
        pairs += u"(%1, %2)"_s.arg(pythonText(field.name), pythonText(field.value));
    return pairs.size() == 1 ? pairs.first() + u',' : pairs.join(u", "_s);
}

QString filesOf(const LoadCall &call)
{
    QString code;
    for (const LoadField &field : call.fields) {
        const QString type =
            field.contentType.empty() ? QString() : u", "_s + pythonText(field.contentType);
        const QString name =
            field.isFile ? pythonString(plainText(field.value, {}).section(u'/', -1)) : u"None"_s;
        const QString value = field.isFile ? u"Path(%1).read_bytes()"_s.arg(pythonText(field.value))
                                           : pythonText(field.value);
        code += u"            (%1, (%2, %3%4)),\n"_s.arg(pythonText(field.name), name, value, type);
    }
    return u"        files=[\n%1        ],\n"_s.arg(code);
}

QString bodyOf(const LoadCall &call)
{
    switch (call.body) {
    case BodySpec::Kind::None:
        return {};
    case BodySpec::Kind::FormUrlEncoded:
        return u"        data=[%1],\n"_s.arg(pairsOf(call.fields));
    case BodySpec::Kind::Multipart:
        return filesOf(call);
    case BodySpec::Kind::File:
        return u"        data=Path(%1).read_bytes(),\n"_s.arg(pythonText(call.text));
    case BodySpec::Kind::GraphQl: {
        const QString variables =
            call.variables.empty()
                ? QString()
                : u", \"variables\": json.loads(%1)"_s.arg(pythonText(call.variables));
        return u"        json={\"query\": %1%2},\n"_s.arg(pythonText(call.text), variables);
    }
    default:
        return u"        data=%1.encode(),\n"_s.arg(pythonText(call.text));
    }
}

QString headersOf(const LoadCall &call)
{
    QString code;
    for (const LoadField &field : call.headers)
        code += u"            %1: %2,\n"_s.arg(pythonText(field.name), pythonText(field.value));
    return code.isEmpty() ? QString() : u"        headers={\n%1        },\n"_s.arg(code);
}

QString callCode(const LoadCall &call, QStringList &notes)
{
    QString code =
        u"    with client.request(\n        \"%1\",\n        %2,\n        name=%3,\n"_s.arg(
            call.method, pythonText(call.url), pythonString(call.name));
    code += headersOf(call) + bodyOf(call);
    if (call.basicAuth) {
        code += u"        auth=(%1, %2),\n"_s.arg(pythonText(call.basicAuth->first),
                                                  pythonText(call.basicAuth->second));
    }
    if (call.timeoutMs > 0)
        code += u"        timeout=%1,\n"_s.arg(double(call.timeoutMs) / 1000);
    if (!call.verifyTls)
        code += u"        verify=False,\n"_s;
    if (call.maxRedirects == 0)
        code += u"        allow_redirects=False,\n"_s;
    code += u"        catch_response=True,\n    ) as response:\n"
            "        if response.status_code == 0:\n"
            "            return False  # no reply came; Locust counts it as a failure\n"_s;
    const QString checks = locustChecks(call, notes);
    if (checks.isEmpty())
        return code + u"        response.success()\n        return True"_s;
    return code + u"        failures = []\n"_s + checks
           + u"        if failures:\n            response.failure(\"; \".join(failures))\n"
             "        else:\n            response.success()  # whatever the status\n"
             "        return not failures"_s;
}

QString iterateCode(const LoadPlan &plan)
{
    const QString row = plan.isChained ? u"number"_s : u"number // len(self.calls)"_s;
    QString variables = u"        v = {**CONSTANTS"_s;
    if (plan.carriesVariables)
        variables += u", **self.carried"_s;
    if (!plan.data.empty())
        variables += u", **ROWS[%1 % len(ROWS)]"_s.arg(plan.isChained ? row : u"(%1)"_s.arg(row));
    QString code = variables + u"}\n"_s;
    const QString indent = plan.isChained ? u"            "_s : u"        "_s;
    if (!plan.isChained)
        code += u"        call = self.calls[number % len(self.calls)]\n"_s;
    else if (plan.delayUs > 0)
        code += u"        for index, call in enumerate(self.calls):\n            if index:\n"
                "                time.sleep(%1)\n"_s.arg(double(plan.delayUs) / 1e6);
    else
        code += u"        for call in self.calls:\n"_s;
    code += indent
            + (plan.bail ? u"if not call(self.client, v):\n%1    self.stop_run()\n%1    "
                           "return\n"_s.arg(indent)
                         : u"call(self.client, v)\n"_s);
    if (plan.carriesVariables)
        code += u"        self.carried = v\n"_s;
    code.chop(1);
    return code;
}

QString header(const LoadPlan &plan, const QStringList &notes)
{
    QStringList lines{
        u"%1, written by Sluice %2 for Locust 2.9 and later."_s.arg(plan.name,
                                                                    QStringLiteral(SLUICE_VERSION)),
        {},
        u"In one process:  locust --headless --stop-timeout 60 -f FILE"_s,
        u"Distributed:     locust --headless --stop-timeout 60 --master --expect-workers N -f "
        "FILE"_s,
        u"                 locust --worker --master-host HOST -f FILE    (N times)"_s,
        {},
        u"A user has one request in flight, so users are the limit; the master spreads them over "
        "its"_s,
        u"workers and hands the iterations out. It is a closed loop: a slow server is asked less"_s,
        u"often, and what a request would have waited for is in no latency (coordinated"_s,
        u"omission). The response times have no queue in them."_s};
    return scriptHeader(lines, plan, notes, u"# "_s);
}

void addFlags(TemplateValues &values, const LoadPlan &plan, const QString &code)
{
    const auto uses = [&code](QLatin1StringView text) { return code.contains(text); };
    const auto flag = [&values](const QString &name, bool value) {
        values.values.insert(name, value ? u"1"_s : QString());
    };
    const bool looksUp = uses("MISSING"_L1) || uses("body_of("_L1);
    flag(u"usesLookUp"_s, looksUp);
    flag(u"usesTextOf"_s, uses("text_of("_L1));
    flag(u"usesLiteral"_s, uses("literal"_L1));
    flag(u"usesHolds"_s, uses("holds("_L1));
    flag(u"usesGuid"_s, uses("guid()"_L1));
    flag(u"usesTime"_s, uses("timestamp()"_L1));
    flag(u"usesRandom"_s, uses("random_int()"_L1));
    flag(u"quotes"_s, uses("{quote("_L1));
    flag(u"hasRows"_s, !plan.data.empty());
    flag(u"paces"_s, std::ranges::any_of(
                         plan.groups, [](const LoadGroup &group) { return group.perSecond > 0; }));
    QStringList modules{u"collections"_s};
    if (uses("json."_L1) || uses("text_of("_L1) || uses("literal"_L1))
        modules += u"json"_s;
    if (!plan.environment.isEmpty())
        modules += u"os"_s;
    if (uses("random_int()"_L1))
        modules += u"random"_s;
    if (uses("re.search("_L1))
        modules += u"re"_s;
    if (uses("time.sleep("_L1) || uses("timestamp()"_L1))
        modules += u"time"_s;
    if (uses("guid()"_L1))
        modules += u"uuid"_s;
    for (const QString &module : modules)
        values.lists[u"imports"_s].push_back({{u"module"_s, module}});
    flag(u"usesPath"_s, uses("Path("_L1));
}

void addConstants(TemplateValues &values, const LoadPlan &plan)
{
    std::vector<QMap<QString, QString>> &list = values.lists[u"constants"_s];
    for (const auto &[name, value] : plan.constants.asKeyValueRange())
        list.push_back({{u"name"_s, pythonString(name)}, {u"value"_s, pythonString(value)}});
    for (const auto &[name, variable] : plan.environment.asKeyValueRange()) {
        list.push_back({{u"name"_s, pythonString(name)},
                        {u"value"_s, u"os.environ[%1]"_s.arg(pythonString(variable))}});
    }
    std::vector<QMap<QString, QString>> &rows = values.lists[u"rows"_s];
    for (const DataRow &row : plan.data) {
        QStringList names = row.keys();
        names.sort();
        QStringList cells;
        for (const QString &name : names)
            cells += u"%1: %2"_s.arg(pythonString(name), pythonString(row.value(name)));
        rows.push_back({{u"row"_s, u"{%1}"_s.arg(cells.join(u", "_s))}});
    }
}

QString className(const QString &text)
{
    QString name = scriptIdentifier(text, {});
    name.front() = name.front().toUpper();
    return name;
}

void addGroups(TemplateValues &values, const LoadPlan &plan, const QStringList &functions)
{
    UniqueNames names({u"Users"_s, u"Plan"_s, u"Numbers"_s, u"Queue"_s, u"Path"_s, u"StopUser"_s,
                       u"HttpUser"_s, u"LoadTestShape"_s, u"MasterRunner"_s});
    std::vector<QMap<QString, QString>> &list = values.lists[u"groups"_s];
    for (const LoadGroup &group : plan.groups) {
        QStringList calls;
        for (const std::size_t call : group.calls)
            calls += functions[qsizetype(call)];
        // A task is one request, or one iteration of a chain.
        const double requests = plan.isChained ? double(group.calls.size()) : 1;
        const double rate = group.perSecond / group.users / requests;
        list.push_back({{u"name"_s, names.take(className(group.name))},
                        {u"about"_s, scriptGroupAbout(plan, group)},
                        {u"users"_s, QString::number(group.users)},
                        {u"rate"_s, rate > 0 ? QString::number(rate) : QString()},
                        {u"perSecond"_s, QString::number(group.perSecond)},
                        {u"calls"_s, calls.join(u", "_s)}});
    }
}

} // namespace

Result<Exported> exportLocust(const ExportJob &job)
{
    const Result<LoadPlan> plan = loadPlan(job);
    if (!plan)
        return std::unexpected(plan.error());
    QStringList notes = plan->notes;
    if (plan->isTwoHosts && !plan->isChained)
        notes += u"A redirect to another host counts under the host it came from."_s;
    if (plan->durationUs > 0)
        notes += u"Locust stops at the end of the time; --stop-timeout lets what is in flight "
                 "finish."_s;
    TemplateValues values;
    UniqueNames names({u"client"_s,     u"v"_s,           u"hand_out"_s,  u"listen"_s,
                       u"look_up"_s,    u"body_of"_s,     u"text_of"_s,   u"literal"_s,
                       u"holds"_s,      u"guid"_s,        u"timestamp"_s, u"iso_timestamp"_s,
                       u"random_int"_s, u"numbers"_s,     u"given"_s,     u"ended"_s,
                       u"events"_s,     u"task"_s,        u"quote"_s,     u"json"_s,
                       u"os"_s,         u"re"_s,          u"time"_s,      u"uuid"_s,
                       u"random"_s,     u"collections"_s, u"import"_s,    u"from"_s,
                       u"global"_s,     u"del"_s,         u"return"_s,    u"for"_s,
                       u"class"_s,      u"def"_s,         u"in"_s,        u"is"_s,
                       u"not"_s,        u"or"_s,          u"and"_s,       u"if"_s,
                       u"pass"_s,       u"raise"_s,       u"try"_s,       u"with"_s,
                       u"yield"_s});
    QStringList functions;
    QString code;
    std::vector<QMap<QString, QString>> &calls = values.lists[u"calls"_s];
    for (const LoadCall &call : plan->calls) {
        functions += names.take(scriptIdentifier(call.name, u"_"_s));
        const QString text = callCode(call, notes);
        calls.push_back({{u"name"_s, functions.last()},
                         {u"about"_s, commentText(call.name)},
                         {u"code"_s, text}});
        code += text;
    }
    const QString iterate = iterateCode(*plan);
    values.lists[u"rows"_s] = {};
    values.lists[u"constants"_s] = {};
    addGroups(values, *plan, functions);
    addConstants(values, *plan);
    addFlags(values, *plan, code + iterate);
    values.values.insert(
        {{u"header"_s, header(*plan, notes)},
         {u"users"_s, QString::number(plan->users())},
         {u"iterations"_s, QString::number(plan->durationUs > 0 ? 0 : plan->iterations)},
         {u"seconds"_s, QString::number(double(plan->durationUs) / 1e6)},
         {u"perIteration"_s, plan->isChained ? u"1"_s : u"len(self.calls)"_s},
         {u"carries"_s, plan->carriesVariables ? u"1"_s : QString()},
         {u"iterate"_s, iterate}});
    return expandScript(u"locust.py"_s, values, notes);
}

} // namespace Sluice
