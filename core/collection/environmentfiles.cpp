// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/environmentfiles.h"

#include "core/collection/formatnames.h"
#include "core/collection/specdocument.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

EnvironmentFiles readEnvironmentFiles(const QString &root)
{
    EnvironmentFiles files;
    if (auto all = readEnvironments(root)) {
        files.environments = std::move(*all);
        return files;
    }
    const QDir folder(root + u'/' + QLatin1StringView(EnvironmentsFolder));
    for (const QString &name : folder.entryList({u"*.yml"_s}, QDir::Files, QDir::Name)) {
        const auto document = EnvironmentDocument::read(folder.absoluteFilePath(name));
        if (document)
            files.environments.push_back(document->spec());
        else
            files.problems.push_back(document.error());
    }
    std::ranges::stable_sort(files.environments, {}, &EnvironmentSpec::name);
    return files;
}

} // namespace Sluice
