// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sluice-cli/command.h"
#include "core/collection/requestdocument.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr OptionSpec setTable[] = {
    {"help", "", "show this", 'h'},
};

/** Which keys a file may have depends on its place in the collection, as the format lays down. */
enum class FileKind { Request, Folder, Environment };

FileKind kindOf(const QFileInfo &file)
{
    const QString name = file.completeBaseName();
    if (name == "opencollection"_L1 || name == "folder"_L1)
        return FileKind::Folder;
    return file.absoluteDir().dirName() == "environments"_L1 ? FileKind::Environment
                                                             : FileKind::Request;
}

template<typename Document>
Result<> setValues(const QString &path, const QStringList &assignments)
{
    Result<Document> document = Document::read(path);
    if (!document)
        return std::unexpected(document.error());
    for (const QString &text : assignments) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals <= 0)
            return failure(ErrorCode::Usage, u"'%1': KEY=VALUE is needed."_s.arg(text));
        const Result<> set = document->setValue(text.first(equals), text.sliced(equals + 1));
        if (!set)
            return set;
    }
    return document->save();
}

Result<> setIn(const QString &path, const QStringList &assignments)
{
    const QFileInfo file(path);
    if (!file.isFile()) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The file does not exist."_s, path, 0, 0});
    }
    switch (kindOf(file)) {
    case FileKind::Request:
        return setValues<RequestDocument>(path, assignments);
    case FileKind::Folder:
        return setValues<FolderDocument>(path, assignments);
    case FileKind::Environment:
        return setValues<EnvironmentDocument>(path, assignments);
    }
    Q_UNREACHABLE();
}

} // namespace

int setCommand(const QStringList &arguments)
{
    const Result<Arguments> read = Arguments::read(arguments, {setTable});
    if (!read)
        return failUsage(read.error(), "set");
    if (read->has("help")) {
        print(
            u"Usage: sluice-cli set FILE KEY=VALUE...\n\n"
            "Edits values in place; comments, order and quoting stay as they are. Keys are paths:\n"
            "  http.url=...  http.headers[0].value=...  extensions.sluice.limits.perHost=4\n"_s);
        return ExitOk;
    }
    if (read->positional().size() < 2) {
        return failUsage(
            {ErrorCode::Usage, u"A file and at least one KEY=VALUE are needed."_s, {}, 0, 0},
            "set");
    }
    const Result<> result = setIn(read->positional().first(), read->positional().sliced(1));
    return result ? int(ExitOk) : failUsage(result.error(), "set");
}

} // namespace Sluice
