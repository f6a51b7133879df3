// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/bruconversion.h"

#include "core/collection/atomicfile.h"
#include "core/collection/bruparser.h"
#include "core/collection/collectionformat.h"
#include "core/collection/formatnames.h"
#include "core/collection/requestreader.h"
#include "core/collection/specdocument.h"
#include "core/collection/specfile.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

class Converter
{
public:
    Converter(const QString &from, const QString &to)
        : m_from(QDir(from).absolutePath()), m_to(QDir(to).absolutePath())
    {
    }

    Result<BruConversion> convert();

private:
    Result<> root();
    Result<> folder(const QString &relative);
    Result<> file(const QFileInfo &entry, const QString &target, bool inEnvironments);
    Result<> request(const QString &path, const QString &target);
    Result<> environment(const QString &path, const QString &target);
    Result<> describe(const QString &from, const QString &to);
    Result<> copy(const QString &path, const QString &target);
    template<typename Spec>
    Result<> save(SpecDocument<Spec> document);

    void noteUnknownBlocks(const QString &path);
    void note(const QString &message, const QString &path, int line = 0)
    {
        m_result.problems.push_back({ErrorCode::Unsupported, message, path, line, 0});
    }

    QString m_from;
    QString m_to;
    BruConversion m_result;
};

Result<BruConversion> Converter::convert()
{
    if (rootFormat(m_from) != CollectionFormat::Bru)
        return failure(ErrorCode::FileNotFound,
                       u"This is no collection in Bruno's older format: it has no bruno.json"_s,
                       m_from);
    if (rootFormat(m_to) == CollectionFormat::OpenCollection)
        return failure(ErrorCode::Usage, u"There is a collection here already"_s, m_to);
    if (m_to.startsWith(m_from + u'/'))
        return failure(ErrorCode::Usage,
                       u"A collection cannot be converted into a part of itself"_s, m_to);
    m_result.root = m_to;
    Result<> done = root();
    if (done)
        done = folder({});
    if (done)
        return m_result;
    // Half a collection would hide the whole one beside it.
    for (const WrittenFile &file : m_result.files)
        QFile::remove(file.path);
    return std::unexpected(done.error());
}

template<typename Spec>
Result<> Converter::save(SpecDocument<Spec> document)
{
    const Result<> done = document.save();
    if (done)
        m_result.files.push_back({document.path(), document.text()});
    return done;
}

/** Comes first: with it the target is a collection that may be written. */
Result<> Converter::root()
{
    Result<FolderSpec> spec = flawless(readBruFolderFile(m_from));
    if (!spec)
        return std::unexpected(spec.error());
    spec->formatVersion = u"1.0.0"_s;
    spec->readOnly = false;
    if (!QDir().mkpath(m_to))
        return failure(ErrorCode::Io, u"The folder cannot be created"_s, m_to);
    const QString config = m_from + u'/' + QLatin1StringView(BruConfigFile);
    const QJsonObject object =
        QJsonDocument::fromJson(readFileBytes(config).value_or(QByteArray())).object();
    static const QStringList known{u"version"_s, u"name"_s, u"type"_s, u"ignore"_s};
    for (const QString &key : object.keys()) {
        if (!known.contains(key))
            note(u"The setting \"%1\" is not converted"_s.arg(key), config);
    }
    noteUnknownBlocks(m_from + u'/' + QLatin1StringView(BruCollectionFile));
    // Not by save(): where the older files are, nothing may be written before this file is there.
    const QString path = m_to + u'/' + QLatin1StringView(CollectionFile);
    const QByteArray text = FolderDocument::create(*spec, path).text();
    const Result<> done = writeFileAtomically(path, text, QByteArray());
    if (done)
        m_result.files.push_back({path, text});
    return done;
}

Result<> Converter::folder(const QString &relative)
{
    const QString from = m_from + relative;
    const QString to = m_to + relative;
    if (!QDir().mkpath(to))
        return failure(ErrorCode::Io, u"The folder cannot be created"_s, to);
    const bool isEnvironments = relative == u'/' + QLatin1StringView(EnvironmentsFolder);
    const QFileInfoList entries = QDir(from).entryInfoList(
        QDir::Dirs | QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    for (const QFileInfo &entry : entries) {
        const QString name = entry.fileName();
        if (entry.isSymLink() || name == "node_modules"_L1 || name == ".git"_L1)
            continue;
        if (entry.isDir())
            ++m_result.folders;
        const Result<> done = entry.isDir() ? folder(relative + u'/' + name)
                                            : file(entry, to + u'/' + name, isEnvironments);
        if (!done)
            return done;
    }
    return {};
}

Result<> Converter::file(const QFileInfo &entry, const QString &target, bool inEnvironments)
{
    const QString path = entry.absoluteFilePath();
    const QString name = entry.fileName();
    if (name == QLatin1StringView(BruConfigFile) || name == QLatin1StringView(BruCollectionFile))
        return {};
    if (!isBruFile(path))
        return copy(path, target);
    const QString written =
        target.chopped(qsizetype(qstrlen(BruSuffix))) + QLatin1StringView(FileSuffix);
    if (name == QLatin1StringView(BruFolderFile))
        return describe(entry.absolutePath(), written);
    return inEnvironments ? environment(path, written) : request(path, written);
}

Result<> Converter::request(const QString &path, const QString &target)
{
    const Result<RequestSpec> spec = flawless(readRequestFile(path));
    if (!spec) {
        m_result.problems.push_back(spec.error());
        return {};
    }
    if (const QString why = itemNote(itemKind(spec->kind)); !why.isEmpty()) {
        note(u"The item is left out: %1"_s.arg(why), path);
        return {};
    }
    noteUnknownBlocks(path);
    ++m_result.requests;
    return save(RequestDocument::create(*spec, target));
}

Result<> Converter::environment(const QString &path, const QString &target)
{
    const Result<EnvironmentSpec> spec = flawless(readEnvironmentFile(path));
    if (!spec) {
        m_result.problems.push_back(spec.error());
        return {};
    }
    ++m_result.environments;
    return save(EnvironmentDocument::create(*spec, target));
}

/** Writes the `folder.yml` of \a from. */
Result<> Converter::describe(const QString &from, const QString &to)
{
    const Result<FolderSpec> spec = flawless(readBruFolderFile(from));
    if (!spec) {
        m_result.problems.push_back(spec.error());
        return {};
    }
    noteUnknownBlocks(from + u'/' + QLatin1StringView(BruFolderFile));
    return save(FolderDocument::create(*spec, to));
}

Result<> Converter::copy(const QString &path, const QString &target)
{
    if (path == target)
        return {};
    if (QFile::copy(path, target)) {
        m_result.files.push_back({target, {}});
        return {};
    }
    return failure(ErrorCode::Io, u"The file cannot be copied to %1"_s.arg(target), path);
}

void Converter::noteUnknownBlocks(const QString &path)
{
    const Result<QByteArray> text = readFileBytes(path);
    const Result<BruFile> file = text ? parseBru(*text, path) : std::unexpected(text.error());
    if (!file)
        return;
    for (const BruBlock &block : file->blocks) {
        if (block.name == "example"_L1 || block.name == "app"_L1)
            note(u"The block \"%1\" is not converted"_s.arg(block.name), path, block.line);
    }
}

} // namespace

Result<BruConversion> convertBruCollection(const QString &from, const QString &to)
{
    return Converter(from, to).convert();
}

} // namespace Sluice
