// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/environment/secretstore.h"
#include "core/run/runplan.h"

#include <QSet>

#include <functional>

class QWidget;

namespace Sluice {

/** Gives the secret variables of environments their values, and asks for those that nobody knows.
 */
class Secrets final : public QObject
{
    Q_OBJECT

public:
    explicit Secrets(QObject *parent = nullptr);

    SecretStore *store() { return &m_store; }
    /** Asks the keychain for the secrets of \a environment; changed() follows. */
    void load(const QString &collection, const EnvironmentSpec &environment);
    /** Puts the known values into \a environment. */
    void fill(const QString &collection, EnvironmentSpec &environment) const;
    /**
     * Calls \a then, after asking for the secrets that \a requests need and that are known nowhere:
     * not in the keychain, a `.env` or the process's environment. Asks nothing twice that was left
     * open; a dialog that is cancelled calls nothing.
     */
    void ask(const QString &collection, const std::vector<RequestInContext> &requests,
             const VariableInputs &variables, QWidget *window, std::function<void()> then);

signals:
    void changed(const QString &collection);
    void unavailable(const QString &reason);

private:
    SecretStore m_store;
    QSet<QString> m_loading; ///< Collections.
    QSet<SecretKey> m_leftOpen;
};

} // namespace Sluice
