// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/requestpanel.h"

namespace Sluice {

class RowsTable;

/** The URL's parameters. */
class ParamsPanel final : public RequestPanel
{
    Q_OBJECT

public:
    explicit ParamsPanel(const VariableMeanings *variables, QWidget *parent = nullptr);

    void load(const RequestSpec &spec) override;
    void store(RequestSpec &spec) const override;
    void refreshVariables() override;

private:
    RowsTable *m_table = nullptr;
};

/** The request's own header fields. */
class HeadersPanel final : public RequestPanel
{
    Q_OBJECT

public:
    explicit HeadersPanel(const VariableMeanings *variables, QWidget *parent = nullptr);

    void load(const RequestSpec &spec) override;
    void store(RequestSpec &spec) const override;
    void refreshVariables() override;

private:
    RowsTable *m_table = nullptr;
};

/** Assertions on the response, and captures from it. */
class ChecksPanel final : public RequestPanel
{
    Q_OBJECT

public:
    explicit ChecksPanel(const VariableMeanings *variables, QWidget *parent = nullptr);

    void load(const RequestSpec &spec) override;
    void store(RequestSpec &spec) const override;
    void refreshVariables() override;

private:
    RowsTable *m_assertions = nullptr;
    RowsTable *m_captures = nullptr;
};

} // namespace Sluice
