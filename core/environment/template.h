// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/environment/dynamicvalues.h"
#include "core/environment/variablescopes.h"

namespace Sluice {

/** A `{{name}}` in a text. */
struct Placeholder
{
    qsizetype begin = 0; ///< Of the first brace.
    qsizetype length = 0;
    QString name; ///< Without braces and outer blanks; `$guid`, `process.env.HOME`.

    bool operator==(const Placeholder &) const = default;
};

/**
 * The placeholders of \a text in order. A name is made of letters, digits, `_`, `-`, `.`, `[`, `]`
 * and a leading `$`; anything else between double braces is text, such as the braces of nested
 * JSON.
 */
std::vector<Placeholder> findPlaceholders(QStringView text);

/**
 * Replaces `{{name}}` by what it means, again in the result, until no name is left. The values go
 * in as they are written: numbers are never converted. Not thread-safe: one per thread.
 */
class TemplateExpander
{
public:
    /** Both must outlive the expander. */
    TemplateExpander(const VariableScopes &scopes, DynamicValues &dynamic)
        : m_scopes(scopes), m_dynamic(dynamic)
    {
    }

    /**
     * \a where says for people what is expanded, e.g. "the URL". Fails with
     * ErrorCode::UnknownVariable for a name that no scope has, a secret without a value, and
     * variables that need each other.
     */
    Result<QString> expand(const QString &text, const QString &where) const;

private:
    Result<QString> expandNested(const QString &text, const QString &where,
                                 QStringList &open) const;
    Result<QString> valueOf(const QString &name, const QString &where, QStringList &open) const;

    const VariableScopes &m_scopes;
    DynamicValues &m_dynamic;
};

} // namespace Sluice
