// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/auth/authcatalog.h"
#include "core/environment/template.h"
#include "core/run/runplan.h"

#include <QSet>

namespace Sluice {

/** What the collection, the folders and \a request set; the innermost level wins. */
RequestSettings effectiveSettings(const RequestInContext &request);

/**
 * Turns what the files say into what goes on the wire: inherited headers, settings and
 * authentication, expanded variables, parameters, body, default Content-Type. One thread.
 */
class RequestBuilder
{
public:
    RequestBuilder(VariableInputs variables, SendOptions options);

    /** The secrets that \a request needs and whose value is known nowhere. */
    QStringList missingSecrets(const RequestInContext &request) const;
    /** What must not be written anywhere, for a Redactor. */
    QStringList secretValues() const { return m_outer.secretValues(); }

    /** The variables that \a request sees, without those that a run sets on its way. */
    VariableScopes scopesOf(const RequestInContext &request) const;

    /**
     * Fails with UnknownVariable, InvalidUrl (naming the expanded text), FileNotFound for a body's
     * file, Usage for a value that cannot be sent, Unsupported for a kind or a way to authenticate.
     */
    Result<PreparedRequest> build(const RequestInContext &request, const VariableScopes &scopes);

    /**
     * True when build() may give another result the next time: the request uses a dynamic value
     * or, perhaps through others, a variable named in \a changing.
     */
    bool varies(const RequestInContext &request, const VariableScopes &scopes,
                const QSet<QString> &changing) const;

private:
    Result<> addHeaders(PreparedRequest &prepared, const RequestInContext &request,
                        const TemplateExpander &expander);
    Result<> addBody(PreparedRequest &prepared, const RequestInContext &request,
                     const TemplateExpander &expander);
    Result<> sign(PreparedRequest &prepared, const RequestInContext &request,
                  const TemplateExpander &expander);
    void applyOptions(PreparedRequest &prepared, const RequestSettings &settings) const;

    SendOptions m_options;
    VariableScopes m_outer; ///< Environment, process and overrides: the same for every request.
    CapturedVariables m_captured;
    AuthCatalog m_auth;
    DynamicValues m_dynamic;
};

} // namespace Sluice
