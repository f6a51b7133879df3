// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/base/result.h"

#include <span>

namespace Sluice {

/** A client, proxy or load generator that limits can be written for. */
struct CodeTarget
{
    QLatin1StringView id;       ///< As `--target` spells it.
    QLatin1StringView title;    ///< For people.
    QLatin1StringView fileName; ///< What it has to be called: not as the module that it imports.
    QLatin1StringView comment;  ///< Begins a line of comment.
};

/** What the generated code is about. */
struct CodeRequest
{
    Limits limits;
    QString url;      ///< A request to that API; empty = a placeholder.
    QString measured; ///< E.g. `knee 8, good range 6–10, 2026-11-22`; empty = not measured.
};

/** Every target, in the order menus show them. */
std::span<const CodeTarget> codeTargets();

/** The limits of \a request as code for \a targetId; an unknown target names the known ones. */
Result<QString> generateCode(const QString &targetId, const CodeRequest &request);

} // namespace Sluice
