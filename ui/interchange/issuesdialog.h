// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace Sluice {

/** All that an import could not take over, a line each, to be read and copied. */
class IssuesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit IssuesDialog(const QStringList &lines, QWidget *parent = nullptr);
};

} // namespace Sluice
