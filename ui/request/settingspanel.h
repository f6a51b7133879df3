// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/requestpanel.h"

class QComboBox;
class QPlainTextEdit;
class QSpinBox;

namespace Sluice {

/** How this one request is sent; everything may be inherited. */
class SettingsPanel final : public RequestPanel
{
    Q_OBJECT

public:
    explicit SettingsPanel(QWidget *parent = nullptr);

    void load(const RequestSpec &spec) override;
    void store(RequestSpec &spec) const override;

private:
    QComboBox *makeChoice(const QStringList &texts);
    QComboBox *makeSwitch();

    QComboBox *m_redirects = nullptr;
    QSpinBox *m_maxRedirects = nullptr;
    QSpinBox *m_timeout = nullptr;
    QComboBox *m_verifyTls = nullptr;
    QComboBox *m_encodeUrl = nullptr;
    QComboBox *m_httpVersion = nullptr;
    bool m_loading = false;
};

/** Notes on the request, in Markdown. */
class DocsPanel final : public RequestPanel
{
    Q_OBJECT

public:
    explicit DocsPanel(QWidget *parent = nullptr);

    void load(const RequestSpec &spec) override;
    void store(RequestSpec &spec) const override;

private:
    QPlainTextEdit *m_text = nullptr;
    bool m_loading = false;
};

} // namespace Sluice
