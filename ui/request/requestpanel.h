// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"
#include "ui/request/variables.h"

#include <QWidget>

namespace Sluice {

/** One page of the request editor: shows a part of a RequestSpec and writes it back. */
class RequestPanel : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /** Shows \a spec without emitting edited(). */
    virtual void load(const RequestSpec &spec) = 0;
    /** Writes what is shown into \a spec; the rest of it stays. */
    virtual void store(RequestSpec &spec) const = 0;
    /** The variables may stand for something else now. */
    virtual void refreshVariables() {}

signals:
    void edited();
};

} // namespace Sluice
