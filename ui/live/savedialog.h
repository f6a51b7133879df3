// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>

class QWidget;

namespace Sluice {

/**
 * Asks for a file to write and hands it to \a save; says so when that fails. Returns at once; the
 * dialog is \a parent's. \a suffix is added to a name without one, or that of the chosen filter.
 */
void askForFile(QWidget *parent, const QString &title, const QString &filter, const QString &suffix,
                std::function<Result<>(const QString &)> save);

/** As askForFile(), but \a save is called in another thread: it must not touch a widget. */
void askForFileAndWork(QWidget *parent, const QString &title, const QString &filter,
                       const QString &suffix, std::function<Result<>(const QString &)> save);

} // namespace Sluice
