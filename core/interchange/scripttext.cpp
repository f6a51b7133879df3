// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/scripttext.h"

#include "core/environment/dynamicvalues.h"
#include "core/environment/template.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** The dynamic values that every script can make itself. */
const QSet<QString> &scriptableValues()
{
    static const QSet<QString> names{u"guid"_s, u"randomUUID"_s, u"timestamp"_s, u"isoTimestamp"_s,
                                     u"randomInt"_s};
    return names;
}

void appendLiteral(ScriptText &parts, const QString &text)
{
    if (text.isEmpty())
        return;
    if (!parts.empty() && parts.back().kind == TextPart::Kind::Literal)
        parts.back().text += text;
    else
        parts.push_back({TextPart::Kind::Literal, text});
}

QString environmentName(const QString &name)
{
    static const QRegularExpression odd(u"[^A-Za-z0-9_]"_s);
    QString result = name;
    result.replace(odd, u"_"_s);
    return !result.isEmpty() && result.front().isDigit() ? u'_' + result : result;
}

bool isIdentifier(const QString &name)
{
    static const QRegularExpression pattern(u"^[A-Za-z_$][A-Za-z0-9_$]*$"_s);
    return pattern.match(name).hasMatch();
}

QString dynamicCall(const QString &name)
{
    if (name == "randomUUID"_L1)
        return u"guid()"_s;
    return name + u"()"_s;
}

QString pythonDynamicCall(const QString &name)
{
    QString call = dynamicCall(name);
    call.replace(u"isoTimestamp"_s, u"iso_timestamp"_s);
    return call.replace(u"randomInt"_s, u"random_int"_s);
}

/** What both languages escape alike in a quoted string; other control characters as \\xNN. */
QString escaped(const QString &text, QChar quote)
{
    QString result;
    for (const QChar c : text) {
        if (c == u'\\' || c == quote)
            result += QString(u'\\') + c;
        else if (c == u'\n')
            result += u"\\n"_s;
        else if (c == u'\r')
            result += u"\\r"_s;
        else if (c == u'\t')
            result += u"\\t"_s;
        else if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            result += u"\\x%1"_s.arg(uint(c.unicode()), 2, 16, QChar(u'0'));
        else if (c.unicode() == 0x2028 || c.unicode() == 0x2029)
            result += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
        else
            result += c;
    }
    return result;
}

} // namespace

ScriptText ScriptTexts::parts(const QString &text, const VariableScopes &scopes)
{
    ScriptText result;
    QStringList open;
    append(result, text, scopes, open);
    return result;
}

ScriptText ScriptTexts::escapedParts(const QString &text, const VariableScopes &scopes,
                                     const char *keep)
{
    ScriptText result = parts(text, scopes);
    for (TextPart &part : result) {
        if (part.kind == TextPart::Kind::Literal)
            part.text = QString::fromLatin1(QUrl::toPercentEncoding(part.text, keep));
        else
            part.isEscaped = true;
    }
    return result;
}

void ScriptTexts::append(ScriptText &parts, const QString &text, const VariableScopes &scopes,
                         QStringList &open)
{
    qsizetype at = 0;
    for (const Placeholder &placeholder : findPlaceholders(text)) {
        appendLiteral(parts, text.sliced(at, placeholder.begin - at));
        appendVariable(parts, placeholder.name, scopes, open);
        at = placeholder.begin + placeholder.length;
    }
    appendLiteral(parts, text.sliced(at));
}

void ScriptTexts::appendVariable(ScriptText &parts, const QString &name,
                                 const VariableScopes &scopes, QStringList &open)
{
    if (name.startsWith(u'$')) {
        const QString value = name.sliced(1);
        if (scriptableValues().contains(value)) {
            parts.push_back({TextPart::Kind::Dynamic, value});
            return;
        }
        if (!m_dynamic.contains(name))
            m_dynamic += name;
        appendLiteral(parts, DynamicValues().next(value).value_or(u"{{"_s + name + u"}}"_s));
        return;
    }
    const std::optional<Variable> variable = scopes.find(name);
    if (m_changing.contains(name)) {
        if (variable && !variable->secret && findPlaceholders(variable->value).empty())
            m_constants.insert(name, variable->value);
        parts.push_back({TextPart::Kind::Variable, name});
        return;
    }
    if (name.startsWith("process.env."_L1) || (variable && variable->secret)) {
        addEnvironment(
            name, environmentName(name.startsWith("process.env."_L1) ? name.sliced(12) : name));
        parts.push_back({TextPart::Kind::Variable, name});
        return;
    }
    if (!variable || open.contains(name)) {
        if (!m_unknown.contains(name))
            m_unknown += name;
        appendLiteral(parts, u"{{"_s + name + u"}}"_s);
        return;
    }
    const bool isShared = variable->scope == VariableScope::Environment
                          || variable->scope == VariableScope::Collection
                          || variable->scope == VariableScope::Runtime;
    if (isShared) {
        open.append(name);
        ScriptText value;
        append(value, variable->value, scopes, open);
        open.removeLast();
        if (isConstant(value)) {
            m_constants.insert(name, plainText(value, m_constants));
            parts.push_back({TextPart::Kind::Variable, name});
            return;
        }
    }
    open.append(name);
    append(parts, variable->value, scopes, open);
    open.removeLast();
}

/** True when nothing in \a parts can change between two requests. */
bool ScriptTexts::isConstant(const ScriptText &parts) const
{
    return std::ranges::all_of(parts, [this](const TextPart &part) {
        return part.kind == TextPart::Kind::Literal
               || (part.kind == TextPart::Kind::Variable && m_constants.contains(part.text)
                   && !m_changing.contains(part.text));
    });
}

void ScriptTexts::addEnvironment(const QString &name, const QString &variable)
{
    m_environment.insert(name, variable);
}

bool isLiteral(const ScriptText &parts)
{
    return std::ranges::all_of(
        parts, [](const TextPart &part) { return part.kind == TextPart::Kind::Literal; });
}

QString plainText(const ScriptText &parts, const QMap<QString, QString> &values)
{
    QString text;
    for (const TextPart &part : parts) {
        if (part.kind == TextPart::Kind::Literal)
            text += part.text;
        else if (part.kind == TextPart::Kind::Variable && values.contains(part.text))
            text += values.value(part.text);
        else
            text += u"{{%1%2}}"_s.arg(part.kind == TextPart::Kind::Dynamic ? u"$"_s : QString(),
                                      part.text);
    }
    return text;
}

QString javaScriptString(const QString &text)
{
    return u'\'' + escaped(text, u'\'') + u'\'';
}

QString javaScriptVariable(const QString &name)
{
    return isIdentifier(name) ? u"vars."_s + name : u"vars[%1]"_s.arg(javaScriptString(name));
}

QString javaScriptText(const ScriptText &parts)
{
    const bool hasLines =
        std::ranges::any_of(parts, [](const TextPart &part) { return part.text.contains(u'\n'); });
    if (isLiteral(parts) && !hasLines)
        return javaScriptString(plainText(parts, {}));
    QString result;
    for (const TextPart &part : parts) {
        if (part.kind == TextPart::Kind::Literal) {
            QString text = escaped(part.text, u'`');
            text.replace(u"${"_s, u"\\${"_s);
            // Line breaks stay readable; an escaped backslash before an n is not one of them.
            static const QRegularExpression lineBreak(uR"((?<!\\)((?:\\\\)*)\\n)"_s);
            result += text.replace(lineBreak, u"\\1\n"_s);
            continue;
        }
        const QString value = part.kind == TextPart::Kind::Dynamic ? dynamicCall(part.text)
                                                                   : javaScriptVariable(part.text);
        result +=
            part.isEscaped ? u"${encodeURIComponent(%1)}"_s.arg(value) : u"${"_s + value + u'}';
    }
    return u'`' + result + u'`';
}

QString pythonString(const QString &text)
{
    return u'"' + escaped(text, u'"') + u'"';
}

QString pythonText(const ScriptText &parts)
{
    if (isLiteral(parts))
        return pythonString(plainText(parts, {}));
    QString result;
    for (const TextPart &part : parts) {
        if (part.kind == TextPart::Kind::Literal) {
            QString text = escaped(part.text, u'"');
            text.replace(u"{"_s, u"{{"_s);
            result += text.replace(u"}"_s, u"}}"_s);
            continue;
        }
        const QString value = part.kind == TextPart::Kind::Dynamic ? pythonDynamicCall(part.text)
                                                                   : u"v['%1']"_s.arg(part.text);
        result += part.isEscaped ? u"{quote(%1, safe='')}"_s.arg(value) : u'{' + value + u'}';
    }
    return u"f\""_s + result + u'"';
}

QString scriptIdentifier(const QString &text, const QString &joint)
{
    QString result;
    bool isNewWord = false;
    for (const QChar c : text) {
        if (c.unicode() > 127 || !c.isLetterOrNumber()) {
            isNewWord = !result.isEmpty();
            continue;
        }
        const bool isCamel = isNewWord && joint.isEmpty();
        if (isNewWord)
            result += joint;
        result += isCamel ? c.toUpper() : joint.isEmpty() && !result.isEmpty() ? c : c.toLower();
        isNewWord = false;
    }
    if (result.isEmpty() || result.front().isDigit())
        result.prepend(joint.isEmpty() ? u"request"_s : u"request_"_s);
    return result;
}

} // namespace Sluice
