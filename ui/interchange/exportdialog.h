// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/exporttargets.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace Sluice {

class CodeView;

/** Shows requests as another program would have them, with what is lost, and saves or copies it. */
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(ExportJob job, QWidget *parent);

private:
    const ExportTarget &target() const;
    void refresh();
    void present(const Exported &exported);
    void askWhereToSave();
    void save(const QString &path);

    ExportJob m_job;
    Exported m_exported;
    int m_generation = 0; ///< Of refresh(); an answer to an earlier one is stale.
    QComboBox *m_target = nullptr;
    QSpinBox *m_iterations = nullptr;
    CodeView *m_text = nullptr;
    QLabel *m_notes = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_copy = nullptr;
};

} // namespace Sluice
