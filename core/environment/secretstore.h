// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <optional>
#include <vector>

namespace Sluice {

/** Whose value a secret is: a variable of an environment of a collection. */
struct SecretKey
{
    /**
     * The root's absolute path: a collection from elsewhere that has the same name must not get at
     * the secrets of this one.
     */
    QString collection;
    QString environment;
    QString name;

    bool operator==(const SecretKey &) const = default;
};

size_t qHash(const SecretKey &key, size_t seed = 0) noexcept;

/**
 * The values of secret variables: in the system's keychain (Secret Service, KWallet, Keychain,
 * Credential Manager), and in memory as long as the program runs. Where there is no keychain, in
 * memory only. Nothing is ever written to a file. For one thread with an event loop.
 */
class SecretStore final : public QObject
{
    Q_OBJECT

public:
    explicit SecretStore(QObject *parent = nullptr);
    ~SecretStore() override;

    /** The value, when it was loaded or set. */
    std::optional<QString> value(const SecretKey &key) const;
    /** Asks the keychain for those that are not known yet; loaded() follows when all are answered.
     */
    void load(const std::vector<SecretKey> &keys);
    /** Keeps \a value; an empty one removes the secret. stored() or unavailable() follows. */
    void set(const SecretKey &key, const QString &value);
    /** Why secrets are kept in memory only; empty as long as the keychain works. */
    const QString &problem() const { return m_problem; }

signals:
    void loaded();
    /** The keychain holds what was set. */
    void stored();
    /** The keychain cannot be used: \a reason, for people. The value is kept in memory. */
    void unavailable(const QString &reason);

private:
    void beginJob();
    void endJob();
    void noteProblem(const QString &reason);

    QHash<SecretKey, QString> m_values;
    QString m_problem;
    int m_jobs = 0;
    int m_loading = 0;
    QTimer m_pump; ///< See iterateGlib().
};

} // namespace Sluice
