// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/template.h"
#include "core/interchange/importedcollection.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Parameters of authentication that only their owner should know. */
bool isSecretParam(const QString &name, const QString &type)
{
    static const QRegularExpression secret(
        u"(password|token|secret|privateKey|credentials\\.clientSecret|accessKey|sessionToken)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const bool isPlace =
        name.contains("url"_L1, Qt::CaseInsensitive) || name.startsWith("tokenConfig"_L1);
    return (secret.match(name).hasMatch() && !isPlace)
           || (type == "apikey"_L1 && name == "value"_L1);
}

bool isSecretHeader(const QString &name)
{
    static const QSet<QString> names{u"authorization"_s, u"proxy-authorization"_s, u"cookie"_s,
                                     u"x-api-key"_s,     u"x-auth-token"_s,        u"api-key"_s};
    return names.contains(name.toLower());
}

/** Walks a collection and treats each literal credential; lives for one treatSecrets(). */
class Secrets
{
public:
    Secrets(ImportedCollection &collection, ImportedSecrets how, const QString &file)
        : m_collection(collection), m_how(how), m_file(file)
    {
    }

    void treat()
    {
        treat(m_collection.root.defaults, m_collection.root.name);
        treat(m_collection.items);
        if (m_variables.empty())
            return;
        EnvironmentSpec environment;
        environment.name = u"imported"_s;
        environment.variables = std::move(m_variables);
        m_collection.environments.push_back(std::move(environment));
    }

private:
    void treat(std::vector<ImportedItem> &items)
    {
        for (ImportedItem &item : items) {
            if (item.isFolder) {
                treat(item.folder.defaults, item.folder.name);
                treat(item.children);
            } else {
                treat(item.request.auth, item.request.name);
                treat(item.request.headers, item.request.name);
            }
        }
    }

    void treat(RequestDefaults &defaults, const QString &owner)
    {
        treat(defaults.auth, owner);
        treat(defaults.headers, owner);
    }

    void treat(AuthSpec &auth, const QString &owner)
    {
        for (auto it = auth.params.begin(); it != auth.params.end(); ++it) {
            if (isSecretParam(it.key(), auth.type))
                treat(it.value(), auth.type + u' ' + it.key().section(u'.', -1), owner);
        }
    }

    void treat(std::vector<NameValue> &headers, const QString &owner)
    {
        for (NameValue &header : headers) {
            if (isSecretHeader(header.name))
                treat(header.value, header.name, owner);
        }
    }

    void treat(QString &value, const QString &what, const QString &owner)
    {
        // Text around a variable, e.g. `Bearer {{token}}`, is no secret.
        if (value.isEmpty() || !findPlaceholders(value).empty())
            return;
        if (m_how == ImportedSecrets::Keep) {
            addIssue(u"'%1': %2 is written to the collection as plain text"_s.arg(owner, what));
            return;
        }
        const QString name = m_names.value(value, freeName(what));
        if (!m_names.contains(value)) {
            m_names.insert(value, name);
            EnvironmentVariable variable;
            variable.name = name;
            variable.secret = true;
            variable.description = what;
            m_variables.push_back(std::move(variable));
        }
        addIssue(u"'%1': the value of %2 is in no file; it is the secret variable '%3' of the "
                 "environment 'imported', to be given a value"_s.arg(owner, what, name));
        value = u"{{%1}}"_s.arg(name);
    }

    QString freeName(const QString &what) const
    {
        QString base;
        bool isUpper = false;
        for (const QChar c : what) {
            if (!c.isLetterOrNumber()) {
                isUpper = !base.isEmpty();
                continue;
            }
            base += isUpper ? c.toUpper() : base.isEmpty() ? c.toLower() : c;
            isUpper = false;
        }
        QString name = base;
        const QStringList taken = m_names.values();
        for (int number = 2; taken.contains(name); ++number)
            name = base + QString::number(number);
        return name;
    }

    void addIssue(const QString &message)
    {
        m_collection.issues.push_back({ErrorCode::Unsupported, message, m_file, 0, 0});
    }

    ImportedCollection &m_collection;
    ImportedSecrets m_how;
    QString m_file;
    QHash<QString, QString> m_names; ///< By value, so that one secret is one variable.
    std::vector<EnvironmentVariable> m_variables;
};

} // namespace

void treatSecrets(ImportedCollection &collection, ImportedSecrets secrets, const QString &file)
{
    Secrets(collection, secrets, file).treat();
}

} // namespace Sluice
