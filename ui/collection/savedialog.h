// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace Sluice {

/** A folder that a request can be saved in. */
struct SaveTarget
{
    QString path;
    QString label; ///< `Shop API / users`.
};

/** Asks for a name and, unless there is no choice, a folder; the folder's field filters as typed.
 */
class SaveDialog final : public QDialog
{
    Q_OBJECT

public:
    SaveDialog(const QString &title, const QString &name, QWidget *parent);

    /** Offers \a targets; \a current is chosen at first. */
    void setTargets(const std::vector<SaveTarget> &targets, const QString &current);
    /** Only the folder is asked for. */
    void fixName();
    QString name() const;
    QString folder() const;

private:
    void validate();

    QLineEdit *m_name = nullptr;
    QComboBox *m_folder = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace Sluice
