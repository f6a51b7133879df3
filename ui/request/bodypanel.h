// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/requestpanel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QStackedWidget;

namespace Sluice {

class CodeVariables;
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
    CodeView *makeEditor(const QString &accessibleName);
    void makeTextPage();
    void makeForm();
    QWidget *makeFilePage();

    const VariableMeanings *m_variables = nullptr;
    QComboBox *m_kind = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_empty = nullptr;
    QSplitter *m_text = nullptr;
    CodeView *m_editor = nullptr;
    QWidget *m_graphQl = nullptr; ///< Beside the query.
    CodeView *m_graphQlVariables = nullptr;
    QList<CodeVariables *> m_marks;
    RowsTable *m_form = nullptr;
    QWidget *m_file = nullptr;
    QLineEdit *m_filePath = nullptr;
    QLineEdit *m_contentType = nullptr;
    bool m_loading = false;
};

} // namespace Sluice
