// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"

#include <QHash>

#include <array>
#include <optional>

namespace Sluice {

/** Where a variable comes from; an earlier one hides the later ones. */
enum class VariableScope { Runtime, Request, Folder, Environment, Collection, Process };
inline constexpr std::size_t VariableScopeCount = 6;

/** The scope's name as the files spell it, e.g. `environment`. */
QString variableScopeName(VariableScope scope);
/** The scope of that name, e.g. of a capture. */
std::optional<VariableScope> variableScope(QStringView name);

/** A variable as one scope defines it, its value unexpanded. */
struct Variable
{
    QString name;
    QString value;
    VariableScope scope = VariableScope::Runtime;
    bool secret = false;
    ValueType type = ValueType::Text;
    bool hasValue = true; ///< False for a secret whose value is not known on this machine.

    bool operator==(const Variable &) const = default;
};

/**
 * The variables that a request sees, by scope. The process scope is what `{{process.env.NAME}}`
 * reads; it also gives a secret without a value its value. A value; copies share their content.
 */
class VariableScopes
{
public:
    void set(VariableScope scope, const QString &name, const QString &value, bool secret = false,
             ValueType type = ValueType::Text);
    /** A secret whose value is kept elsewhere; the process scope may still have it. */
    void declareSecret(VariableScope scope, const QString &name);
    /** Sets the enabled ones; a later one of the same name wins. */
    void add(VariableScope scope, const std::vector<NameValue> &variables);
    void remove(VariableScope scope, const QString &name);
    void clear(VariableScope scope);

    /**
     * What `{{name}}` means: the strongest scope that has it; `process.env.X` is the process's.
     * `object.field` and `list[0]` lead into a variable that holds JSON.
     */
    std::optional<Variable> find(const QString &name) const;
    /** The variable that each name means, by name; without the process scope. For completion. */
    std::vector<Variable> visible() const;
    /** True when any scope says so of the name: what is set to it later stays secret. */
    bool isSecret(const QString &name) const;
    /** The values of every secret, for a Redactor. */
    QStringList secretValues() const;
    /** The same for people to see: \a mark is the value of every secret that has one. */
    VariableScopes withSecretsAs(const QString &mark) const;

private:
    std::optional<Variable> findNamed(const QString &name) const;

    using Scope = QHash<QString, Variable>;
    std::array<Scope, VariableScopeCount> m_scopes;
};

} // namespace Sluice
