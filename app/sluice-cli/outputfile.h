// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSaveFile>

#include <memory>

namespace Sluice {

/**
 * Opens \a path for a file that replaces the one there once it is whole. Usage when it cannot be
 * written or is no regular file: a device must not be renamed over.
 */
Result<std::unique_ptr<QSaveFile>> openOutputFile(const QString &path);

/** Puts \a file in its place; Io when not all of it could be written. */
Result<> commitOutputFile(QSaveFile &file);

/** Both at once, with \a text between them. */
Result<> writeOutputFile(const QString &path, const QByteArray &text);

} // namespace Sluice
