// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/template.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** A chain that grows without a cycle would need this many different variables. */
constexpr qsizetype MaxDepth = 100;
/** Variables that double each other reach any size; past this one the text is refused. */
constexpr qsizetype MaxSize = qsizetype(256) * 1024 * 1024;

bool isNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || u"_-.[]"_s.contains(c);
}

bool isName(QStringView name)
{
    if (name.startsWith(u'$'))
        name = name.sliced(1);
    return !name.isEmpty() && name.front() != u'[' && name.front() != u']'
           && std::ranges::all_of(name, isNameCharacter);
}

} // namespace

std::vector<Placeholder> findPlaceholders(QStringView text)
{
    std::vector<Placeholder> found;
    qsizetype from = 0;
    while ((from = text.indexOf("{{"_L1, from)) >= 0) {
        const qsizetype close = text.indexOf("}}"_L1, from + 2);
        if (close < 0)
            break;
        // No name holds a brace, so of a row of them only the last two can begin one.
        const qsizetype begin = text.first(close).lastIndexOf("{{"_L1);
        const QStringView name = text.sliced(begin + 2, close - begin - 2).trimmed();
        if (isName(name))
            found.push_back({begin, close + 2 - begin, name.toString()});
        from = close + 2;
    }
    return found;
}

Result<QString> TemplateExpander::expand(const QString &text, const QString &where) const
{
    QStringList open;
    return expandNested(text, where, open);
}

Result<QString> TemplateExpander::expandNested(const QString &text, const QString &where,
                                               QStringList &open) const
{
    if (!text.contains("{{"_L1))
        return text;
    QString result;
    qsizetype copied = 0;
    for (const Placeholder &placeholder : findPlaceholders(text)) {
        const Result<QString> value = valueOf(placeholder.name, where, open);
        if (!value)
            return value;
        result += QStringView(text).sliced(copied, placeholder.begin - copied);
        result += *value;
        copied = placeholder.begin + placeholder.length;
        if (result.size() > MaxSize) {
            return failure(
                ErrorCode::UnknownVariable,
                u"The variable \"%1\" in %2 grows past 256 MiB"_s.arg(placeholder.name, where));
        }
    }
    return result += QStringView(text).sliced(copied);
}

Result<QString> TemplateExpander::valueOf(const QString &name, const QString &where,
                                          QStringList &open) const
{
    if (name.startsWith(u'$')) {
        if (std::optional<QString> value = m_dynamic.next(QStringView(name).sliced(1)))
            return *value;
        return failure(ErrorCode::UnknownVariable,
                       u"There is no dynamic value {{%1}}, used in %2"_s.arg(name, where));
    }
    if (open.contains(name) || open.size() >= MaxDepth) {
        const QStringList cycle = open.sliced(qMax(qsizetype(0), open.indexOf(name)));
        return failure(ErrorCode::UnknownVariable,
                       u"The variables %1 → %2 in %3 need each other"_s.arg(cycle.join(u" → "_s),
                                                                            name, where));
    }
    const std::optional<Variable> variable = m_scopes.find(name);
    if (!variable) {
        return failure(ErrorCode::UnknownVariable,
                       u"The variable \"%1\" in %2 is not defined"_s.arg(name, where));
    }
    if (!variable->hasValue) {
        return failure(
            ErrorCode::UnknownVariable,
            u"The secret \"%1\" in %2 has no value here; set it in .env or as a secret"_s.arg(
                name, where));
    }
    open.append(name);
    Result<QString> value = expandNested(variable->value, where, open);
    open.removeLast();
    return value;
}

} // namespace Sluice
