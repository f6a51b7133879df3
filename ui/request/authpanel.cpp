// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/authpanel.h"

#include "ui/request/variableedit.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>

#include <ranges>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

struct Parameter
{
    QString key;
    QString label;
    bool secret = false;
};

QList<Parameter> parametersOf(const QString &type)
{
    if (type == "basic"_L1)
        return {{u"username"_s, AuthPanel::tr("&User name")},
                {u"password"_s, AuthPanel::tr("&Password"), true}};
    if (type == "bearer"_L1)
        return {{u"token"_s, AuthPanel::tr("&Token")}};
    return {};
}

} // namespace

AuthPanel::AuthPanel(const VariableMeanings *variables, QWidget *parent)
    : RequestPanel(parent), m_variables(variables), m_type(new QComboBox(this)),
      m_form(new QFormLayout(this)), m_note(new QLabel(this))
{
    m_type->addItem(tr("Inherit from folder"), u"inherit"_s);
    m_type->addItem(tr("None"), u"none"_s);
    m_type->addItem(tr("Basic"), u"basic"_s);
    m_type->addItem(tr("Bearer token"), u"bearer"_s);
    m_type->setMaximumWidth(220);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setWordWrap(true);
    m_form->setContentsMargins(12, 12, 12, 12);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("T&ype"), m_type);
    m_form->addRow(QString(), m_note);
    connect(m_type, &QComboBox::currentIndexChanged, this, [this] {
        if (m_loading)
            return;
        m_auth.type = m_type->currentData().toString();
        rebuild();
        emit edited();
    });
    setFocusProxy(m_type);
}

void AuthPanel::rebuild()
{
    for (QLineEdit *edit : std::as_const(m_edits))
        m_form->removeRow(edit);
    m_edits.clear();
    for (const Parameter &parameter : parametersOf(m_auth.type)) {
        auto *edit = new VariableEdit(m_variables, this);
        edit->setText(m_auth.params.value(parameter.key));
        edit->setMaximumWidth(520);
        edit->setObjectName(parameter.key);
        // A variable is no secret, and it should be readable.
        if (parameter.secret && !edit->text().contains("{{"_L1) && !edit->text().isEmpty())
            edit->setEchoMode(QLineEdit::PasswordEchoOnEdit);
        connect(edit, &QLineEdit::textEdited, this,
                [this, key = parameter.key](const QString &text) {
                    m_auth.params.insert(key, text);
                    emit edited();
                });
        m_form->insertRow(m_form->rowCount() - 1, parameter.label, edit);
        m_edits << edit;
    }
    const bool known = m_type->findData(m_auth.type) >= 0 || m_auth.type.isEmpty();
    m_note->setText(
        !known ? tr("This request uses \"%1\", which cannot be edited here. It is kept as it is.")
                     .arg(m_auth.type)
        : m_auth.type == "inherit"_L1 || m_auth.type.isEmpty()
            ? tr("The folder's or the collection's authentication applies.")
            : QString());
    m_note->setVisible(!m_note->text().isEmpty());
}

void AuthPanel::load(const RequestSpec &spec)
{
    if (spec.auth == m_auth && !m_edits.isEmpty())
        return;
    const QScopedValueRollback guard(m_loading, true);
    m_auth = spec.auth;
    m_type->setCurrentIndex(m_type->findData(m_auth.type.isEmpty() ? u"inherit"_s : m_auth.type));
    rebuild();
}

void AuthPanel::store(RequestSpec &spec) const
{
    spec.auth = m_auth;
}

void AuthPanel::refreshVariables()
{
    for (QLineEdit *edit : std::as_const(m_edits))
        edit->update();
}

QString AuthPanel::summary(const AuthSpec &own, const std::vector<RequestDefaults> &defaults)
{
    const bool inherits = own.type.isEmpty() || own.type == "inherit"_L1;
    if (!inherits)
        return own.type == "none"_L1 ? QString() : own.type;
    for (const RequestDefaults &level : defaults | std::views::reverse) {
        if (level.auth.type == "none"_L1)
            return {};
        if (!level.auth.type.isEmpty() && level.auth.type != "inherit"_L1)
            return tr("%1, inherited").arg(level.auth.type);
    }
    return {};
}

} // namespace Sluice
