// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/importnode.h"

#include <span>

namespace Sluice {

/** A kind of file that becomes a collection. */
struct ImportFormat
{
    QLatin1StringView id;
    QLatin1StringView title; ///< For people.
    bool (*recognises)(const YamlNode &root);
    void (*read)(const YamlNode &root, ImportContext &context);
};

/** Every format of a JSON or YAML file; beside them there are curl commands. */
std::span<const ImportFormat> importFormats();

/**
 * \a text as a collection, whatever known format it is in; \a path names it in issues and gives the
 * collection a name where the format has none. Parse, with its place, for a text that cannot be
 * read, and for one of an unknown format, naming the known ones. Any thread.
 */
Result<ImportedCollection> importText(const QByteArray &text, const QString &path,
                                      ImportedSecrets secrets = ImportedSecrets::HoldBack);

} // namespace Sluice
