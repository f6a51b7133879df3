// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/folderreader.h"

#include "core/collection/limitsreader.h"
#include "core/collection/requestreader.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sluice {

FolderSpec readFolderSpec(const YamlNode &root, const QString &fallbackName, YamlReader &reader)
{
    FolderSpec spec;
    spec.name = fallbackName;
    if (root.isNull())
        return spec;
    if (!root.isMapping()) {
        reader.problem(root, u"The file has to hold keys and values"_s);
        return spec;
    }
    if (const YamlNode *version = root.child(u"opencollection")) {
        spec.formatVersion = reader.scalar(*version);
        spec.readOnly = spec.formatVersion.section(u'.', 0, 0).toInt() > 1;
    }
    if (const YamlNode *info = reader.mapping(root, u"info")) {
        spec.name = reader.text(*info, u"name", fallbackName);
        spec.seq = reader.number(*info, u"seq").value_or(0);
    }
    spec.defaults = readRequestDefaults(root, reader);
    spec.limits = readLimits(root, reader);
    spec.docs = reader.description(root, u"docs");
    return spec;
}

EnvironmentSpec readEnvironmentSpec(const YamlNode &root, const QString &path, YamlReader &reader)
{
    EnvironmentSpec spec;
    spec.path = path;
    spec.name = QFileInfo(path).completeBaseName();
    if (root.isNull())
        return spec;
    if (!root.isMapping()) {
        reader.problem(root, u"An environment has to hold name and variables"_s);
        return spec;
    }
    spec.name = reader.text(root, u"name", spec.name);
    spec.extends = reader.text(root, u"extends");
    spec.dotEnvFile = reader.text(root, u"dotEnvFilePath");
    for (const YamlNode *item : reader.items(root, u"variables")) {
        const NameValue row = readNameValue(*item, reader);
        EnvironmentVariable variable;
        variable.name = row.name;
        variable.description = row.description;
        variable.enabled = row.enabled;
        variable.secret = reader.boolean(*item, u"secret").value_or(false);
        if (!variable.secret) {
            const VariableValue value = readVariableValue(*item, reader);
            variable.value = value.text;
            variable.type = value.type;
        }
        spec.variables.push_back(std::move(variable));
    }
    return spec;
}

} // namespace Sluice
