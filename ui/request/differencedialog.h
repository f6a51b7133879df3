// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/linediff.h"

#include <QDialog>

namespace Sluice {

/** Two versions of a text: a line of theirs with −, one of mine with +, what both have without. */
class DifferenceDialog final : public QDialog
{
    Q_OBJECT

public:
    DifferenceDialog(const QString &title, const std::vector<DiffLine> &lines, QWidget *parent);
};

} // namespace Sluice
