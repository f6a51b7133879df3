// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/collection/secrets.h"

#include "core/run/requestbuilder.h"
#include "ui/collection/secretsdialog.h"

namespace Sluice {

namespace {

/**
 * Where the value of \a variable may be: with the environment itself, where it is put when it was
 * asked for, or with the one that it comes from.
 */
std::vector<SecretKey> keysOf(const QString &collection, const EnvironmentSpec &environment,
                              const EnvironmentVariable &variable)
{
    std::vector<SecretKey> keys{{collection, environment.name, variable.name}};
    if (!variable.from.isEmpty())
        keys.push_back({collection, variable.from, variable.name});
    return keys;
}

} // namespace

Secrets::Secrets(QObject *parent) : QObject(parent)
{
    const auto tell = [this] {
        const QSet<QString> collections = std::exchange(m_loading, {});
        for (const QString &collection : collections)
            emit changed(collection);
    };
    connect(&m_store, &SecretStore::loaded, this, tell);
    connect(&m_store, &SecretStore::unavailable, this, &Secrets::unavailable);
}

void Secrets::load(const QString &collection, const EnvironmentSpec &environment)
{
    std::vector<SecretKey> keys;
    for (const EnvironmentVariable &variable : environment.variables) {
        if (!variable.secret)
            continue;
        for (const SecretKey &key : keysOf(collection, environment, variable)) {
            if (!m_store.value(key))
                keys.push_back(key);
        }
    }
    if (keys.empty())
        return;
    m_loading.insert(collection);
    m_store.load(keys);
}

void Secrets::fill(const QString &collection, EnvironmentSpec &environment) const
{
    for (EnvironmentVariable &variable : environment.variables) {
        if (!variable.secret)
            continue;
        for (const SecretKey &key : keysOf(collection, environment, variable)) {
            if (variable.value.isEmpty())
                variable.value = m_store.value(key).value_or(QString());
        }
    }
}

void Secrets::ask(const QString &collection, const std::vector<RequestInContext> &requests,
                  const VariableInputs &variables, QWidget *window, std::function<void()> then)
{
    const RequestBuilder builder(variables, {});
    const QString environment = variables.environment.name;
    QStringList names;
    for (const RequestInContext &request : requests) {
        for (const QString &name : builder.missingSecrets(request)) {
            if (!names.contains(name) && !m_leftOpen.contains({collection, environment, name}))
                names << name;
        }
    }
    if (names.isEmpty()) {
        then();
        return;
    }
    auto *dialog = new SecretsDialog(environment, names, m_store.problem(), window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [=, this, then = std::move(then)] {
        const QMap<QString, QString> values = dialog->values();
        for (const QString &name : names) {
            const SecretKey key{collection, environment, name};
            if (values.contains(name))
                m_store.set(key, values.value(name));
            else
                m_leftOpen.insert(key);
        }
        emit changed(collection);
        then();
    });
    dialog->open();
}

} // namespace Sluice
