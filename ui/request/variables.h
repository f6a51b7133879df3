// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/environment/variablescopes.h"
#include "core/run/runplan.h"

#include <QSet>

#include <optional>

namespace Sluice {

/** What `{{name}}` stands for and who says so. */
struct VariableMeaning
{
    QString value;   ///< Resolved: without any `{{name}}` in it. Dots in the place of a secret.
    QString from;    ///< "local", "request", "folder".
    QString problem; ///< Why it cannot be resolved, e.g. a cycle with its names; else empty.
    bool isMadeLater = false; ///< There is no value before the moment of sending.
};

/** The variables that a request sees, for showing; the engine does the real expansion. */
class VariableMeanings
{
public:
    /** What counts is where \a request lies and what its levels define. */
    void setRequest(const RequestInContext &request);
    void setInputs(VariableInputs inputs);

    std::optional<VariableMeaning> find(const QString &name) const;
    /** True when sending could not do without a mistake being told. */
    bool isBad(const QString &name) const;
    /** A sentence for a tool tip. */
    QString describe(const QString &name) const;
    /** `50 from local` for the first variable in \a text; empty when there is none. */
    QString hint(const QString &text) const;

private:
    const VariableScopes &scopes() const;

    RequestInContext m_request;
    VariableInputs m_inputs;
    mutable std::optional<VariableScopes> m_scopes; ///< As at sending; made when first asked for.
    mutable QSet<QString> m_setBefore; ///< Of these, what only actions before the request set.
};

} // namespace Sluice
