// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlnode.h"
#include "core/http/requestspec.h"

#include <QStringList>

#include <optional>

namespace Sluice {

// The names of the OpenCollection 1.0.0 format and its rules that reading and writing share.

inline constexpr char CollectionFile[] = "opencollection.yml";
inline constexpr char FolderFile[] = "folder.yml";
inline constexpr char EnvironmentsFolder[] = "environments";
inline constexpr char FileSuffix[] = ".yml";

// Bruno's older format, which is read and converted but not written.
inline constexpr char BruConfigFile[] = "bruno.json";
inline constexpr char BruCollectionFile[] = "collection.bru";
inline constexpr char BruFolderFile[] = "folder.bru";
inline constexpr char BruSuffix[] = ".bru";

/** When \a action sets its variable; nothing for one that sets none or has an unknown phase. */
std::optional<CaptureSpec::Phase> capturePhase(const YamlNode &action);
/** How the files spell \a phase. */
QString capturePhaseName(CaptureSpec::Phase phase);

/** The operators that an assertion may name. */
QStringList assertionOperators();

/** The type that a variable's `type` names; Text for `string` and for an unknown one. */
ValueType valueType(QStringView name);
/** How the files spell \a type. */
QString valueTypeName(ValueType type);

/** The kind that a body's `type` names; nothing for a name that the format does not know. */
std::optional<BodySpec::Kind> bodyKind(QStringView type);
/** The `type` of a body in an `http` section; empty for None and GraphQl. */
QString bodyTypeName(BodySpec::Kind kind);

/**
 * Of a list of `{title, selected, KEY}` variants the KEY of the selected one, else of the first;
 * nullptr when there is none.
 */
const YamlNode *selectedVariant(const YamlNode &list, QStringView key);

} // namespace Sluice
