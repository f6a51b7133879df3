// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/check/operators.h"

#include <QJSValueIterator>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using Value = QJSValue;

int lengthOf(const Value &array)
{
    return array.property(u"length"_s).toInt();
}

/** Text and arrays have one; of anything else, the property of that name. */
Value lengthValue(const Value &value)
{
    if (value.isString())
        return Value(int(value.toString().size()));
    return value.isObject() ? value.property(u"length"_s) : Value();
}

bool isMember(const Value &array, const Value &value)
{
    for (int i = 0; i < lengthOf(array); ++i) {
        if (array.property(quint32(i)).strictlyEquals(value))
            return true;
    }
    return false;
}

bool areNumbers(const Value &left, const Value &right)
{
    return left.isNumber() && right.isNumber();
}

/** Empty where the question makes no sense: neither text nor array. */
std::optional<bool> includes(const Value &left, const Value &right)
{
    if (left.isString())
        return left.toString().contains(right.toString());
    if (left.isArray())
        return isMember(left, right);
    return {};
}

/** Empty where the question makes no sense: a number, a boolean, null, undefined, a function. */
std::optional<bool> isEmpty(const Value &value)
{
    if (value.isString())
        return value.toString().isEmpty();
    if (value.isArray())
        return lengthOf(value) == 0;
    if (value.isObject() && !value.isCallable())
        return !QJSValueIterator(value).hasNext();
    return {};
}

bool matches(const Value &left, const Value &right)
{
    return !left.isUndefined()
           && right.property(u"test"_s).callWithInstance(right, {left}).toBool();
}

bool isWithin(const Value &left, const Value &bounds)
{
    const Value low = bounds.property(0);
    const Value high = bounds.property(1);
    return areNumbers(left, low) && high.isNumber() && left.toNumber() >= low.toNumber()
           && left.toNumber() <= high.toNumber();
}

bool bothText(const Value &left, const Value &right)
{
    return left.isString() && right.isString();
}

bool startsWith(const Value &left, const Value &right)
{
    // A null QString starts only with another one.
    return bothText(left, right)
           && (right.toString().isEmpty() || left.toString().startsWith(right.toString()));
}

bool endsWith(const Value &left, const Value &right)
{
    return bothText(left, right)
           && (right.toString().isEmpty() || left.toString().endsWith(right.toString()));
}

bool isJson(const Value &value)
{
    return value.isObject() && !value.isCallable() && !value.isDate() && !value.isRegExp();
}

constexpr Operator operators[] = {
    {"eq", "to equal", Operand::Literal,
     [](const Value &l, const Value &r) { return l.strictlyEquals(r); }},
    {"neq", "to differ from", Operand::Literal,
     [](const Value &l, const Value &r) { return !l.strictlyEquals(r); }},
    {"gt", "to be greater than", Operand::Literal,
     [](const Value &l, const Value &r) {
         return areNumbers(l, r) && l.toNumber() > r.toNumber();
     }},
    {"gte", "to be at least", Operand::Literal,
     [](const Value &l, const Value &r) {
         return areNumbers(l, r) && l.toNumber() >= r.toNumber();
     }},
    {"lt", "to be less than", Operand::Literal,
     [](const Value &l, const Value &r) {
         return areNumbers(l, r) && l.toNumber() < r.toNumber();
     }},
    {"lte", "to be at most", Operand::Literal,
     [](const Value &l, const Value &r) {
         return areNumbers(l, r) && l.toNumber() <= r.toNumber();
     }},
    {"in", "to be one of", Operand::List,
     [](const Value &l, const Value &r) { return isMember(r, l); }},
    {"notIn", "to be none of", Operand::List,
     [](const Value &l, const Value &r) { return !isMember(r, l); }},
    {"contains", "to contain", Operand::Literal,
     [](const Value &l, const Value &r) { return includes(l, r).value_or(false); }},
    {"notContains", "not to contain", Operand::Literal,
     [](const Value &l, const Value &r) { return !includes(l, r).value_or(true); }},
    {"length", "to have the length", Operand::Literal,
     [](const Value &l, const Value &r) {
         return !lengthValue(l).isUndefined() && lengthValue(l).equals(r);
     }},
    {"matches", "to match", Operand::Pattern, matches},
    {"notMatches", "not to match", Operand::Pattern,
     [](const Value &l, const Value &r) { return !matches(l, r); }},
    {"startsWith", "to start with", Operand::Literal, startsWith},
    {"endsWith", "to end with", Operand::Literal, endsWith},
    {"between", "to be between", Operand::List, isWithin},
    {"isEmpty", "to be empty", Operand::None,
     [](const Value &l, const Value &) { return isEmpty(l).value_or(false); }},
    {"isNotEmpty", "not to be empty", Operand::None,
     [](const Value &l, const Value &) { return !isEmpty(l).value_or(true); }},
    {"isNull", "to be null", Operand::None,
     [](const Value &l, const Value &) { return l.isNull(); }},
    {"isUndefined", "to be undefined", Operand::None,
     [](const Value &l, const Value &) { return l.isUndefined(); }},
    {"isDefined", "to be defined", Operand::None,
     [](const Value &l, const Value &) { return !l.isUndefined(); }},
    {"isTruthy", "to be true", Operand::None,
     [](const Value &l, const Value &) { return l.isBool() && l.toBool(); }},
    {"isFalsy", "to be false", Operand::None,
     [](const Value &l, const Value &) { return l.isBool() && !l.toBool(); }},
    {"isJson", "to be a JSON object or array", Operand::None,
     [](const Value &l, const Value &) { return isJson(l); }},
    {"isNumber", "to be a number", Operand::None,
     [](const Value &l, const Value &) { return l.isNumber(); }},
    {"isString", "to be text", Operand::None,
     [](const Value &l, const Value &) { return l.isString(); }},
    {"isBoolean", "to be a boolean", Operand::None,
     [](const Value &l, const Value &) { return l.isBool(); }},
    {"isArray", "to be an array", Operand::None,
     [](const Value &l, const Value &) { return l.isArray(); }},
};

} // namespace

const Operator *findOperator(QStringView name)
{
    const auto found = std::ranges::find_if(
        operators, [name](const Operator &op) { return name == QLatin1StringView(op.name); });
    return found == std::end(operators) ? nullptr : found;
}

QStringList operatorNames()
{
    QStringList names;
    for (const Operator &op : operators)
        names.append(QString::fromLatin1(op.name));
    return names;
}

} // namespace Sluice
