// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/environment/variablescopes.h"
#include "core/run/datafile.h"

#include <QHash>

namespace Sluice {

/** A variable that an action set, and for whom it holds. */
struct CapturedVariable
{
    QString name;
    VariableValue value;
    VariableScope scope = VariableScope::Runtime;
    QString owner; ///< Path of the request or folder whose variable it is; else empty.

    bool operator==(const CapturedVariable &) const = default;
};

/**
 * The path of the folder that the level \a depth of the defaults of \a request describes; 0 is the
 * collection. Of an item in a bundled file it is the folder's place in that file.
 */
QString folderAt(const RequestInContext &request, std::size_t depth);

/**
 * The variables that actions set on the way, and those of the row of data. Each where its scope
 * says: those of a request only hold for it, those of a folder for the requests below, all others
 * for every request. A value.
 */
class CapturedVariables
{
public:
    void set(CapturedVariable variable);
    void setAll(const std::vector<CapturedVariable> &variables);
    /**
     * The row that holds from now on, instead of the one before. It hides what was captured before
     * under its names; what is captured later hides it.
     */
    void setData(const DataRow &row);
    /**
     * Sets those that \a request sees in \a scopes, which hold what its files say: a variable of a
     * folder inside hides one that was set for a folder around it.
     */
    void addTo(VariableScopes &scopes, const RequestInContext &request) const;

private:
    DataRow m_data;
    QHash<QString, VariableValue> m_runtime;
    std::vector<CapturedVariable> m_others; ///< Few: files rarely name another scope.
};

} // namespace Sluice
