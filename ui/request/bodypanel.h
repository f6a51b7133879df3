// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/requestpanel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace Sluice {

class CodeView;
class RowsTable;

/** The body: its kind and, as the kind asks for it, a text, a form or a file. */
class BodyPanel final : public RequestPanel
{
    Q_OBJECT

public:
    explicit BodyPanel(const VariableMeanings *variables, QWidget *parent = nullptr);

    void load(const RequestSpec &spec) override;
    void store(RequestSpec &spec) const override;
    void refreshVariables() override;

private:
    void showKind(BodySpec::Kind kind);
    BodySpec::Kind kind() const;
    CodeView *editor();
    QWidget *makeFilePage();

    const VariableMeanings *m_variables = nullptr;
    QComboBox *m_kind = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_empty = nullptr;
    CodeView *m_editor = nullptr;
    RowsTable *m_form = nullptr;
    QWidget *m_file = nullptr;
    QLineEdit *m_filePath = nullptr;
    QLineEdit *m_contentType = nullptr;
    bool m_loading = false;
};

} // namespace Sluice
