// SPDX-License-Identifier: GPL-3.0-or-later
//
// The environment that each collection is used with, and the values that requests are sent with.
#include "ui/collection/secrets.h"
#include "ui/collection/workspace.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/requesttab.h"

#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Settings keys may not hold the slashes of a path. */
QString environmentKey(const QString &collection)
{
    return u"environment/"_s
           + QString::fromLatin1(collection.toUtf8().toBase64(QByteArray::Base64UrlEncoding));
}

} // namespace

QString MainWindow::environmentName(const QString &collection) const
{
    const QVariant chosen = m_settings->value(environmentKey(collection));
    if (chosen.isValid())
        return chosen.toString();
    // A collection with one environment is meant to be used with it; of several only the local one
    // is safe to choose unasked.
    const std::vector<EnvironmentSpec> all = m_workspace->environments(collection);
    const auto local = std::ranges::find(all, u"local"_s, &EnvironmentSpec::name);
    return all.size() == 1 ? all.front().name : local != all.end() ? local->name : QString();
}

void MainWindow::setEnvironment(const QString &collection, const QString &name)
{
    if (collection.isEmpty())
        return;
    if (name != environmentName(collection)) {
        m_settings->setValue(environmentKey(collection), name);
        // What one environment's server gave is not for another's.
        m_captured.remove(collection);
    }
    m_secrets->load(collection, m_workspace->environment(collection, name));
    showEnvironment(collection);
}

void MainWindow::showEnvironment(const QString &collection)
{
    const VariableInputs variables = sendVariables(collection);
    for (RequestTab *tab : requestTabs()) {
        if (tab->collectionPath() == collection)
            tab->setVariables(variables);
    }
    updateTopBar();
}

VariableInputs MainWindow::variablesFor(const QString &collection) const
{
    VariableInputs inputs;
    inputs.overrides = m_overrides;
    inputs.environment = m_workspace->environment(collection, environmentName(collection));
    inputs.dotEnv = m_workspace->dotEnv(collection, inputs.environment);
    m_secrets->fill(collection, inputs.environment);
    return inputs;
}

VariableInputs MainWindow::sendVariables(const QString &collection) const
{
    VariableInputs inputs = variablesFor(collection);
    inputs.captured = m_captured.value(collection);
    return inputs;
}

void MainWindow::setOverrides(std::vector<NameValue> overrides)
{
    m_overrides = std::move(overrides);
}

} // namespace Sluice
