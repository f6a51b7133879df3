// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/editorrows.h"

#include <algorithm>

namespace Sluice {

namespace {

template<typename To, typename From, typename Convert>
std::vector<To> converted(const std::vector<From> &from, Convert convert)
{
    std::vector<To> result;
    result.reserve(from.size());
    std::ranges::transform(from, std::back_inserter(result), convert);
    return result;
}

EditorRow rowOf(const NameValue &pair)
{
    return {.cells = {pair.name, pair.value, pair.description}, .enabled = pair.enabled};
}

NameValue pairOf(const EditorRow &row)
{
    return {row.cells[0], row.cells[1], row.cells[2], row.enabled};
}

} // namespace

EditorRows rowsOf(const std::vector<NameValue> &pairs)
{
    return converted<EditorRow>(pairs, rowOf);
}

EditorRows rowsOf(const std::vector<Param> &params)
{
    return converted<EditorRow>(params, [](const Param &param) {
        EditorRow row = rowOf(param);
        row.isPath = param.isPath;
        return row;
    });
}

EditorRows rowsOf(const std::vector<FormField> &fields)
{
    return converted<EditorRow>(fields, [](const FormField &field) {
        EditorRow row = rowOf(field);
        row.isFile = field.isFile;
        row.contentType = field.contentType;
        return row;
    });
}

EditorRows rowsOf(const std::vector<AssertionSpec> &assertions)
{
    return converted<EditorRow>(assertions, [](const AssertionSpec &assertion) {
        return EditorRow{.cells = {assertion.expression, assertion.op, assertion.value},
                         .enabled = assertion.enabled};
    });
}

EditorRows rowsOf(const std::vector<CaptureSpec> &captures)
{
    return converted<EditorRow>(captures, [](const CaptureSpec &capture) {
        return EditorRow{.cells = {capture.variable, capture.expression, capture.scope},
                         .enabled = capture.enabled,
                         .isBefore = capture.phase == CaptureSpec::Phase::BeforeRequest};
    });
}

std::vector<NameValue> pairsOf(const EditorRows &rows)
{
    return converted<NameValue>(rows, pairOf);
}

std::vector<Param> paramsOf(const EditorRows &rows)
{
    return converted<Param>(rows, [](const EditorRow &row) {
        Param param{pairOf(row)};
        param.isPath = row.isPath;
        return param;
    });
}

std::vector<FormField> fieldsOf(const EditorRows &rows)
{
    return converted<FormField>(rows, [](const EditorRow &row) {
        FormField field{pairOf(row)};
        field.isFile = row.isFile;
        field.contentType = row.contentType;
        return field;
    });
}

std::vector<AssertionSpec> assertionsOf(const EditorRows &rows)
{
    return converted<AssertionSpec>(rows, [](const EditorRow &row) {
        return AssertionSpec{row.cells[0], row.cells[1], row.cells[2], row.enabled};
    });
}

std::vector<CaptureSpec> capturesOf(const EditorRows &rows)
{
    return converted<CaptureSpec>(rows, [](const EditorRow &row) {
        CaptureSpec capture{row.cells[0], row.cells[1], row.cells[2], row.enabled};
        if (capture.scope.isEmpty())
            capture.scope = CaptureSpec().scope;
        if (row.isBefore)
            capture.phase = CaptureSpec::Phase::BeforeRequest;
        return capture;
    });
}

} // namespace Sluice
