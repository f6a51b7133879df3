// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/request/authpanel.h"

#include "core/auth/authcatalog.h"
#include "ui/request/variableedit.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

QList<AuthPanel::Parameter> AuthPanel::parametersOf(const QString &type)
{
    if (type == "basic"_L1)
        return {{u"username"_s, tr("&User name")}, {u"password"_s, tr("&Password"), true}};
    if (type == "bearer"_L1)
        return {{u"token"_s, tr("&Token")}};
    if (type == "apikey"_L1)
        return {{u"key"_s, tr("&Name")},
                {u"value"_s, tr("&Value")},
                {u"placement"_s,
                 tr("Sent &in"),
                 false,
                 {{u"header"_s, tr("A header field")}, {u"query"_s, tr("The query of the URL")}}}};
    return {};
}

AuthPanel::AuthPanel(const VariableMeanings *variables, QWidget *parent)
    : RequestPanel(parent), m_variables(variables), m_type(new QComboBox(this)),
      m_form(new QFormLayout(this)), m_note(new QLabel(this))
{
    m_type->addItem(tr("Inherit from folder"), u"inherit"_s);
    m_type->addItem(tr("None"), u"none"_s);
    m_type->addItem(tr("Basic"), u"basic"_s);
    m_type->addItem(tr("Bearer token"), u"bearer"_s);
    m_type->addItem(tr("API key"), u"apikey"_s);
    m_type->setMaximumWidth(220);
    m_type->setObjectName(u"type"_s);
    m_note->setObjectName(u"note"_s);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setWordWrap(true);
    m_form->setContentsMargins(12, 12, 12, 12);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("T&ype"), m_type);
    m_form->addRow(QString(), m_note);
    connect(m_type, &QComboBox::currentIndexChanged, this, [this] {
        if (m_loading)
            return;
        setType(m_type->currentData().toString());
    });
    setFocusProxy(m_type);
}

/** What was filled in for another type is not written, but there again for who comes back to it. */
void AuthPanel::setType(const QString &type)
{
    m_otherParams.insert(m_auth.type, m_auth.params);
    m_auth = {type, m_otherParams.take(type)};
    rebuild();
    emit edited();
}

void AuthPanel::rebuild()
{
    for (QWidget *field : std::as_const(m_fields))
        m_form->removeRow(field);
    m_fields.clear();
    for (const Parameter &parameter : parametersOf(m_auth.type)) {
        QWidget *field = parameter.choices.isEmpty() ? makeEdit(parameter) : makeChoice(parameter);
        field->setObjectName(parameter.key);
        m_form->insertRow(m_form->rowCount() - 1, parameter.label, field);
        m_fields << field;
    }
    const bool known = m_auth.type.isEmpty() || m_type->findData(m_auth.type) >= 0;
    m_note->setText(
        !known ? tr("This request uses \"%1\", which cannot be edited here. It is kept as it is.")
                     .arg(m_auth.type)
        : m_auth.type == "inherit"_L1
            ? tr("The folder's or the collection's authentication applies.")
            : QString());
    m_note->setVisible(!m_note->text().isEmpty());
}

QWidget *AuthPanel::makeEdit(const Parameter &parameter)
{
    auto *edit = new VariableEdit(m_variables, this);
    edit->setText(m_auth.params.value(parameter.key));
    edit->setMaximumWidth(520);
    // A variable is no secret, and it should be readable.
    if (parameter.secret && !edit->text().contains("{{"_L1) && !edit->text().isEmpty())
        edit->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    connect(edit, &QLineEdit::textEdited, this,
            [this, key = parameter.key](const QString &text) { setParameter(key, text); });
    return edit;
}

QWidget *AuthPanel::makeChoice(const Parameter &parameter)
{
    auto *choice = new QComboBox(this);
    for (const Choice &each : parameter.choices)
        choice->addItem(each.label, each.value);
    choice->setCurrentIndex(std::max(0, choice->findData(m_auth.params.value(parameter.key))));
    choice->setMaximumWidth(220);
    connect(choice, &QComboBox::activated, this, [this, choice, key = parameter.key] {
        setParameter(key, choice->currentData().toString());
    });
    return choice;
}

void AuthPanel::setParameter(const QString &key, const QString &value)
{
    m_auth.params.insert(key, value);
    emit edited();
}

void AuthPanel::load(const RequestSpec &spec)
{
    if (spec.auth == m_auth && !m_fields.isEmpty())
        return;
    const QScopedValueRollback guard(m_loading, true);
    if (spec.auth != m_auth)
        m_otherParams.clear();
    m_auth = spec.auth;
    m_type->setCurrentIndex(m_type->findData(m_auth.type.isEmpty() ? u"none"_s : m_auth.type));
    rebuild();
}

void AuthPanel::store(RequestSpec &spec) const
{
    spec.auth = m_auth;
}

void AuthPanel::refreshVariables()
{
    for (QWidget *field : std::as_const(m_fields))
        field->update();
}

QString AuthPanel::summary(const AuthSpec &own, const std::vector<RequestDefaults> &defaults)
{
    const AuthSpec used = effectiveAuth(own, defaults);
    if (used.type.isEmpty() || used.type == "none"_L1)
        return {};
    return own.type == "inherit"_L1 ? tr("%1, inherited").arg(used.type) : used.type;
}

} // namespace Sluice
