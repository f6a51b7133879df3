// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/tablepanels.h"

#include "ui/request/rowstable.h"
#include "ui/request/urlquery.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QVBoxLayout *flatLayout(QWidget *widget)
{
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

RowsTable *addTable(RequestPanel *panel, std::unique_ptr<RowsModel> model, const QString &name)
{
    auto *table = new RowsTable(std::move(model), name, panel);
    QObject::connect(table->rowsModel(), &RowsModel::edited, panel, &RequestPanel::edited);
    return table;
}

RowsModel::Hint variableHint(const VariableMeanings *variables)
{
    return [variables](const EditorRow &row) {
        return row.cells[2].isEmpty() ? variables->hint(row.cells[1]) : QString();
    };
}

QLabel *heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setContentsMargins(12, 8, 12, 4);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

ParamsPanel::ParamsPanel(const VariableMeanings *variables, QWidget *parent) : RequestPanel(parent)
{
    auto model = std::make_unique<RowsModel>(
        QStringList{tr("Name"), tr("Value"), tr("Description")}, tr("Add parameter"));
    model->setHint(variableHint(variables));
    m_table = addTable(this, std::move(model), tr("Parameters"));
    m_table->markVariables(variables, {0, 1});
    flatLayout(this)->addWidget(m_table);
    setFocusProxy(m_table);
}

void ParamsPanel::load(const RequestSpec &spec)
{
    m_table->rowsModel()->setRows(rowsOf(spec.params));
}

void ParamsPanel::store(RequestSpec &spec) const
{
    spec.params = paramsOf(m_table->rowsModel()->rows());
    spec.url = urlWithParams(spec.url, spec.params);
}

void ParamsPanel::refreshVariables()
{
    m_table->rowsModel()->refreshHints();
}

HeadersPanel::HeadersPanel(const VariableMeanings *variables, QWidget *parent)
    : RequestPanel(parent)
{
    auto model = std::make_unique<RowsModel>(
        QStringList{tr("Name"), tr("Value"), tr("Description")}, tr("Add header"));
    model->setHint(variableHint(variables));
    m_table = addTable(this, std::move(model), tr("Headers"));
    m_table->markVariables(variables, {0, 1});
    flatLayout(this)->addWidget(m_table);
    setFocusProxy(m_table);
}

void HeadersPanel::load(const RequestSpec &spec)
{
    m_table->rowsModel()->setRows(rowsOf(spec.headers));
}

void HeadersPanel::store(RequestSpec &spec) const
{
    spec.headers = pairsOf(m_table->rowsModel()->rows());
}

void HeadersPanel::refreshVariables()
{
    m_table->rowsModel()->refreshHints();
}

ChecksPanel::ChecksPanel(const VariableMeanings *variables, QWidget *parent) : RequestPanel(parent)
{
    m_assertions = addTable(
        this,
        std::make_unique<RowsModel>(QStringList{tr("Expression"), tr("Operator"), tr("Value")},
                                    tr("Add check, e.g. res.status  eq  200")),
        tr("Checks"));
    m_assertions->markVariables(variables, {2});
    auto captures =
        std::make_unique<RowsModel>(QStringList{tr("Variable"), tr("Expression"), tr("Scope")},
                                    tr("Add capture, e.g. token  res.body.token"));
    captures->setHint(
        [](const EditorRow &row) { return row.isBefore ? tr("before the request") : QString(); });
    m_captures = addTable(this, std::move(captures), tr("Captures"));
    for (RowsTable *table : {m_assertions, m_captures})
        table->horizontalHeader()->resizeSection(1, 160);
    m_captures->horizontalHeader()->resizeSection(1, 320);
    QVBoxLayout *layout = flatLayout(this);
    layout->addWidget(m_assertions, 1);
    layout->addWidget(heading(tr("Captures: variables set from the response"), this));
    layout->addWidget(m_captures, 1);
    setFocusProxy(m_assertions);
}

void ChecksPanel::refreshVariables()
{
    m_assertions->rowsModel()->refreshHints();
}

void ChecksPanel::load(const RequestSpec &spec)
{
    m_assertions->rowsModel()->setRows(rowsOf(spec.assertions));
    m_captures->rowsModel()->setRows(rowsOf(spec.captures));
}

void ChecksPanel::store(RequestSpec &spec) const
{
    spec.assertions = assertionsOf(m_assertions->rowsModel()->rows());
    spec.captures = capturesOf(m_captures->rowsModel()->rows());
}

} // namespace Sluice
