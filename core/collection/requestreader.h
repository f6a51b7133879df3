// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/yamlreader.h"
#include "core/http/requestspec.h"

namespace Sluice {

/** What kind of item a file or bundled item is, by `info.type` or else by its sections. */
enum class ItemKind { Http, GraphQl, Grpc, WebSocket, Script, App, Folder, Unknown };
ItemKind itemKind(const YamlNode &root);
ItemKind itemKind(RequestSpec::Kind kind);
/** Why an item of \a kind cannot be sent; empty for those that can. */
QString itemNote(ItemKind kind);

/**
 * Reads a request in the OpenCollection 1.0.0 format. Problems go to \a reader; what could be read
 * is returned all the same. \a fallbackName is for a file without a name.
 */
RequestSpec readRequestSpec(const YamlNode &root, const QString &fallbackName, YamlReader &reader);

/** Reads the `request` section of a folder or collection. */
RequestDefaults readRequestDefaults(const YamlNode &root, YamlReader &reader);

/** The keys that every row of a table has; the value is read by the caller. */
NameValue readNameValue(const YamlNode &item, YamlReader &reader);

/** A variable's value: a text, a typed value, or the selected one of several. */
VariableValue readVariableValue(const YamlNode &variable, YamlReader &reader);

} // namespace Sluice
