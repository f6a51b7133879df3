// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/bodypanel.h"

#include "ui/request/codevariables.h"
#include "ui/request/rowstable.h"
#include "ui/request/variableedit.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/separator.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

CodeLanguage languageOf(BodySpec::Kind kind)
{
    switch (kind) {
    case BodySpec::Kind::Json:
        return CodeLanguage::Json;
    case BodySpec::Kind::Xml:
        return CodeLanguage::Xml;
    default:
        return CodeLanguage::Plain;
    }
}

bool isForm(BodySpec::Kind kind)
{
    return kind == BodySpec::Kind::FormUrlEncoded || kind == BodySpec::Kind::Multipart;
}

} // namespace

BodyPanel::BodyPanel(const VariableMeanings *variables, QWidget *parent)
    : RequestPanel(parent), m_variables(variables), m_kind(new QComboBox(this)),
      m_stack(new QStackedWidget(this)), m_empty(new QLabel(this))
{
    using Kind = BodySpec::Kind;
    for (const auto &[text, value] :
         {std::pair(tr("No body"), Kind::None), std::pair(u"JSON"_s, Kind::Json),
          std::pair(u"XML"_s, Kind::Xml), std::pair(tr("Text"), Kind::Text),
          std::pair(tr("Form, URL-encoded"), Kind::FormUrlEncoded),
          std::pair(tr("Form, multipart"), Kind::Multipart), std::pair(tr("File"), Kind::File),
          std::pair(u"GraphQL"_s, Kind::GraphQl), std::pair(u"SPARQL"_s, Kind::Sparql)})
        m_kind->addItem(text, int(value));
    m_kind->setAccessibleName(tr("Kind of body"));
    m_empty->setText(tr("This request sends no body. Choose a kind to add one."));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_empty);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 12, 6);
    row->addWidget(m_kind);
    row->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(new Separator(this));
    layout->addWidget(m_stack, 1);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showKind(kind());
        if (!m_loading)
            emit edited();
    });
    setFocusProxy(m_kind);
}

BodySpec::Kind BodyPanel::kind() const
{
    return BodySpec::Kind(m_kind->currentData().toInt());
}

CodeView *BodyPanel::makeEditor(const QString &accessibleName)
{
    auto *editor = new CodeView(this);
    editor->setAccessibleName(accessibleName);
    // The collection's history undoes.
    editor->SendScintilla(QsciScintilla::SCI_SETUNDOCOLLECTION, 0UL);
    m_marks << new CodeVariables(editor, m_variables);
    connect(editor, &QsciScintilla::textChanged, this, [this] {
        if (!m_loading)
            emit edited();
    });
    return editor;
}

/** The text, and for GraphQL its variables beside it. */
void BodyPanel::makeTextPage()
{
    m_text = new QSplitter(Qt::Horizontal, this);
    m_editor = makeEditor(tr("Body"));
    m_graphQlVariables = makeEditor(tr("GraphQL variables"));
    m_graphQlVariables->setLanguage(CodeLanguage::Json);
    m_graphQl = new QWidget(this);
    auto *heading = new QLabel(tr("&Variables, as JSON"), m_graphQl);
    heading->setBuddy(m_graphQlVariables);
    heading->setContentsMargins(12, 6, 12, 6);
    heading->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QVBoxLayout(m_graphQl);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading);
    layout->addWidget(m_graphQlVariables, 1);
    m_text->addWidget(m_editor);
    m_text->addWidget(m_graphQl);
    m_text->setStretchFactor(0, 2);
    m_text->setStretchFactor(1, 1);
    m_text->setChildrenCollapsible(false);
    m_stack->addWidget(m_text);
}

void BodyPanel::makeForm()
{
    auto model = std::make_unique<RowsModel>(
        QStringList{tr("Name"), tr("Value"), tr("Description")}, tr("Add field"));
    model->setHint([this](const EditorRow &row) {
        return row.isFile ? tr("file") : m_variables->hint(row.cells[1]);
    });
    m_form = new RowsTable(std::move(model), tr("Form fields"), this);
    m_form->markVariables(m_variables, {0, 1});
    m_stack->addWidget(m_form);
    connect(m_form->rowsModel(), &RowsModel::edited, this, &RequestPanel::edited);
}

QWidget *BodyPanel::makeFilePage()
{
    auto *page = new QWidget(this);
    m_filePath = new VariableEdit(m_variables, page);
    m_filePath->setPlaceholderText(tr("Relative to the collection"));
    m_contentType = new VariableEdit(m_variables, page);
    m_contentType->setPlaceholderText(u"application/octet-stream"_s);
    auto *form = new QFormLayout(page);
    form->setContentsMargins(12, 12, 12, 12);
    form->addRow(tr("&File"), m_filePath);
    form->addRow(tr("Content &type"), m_contentType);
    for (QLineEdit *edit : {m_filePath, m_contentType})
        connect(edit, &QLineEdit::textEdited, this, &RequestPanel::edited);
    return page;
}

void BodyPanel::showKind(BodySpec::Kind kind)
{
    if (kind == BodySpec::Kind::None) {
        m_stack->setCurrentWidget(m_empty);
    } else if (isForm(kind)) {
        if (!m_form)
            makeForm();
        m_stack->setCurrentWidget(m_form);
    } else if (kind == BodySpec::Kind::File) {
        if (!m_file) {
            m_file = makeFilePage();
            m_stack->addWidget(m_file);
        }
        m_stack->setCurrentWidget(m_file);
    } else {
        if (!m_text)
            makeTextPage();
        m_editor->setLanguage(languageOf(kind));
        m_graphQl->setVisible(kind == BodySpec::Kind::GraphQl);
        m_stack->setCurrentWidget(m_text);
    }
}

void BodyPanel::load(const RequestSpec &spec)
{
    const QScopedValueRollback guard(m_loading, true);
    m_kind->setCurrentIndex(m_kind->findData(int(spec.body.kind)));
    showKind(spec.body.kind);
    if (m_text && m_stack->currentWidget() == m_text) {
        m_editor->setContent(spec.body.text);
        m_graphQlVariables->setContent(spec.body.graphQlVariables);
    }
    if (m_form)
        m_form->rowsModel()->setRows(rowsOf(spec.body.fields));
    if (m_file) {
        m_filePath->setText(spec.body.filePath);
        m_contentType->setText(spec.body.contentType);
    }
}

void BodyPanel::store(RequestSpec &spec) const
{
    spec.body.kind = kind();
    if (m_text && m_stack->currentWidget() == m_text)
        spec.body.text = m_editor->text();
    if (m_text && kind() == BodySpec::Kind::GraphQl)
        spec.body.graphQlVariables = m_graphQlVariables->text();
    if (m_form && m_stack->currentWidget() == m_form)
        spec.body.fields = fieldsOf(m_form->rowsModel()->rows());
    if (m_file && m_stack->currentWidget() == m_file) {
        spec.body.filePath = m_filePath->text();
        spec.body.contentType = m_contentType->text();
    }
}

void BodyPanel::refreshVariables()
{
    if (m_form)
        m_form->rowsModel()->refreshHints();
    if (m_file) {
        m_filePath->update();
        m_contentType->update();
    }
    for (CodeVariables *marks : std::as_const(m_marks))
        marks->refresh();
}

} // namespace Sluice
