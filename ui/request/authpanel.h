// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/requestpanel.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

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

    /** What applies to a request: its own type or, with `inherit`, the folder's. */
    static QString summary(const AuthSpec &own, const std::vector<RequestDefaults> &defaults);

private:
    void rebuild();

    const VariableMeanings *m_variables;
    QComboBox *m_type = nullptr;
    QFormLayout *m_form = nullptr;
    QLabel *m_note = nullptr;
    QList<QLineEdit *> m_edits;
    AuthSpec m_auth;
    bool m_loading = false;
};

} // namespace Sluice
