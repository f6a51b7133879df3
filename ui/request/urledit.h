// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/request/variableedit.h"

namespace Sluice {

/** The line for a request's URL; pasting a curl command into it is told instead of done. */
class UrlEdit final : public VariableEdit
{
    Q_OBJECT

public:
    using VariableEdit::VariableEdit;

signals:
    /** Not inserted: \a text is a whole request. */
    void curlPasted(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace Sluice
