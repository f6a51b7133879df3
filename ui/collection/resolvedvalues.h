// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/environment/variablescopes.h"

namespace Sluice {

/** What the values of one environment come to, as far as it is known outside a run. */
class ResolvedValues
{
public:
    ResolvedValues() = default;
    /** \a variables: the collection's. \a environment: with those that it extends. */
    ResolvedValues(const std::vector<NameValue> &variables, const EnvironmentSpec &environment);

    /** The value of \a variable for people; secrets in it are dots. */
    QString textOf(const EnvironmentVariable &variable) const;

private:
    VariableScopes m_scopes;
};

} // namespace Sluice
