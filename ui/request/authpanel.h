// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/requestpanel.h"

class QComboBox;
class QFormLayout;
class QLabel;

namespace Sluice {

/** How the request authenticates. Types that this panel cannot edit are kept and said so. */
class AuthPanel final : public RequestPanel
{
    Q_OBJECT

public:
    explicit AuthPanel(const VariableMeanings *variables, QWidget *parent = nullptr);

    void load(const RequestSpec &spec) override;
    void store(RequestSpec &spec) const override;
    void refreshVariables() override;

    /** What signs a request, as effectiveAuth() has it: its own type or one it inherits. */
    static QString summary(const AuthSpec &own, const std::vector<RequestDefaults> &defaults);

private:
    struct Choice
    {
        QString value; ///< As files write it; the first stands for one that is not written.
        QString label;
    };
    struct Parameter
    {
        QString key;
        QString label;
        bool secret = false;
        QList<Choice> choices = {}; ///< Empty = any text.
    };

    static QList<Parameter> parametersOf(const QString &type);
    void setType(const QString &type);
    void rebuild();
    QWidget *makeEdit(const Parameter &parameter);
    QWidget *makeChoice(const Parameter &parameter);
    void setParameter(const QString &key, const QString &value);

    const VariableMeanings *m_variables;
    QComboBox *m_type = nullptr;
    QFormLayout *m_form = nullptr;
    QLabel *m_note = nullptr;
    QList<QWidget *> m_fields; ///< Of the parameters.
    AuthSpec m_auth;
    QMap<QString, QMap<QString, QString>> m_otherParams; ///< By type, of types left again.
    bool m_loading = false;
};

} // namespace Sluice
