// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/template.h"
#include "core/interchange/importedcollection.h"

#include <QRegularExpression>
#include <QSet>
#include <QUrl>
#include <QUrlQuery>

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

/** A name by which programs call credentials, of a parameter, a field or a variable. */
bool isSecretName(const QString &name)
{
    static const QRegularExpression secret(
        u"(password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return secret.match(name).hasMatch();
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
        for (EnvironmentSpec &environment : m_collection.environments)
            treat(environment);
        for (const NameValue &variable : m_collection.root.defaults.variables)
            tell(variable, m_collection.root.name);
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
                treat(item.request);
            }
        }
    }

    void treat(RequestSpec &request)
    {
        takeFromUrl(request);
        treat(request.auth, request.name);
        treat(request.headers, request.name);
        for (const Param &param : request.params)
            tell(param, request.name);
        const auto query = QUrlQuery(request.url.section(u'?', 1)).queryItems(QUrl::FullyDecoded);
        for (const auto &[name, value] : query) {
            if (request.params.empty())
                tell({name, value, {}, true}, request.name);
        }
        for (const FormField &field : request.body.fields)
            tell(field, request.name);
    }

    /** `https://name:password@host/` says what basic authentication does. */
    static void takeFromUrl(RequestSpec &request)
    {
        static const QRegularExpression user(u"^(https?://)([^/?#@:]*):([^/?#@]*)@"_s);
        const QRegularExpressionMatch match = user.match(request.url);
        if (!match.hasMatch() || !request.auth.type.isEmpty())
            return;
        const auto decoded = [&match](int group) {
            return QUrl::fromPercentEncoding(match.captured(group).toUtf8());
        };
        request.auth = {u"basic"_s, {{u"username"_s, decoded(2)}, {u"password"_s, decoded(3)}}};
        request.url.replace(0, match.capturedLength(), match.captured(1));
    }

    void treat(EnvironmentSpec &environment)
    {
        for (EnvironmentVariable &variable : environment.variables) {
            const bool isHeld = m_how == ImportedSecrets::HoldBack && !variable.secret;
            if (variable.value.isEmpty() || !isSecretName(variable.name)
                || !findPlaceholders(variable.value).empty())
                continue;
            if (isHeld) {
                variable.value.clear();
                variable.secret = true;
            }
            addIssue(isHeld ? u"the value of '%1' in the environment '%2' is in no file; it is to "
                              "be given again"_s.arg(variable.name, environment.name)
                            : u"'%1' in the environment '%2' is written as plain text"_s.arg(
                                  variable.name, environment.name));
        }
    }

    /** Where a value may be a credential or not, it stays, and is told. */
    void tell(const NameValue &pair, const QString &owner)
    {
        if (!pair.value.isEmpty() && isSecretName(pair.name)
            && findPlaceholders(pair.value).empty())
            addIssue(u"'%1': '%2' looks like a secret and is written as plain text"_s.arg(
                owner, pair.name));
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
