// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/environment/variablescopes.h"

#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

#include <vector>

namespace Sluice {

/** A piece of a text that a script puts together. */
struct TextPart
{
    enum class Kind {
        Literal,
        Variable, ///< `text` is a variable's name: known while the script runs.
        Dynamic,  ///< `text` is the name of a dynamic value, without the dollar sign.
    };

    Kind kind = Kind::Literal;
    QString text;
    bool isEscaped = false; ///< Its value goes into a URL: percent-encoded. Never a literal's.

    bool operator==(const TextPart &) const = default;
};

using ScriptText = std::vector<TextPart>;

/**
 * Takes texts with `{{variables}}` apart for a script. What is the same for every request becomes a
 * named variable of the script; what varies by request or folder is written in its place; secrets
 * and `process.env` are left to the environment of whoever runs the script.
 */
class ScriptTexts
{
public:
    /** \a changing are the variables that data rows and captures set. */
    explicit ScriptTexts(QSet<QString> changing) : m_changing(std::move(changing)) {}

    /** The parts of \a text as a request with \a scopes sees it. */
    ScriptText parts(const QString &text, const VariableScopes &scopes);
    /** As parts(), to be part of a URL: \a keep are the characters that stay as they are. */
    ScriptText escapedParts(const QString &text, const VariableScopes &scopes, const char *keep);

    const QSet<QString> &changing() const { return m_changing; }
    /** Variables with a value that the script sets at its start. */
    const QMap<QString, QString> &constants() const { return m_constants; }
    /** Variables that the environment of the script sets, by the names of environment variables. */
    const QMap<QString, QString> &fromEnvironment() const { return m_environment; }
    const QStringList &unknown() const { return m_unknown; }
    const QStringList &dynamic() const { return m_dynamic; }

private:
    void append(ScriptText &parts, const QString &text, const VariableScopes &scopes,
                QStringList &open);
    void appendVariable(ScriptText &parts, const QString &name, const VariableScopes &scopes,
                        QStringList &open);
    bool isConstant(const ScriptText &parts) const;
    void addEnvironment(const QString &name, const QString &variable);

    QSet<QString> m_changing;
    QMap<QString, QString> m_constants;
    QMap<QString, QString> m_environment;
    QStringList m_unknown;
    QStringList m_dynamic;
};

/** True when \a parts are one literal, or nothing. */
bool isLiteral(const ScriptText &parts);
/** The text of \a parts with \a values for the variables; what is not known stays as `{{name}}`. */
QString plainText(const ScriptText &parts, const QMap<QString, QString> &values);

/** \a text as a JavaScript string literal. */
QString javaScriptString(const QString &text);
/** \a parts as a JavaScript expression: `'text'` or `${vars.name}` in a template literal. */
QString javaScriptText(const ScriptText &parts);
/** A name in `vars`: `vars.name` or `vars['a-b']`. */
QString javaScriptVariable(const QString &name);

/** \a text as a Python string literal. */
QString pythonString(const QString &text);
/** \a parts as a Python expression: `"text"` or `f"{v['name']}"`. */
QString pythonText(const ScriptText &parts);

/** \a text as an identifier of both languages, with words parted by \a joint (`_`; none: camel). */
QString scriptIdentifier(const QString &text, const QString &joint);

} // namespace Sluice
