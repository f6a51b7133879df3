// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"

#include <optional>

namespace Sluice {

/** What `{{name}}` stands for and who says so. */
struct VariableMeaning
{
    QString value;
    QString from; ///< "local", "request", "folder".
    bool secret = false;
};

/** The variables that a request sees, for showing; the engine does the real expansion. */
class VariableLookup
{
public:
    void setRequest(std::vector<NameValue> variables) { m_request = std::move(variables); }
    /** Outermost first, as RequestInContext has them. */
    void setDefaults(std::vector<RequestDefaults> defaults) { m_defaults = std::move(defaults); }
    void setEnvironment(EnvironmentSpec environment) { m_environment = std::move(environment); }

    std::optional<VariableMeaning> find(const QString &name) const;
    /** A sentence for a tool tip. */
    QString describe(const QString &name) const;
    /** `50 from local` for the first variable in \a text; empty when there is none. */
    QString hint(const QString &text) const;

private:
    std::vector<NameValue> m_request;
    std::vector<RequestDefaults> m_defaults;
    EnvironmentSpec m_environment;
};

} // namespace Sluice
