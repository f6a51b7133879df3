// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <optional>

namespace Sluice {

/** Who may read a file that is written. */
enum class FileReaders {
    Usual,     ///< As before; those of a new file are the system's choice.
    OwnerOnly, ///< For what may hold credentials.
};

/**
 * Replaces the file \a path by \a bytes: a temporary file beside it, fsync, rename, fsync of the
 * folder, and reads it back. Whatever happens, the old file or the new one is there, whole.
 *
 * Of two instances that write at once one comes after the other. When \a expected is given and the
 * file now holds something else, ErrorCode::ChangedOnDisk and nothing is written; a null array
 * means that no file is expected. Else Io or ReadOnly with what to do.
 */
Result<> writeFileAtomically(const QString &path, const QByteArray &bytes,
                             const std::optional<QByteArray> &expected = {},
                             FileReaders readers = FileReaders::Usual);

} // namespace Sluice
