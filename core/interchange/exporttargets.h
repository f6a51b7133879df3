// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/exportjob.h"

#include <span>

namespace Sluice {

/** A program that collections can be written for. */
struct ExportTarget
{
    QLatin1StringView id;     ///< As `--to` spells it.
    QLatin1StringView title;  ///< For people.
    QLatin1StringView suffix; ///< Of the file.
    Result<Exported> (*write)(const ExportJob &job);
};

/** Every target, in the order menus show them. */
std::span<const ExportTarget> exportTargets();

/**
 * Writes \a job for the target \a id; values of secrets are in no part of it. Usage for an unknown
 * target, naming the known ones. Any thread.
 */
Result<Exported> exportFor(const QString &id, const ExportJob &job);

} // namespace Sluice
