// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"

#include <array>
#include <vector>

namespace Sluice {

/** One row of an editable table of up to three texts, whatever it stands for. */
struct EditorRow
{
    std::array<QString, 3> cells;
    bool enabled = true;
    bool isPath =
        false; ///< A path parameter: its name stands in the URL and cannot be switched off.
    bool isFile = false;   ///< A form's file part.
    bool isBefore = false; ///< An action before the request is sent.
    QString contentType;

    bool operator==(const EditorRow &) const = default;
};

using EditorRows = std::vector<EditorRow>;

EditorRows rowsOf(const std::vector<NameValue> &pairs);
EditorRows rowsOf(const std::vector<Param> &params);
EditorRows rowsOf(const std::vector<FormField> &fields);
EditorRows rowsOf(const std::vector<AssertionSpec> &assertions);
EditorRows rowsOf(const std::vector<CaptureSpec> &captures);

std::vector<NameValue> pairsOf(const EditorRows &rows);
std::vector<Param> paramsOf(const EditorRows &rows);
std::vector<FormField> fieldsOf(const EditorRows &rows);
std::vector<AssertionSpec> assertionsOf(const EditorRows &rows);
std::vector<CaptureSpec> capturesOf(const EditorRows &rows);

} // namespace Sluice
