// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QMap>

class QLineEdit;

namespace Sluice {

/** Asks for the values of secrets that are needed now and known nowhere. */
class SecretsDialog final : public QDialog
{
    Q_OBJECT

public:
    /** \a problem says why the keychain cannot be used; empty when it can. */
    SecretsDialog(const QString &environment, const QStringList &names, const QString &problem,
                  QWidget *parent);

    /** What was typed, by name; fields left empty are not in it. */
    QMap<QString, QString> values() const;

private:
    QMap<QString, QLineEdit *> m_fields;
};

} // namespace Sluice
