// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/collection/resolvedvalues.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QListWidget;

namespace Sluice {

class EnvironmentModel;
class FlatTable;
class MessageBar;
class SecretStore;
class TreeEdits;
class Workspace;

/**
 * The environments of one collection: a list, and the variables of the chosen one. Every edit is
 * written at once and is a step of the collection's history; a secret's value goes to the keychain.
 */
class EnvironmentTab final : public QWidget
{
    Q_OBJECT

public:
    /** All of them outlive the tab. \a current is shown first. */
    EnvironmentTab(const QString &root, const QString &current, Workspace *workspace,
                   TreeEdits *edits, SecretStore *secrets, QWidget *parent = nullptr);

    const QString &root() const { return m_root; }
    QString title() const;
    void showEnvironment(const QString &name);

private:
    void buildLayout();
    QWidget *makeSide();
    void connectParts();
    /** Shows what the files say now. */
    void reload();
    void showCurrent();
    void add();
    void duplicate();
    void removeRows();
    void write();
    void updateSecretNote();
    const EnvironmentSpec *find(const QString &name) const;
    /** What the values come to, as they are now. */
    void updateResolved();

    QString m_root;
    QString m_current; ///< Path of the environment that is shown.
    Workspace *m_workspace;
    TreeEdits *m_edits;
    SecretStore *m_secrets;
    std::vector<EnvironmentSpec> m_all;
    int m_pendingWrites = 0;
    EnvironmentSpec m_written; ///< As the file has it, once the pending writes are done.
    ResolvedValues m_resolved;

    MessageBar *m_message = nullptr;
    QListWidget *m_list = nullptr;
    QLabel *m_name = nullptr;
    QComboBox *m_extends = nullptr;
    QLabel *m_secretNote = nullptr;
    EnvironmentModel *m_model = nullptr;
    FlatTable *m_table = nullptr;
};

} // namespace Sluice
