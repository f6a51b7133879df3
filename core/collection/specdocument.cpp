// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/specdocument.h"

#include "core/collection/atomicfile.h"
#include "core/collection/collectionformat.h"
#include "core/collection/folderreader.h"
#include "core/collection/requestreader.h"
#include "core/collection/specdiff.h"
#include "core/collection/specfile.h"
#include "core/collection/specwriter.h"
#include "core/collection/yamlemitter.h"
#include "core/collection/yamlfile.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

void readSpec(RequestSpec &spec, const YamlNode &root, const QString &path, YamlReader &reader)
{
    spec = readRequestSpec(root, QFileInfo(path).completeBaseName(), reader);
}

void readSpec(FolderSpec &spec, const YamlNode &root, const QString &path, YamlReader &reader)
{
    spec = readFolderSpec(root, QFileInfo(path).dir().dirName(), reader);
}

void readSpec(EnvironmentSpec &spec, const YamlNode &root, const QString &path, YamlReader &reader)
{
    spec = readEnvironmentSpec(root, path, reader);
}

/** True for the keys whose values are numbers, true or false in the format. */
bool isTypedKey(const YamlPath &path)
{
    static const QStringList typed{u"seq"_s,
                                   u"disabled"_s,
                                   u"secret"_s,
                                   u"selected"_s,
                                   u"encodeUrl"_s,
                                   u"timeout"_s,
                                   u"followRedirects"_s,
                                   u"maxRedirects"_s,
                                   u"verifyTls"_s,
                                   u"forwardAuthorizationHeader"_s,
                                   u"autoFetchToken"_s,
                                   u"autoRefreshToken"_s,
                                   u"includeBodyHash"_s};
    const bool isExtension = std::ranges::any_of(path, [](const YamlStep &step) {
        const auto *key = std::get_if<QString>(&step);
        return key && *key == "extensions"_L1;
    });
    if (isExtension)
        return true;
    const auto *last = std::get_if<QString>(&path.back());
    return last && typed.contains(*last);
}

Result<SpecFile<RequestSpec>> readFile(const QString &path, const RequestSpec &)
{
    return readRequestFile(path);
}

Result<SpecFile<FolderSpec>> readFile(const QString &path, const FolderSpec &)
{
    return readFolderFile(QFileInfo(path).absolutePath());
}

Result<SpecFile<EnvironmentSpec>> readFile(const QString &path, const EnvironmentSpec &)
{
    return readEnvironmentFile(path);
}

/** The sections of a new file with a blank line between them, as Bruno writes them. */
QByteArray newText(const YamlValue &root)
{
    QByteArray text;
    const bool flat = root.child(u"name") != nullptr;
    for (const YamlValue &section : root.children) {
        if (!text.isEmpty() && !flat)
            text += '\n';
        text += blockEntry(section, {}) + '\n';
    }
    return text;
}

} // namespace

template<typename Spec>
Result<> SpecDocument<Spec>::adopt(YamlDocument yaml)
{
    YamlReader reader(itemPlace(m_path).file);
    const YamlNode *node = yaml.node(m_inside);
    if (!node) {
        return std::unexpected(
            Error{ErrorCode::FileNotFound, u"The item is no longer in the file"_s, m_path, 0, 0});
    }
    Spec spec;
    readSpec(spec, *node, m_path, reader);
    if (const Result<> problems = reader.result(); !problems)
        return problems;
    m_yaml = std::move(yaml);
    m_spec = std::move(spec);
    return {};
}

template<typename Spec>
Result<SpecDocument<Spec>> SpecDocument<Spec>::read(const QString &path)
{
    if (isBruFile(path)) {
        const Result<Spec> spec = flawless(readFile(path, Spec()));
        if (!spec)
            return std::unexpected(spec.error());
        SpecDocument document = create(*spec, path);
        document.m_savedText = document.text();
        return document;
    }
    const Result<QByteArray> text = readFileBytes(itemPlace(path).file);
    if (!text)
        return std::unexpected(text.error());
    Result<SpecDocument> document = parse(*text, path);
    if (document)
        document->m_savedText = *text;
    return document;
}

template<typename Spec>
Result<SpecDocument<Spec>> SpecDocument<Spec>::parse(const QByteArray &text, const QString &path)
{
    SpecDocument document;
    document.setPath(path);
    if (const Result<> done = document.setText(text); !done)
        return std::unexpected(done.error());
    return document;
}

template<typename Spec>
SpecDocument<Spec> SpecDocument<Spec>::create(const Spec &spec, const QString &path)
{
    SpecDocument document;
    document.m_path = path;
    document.m_spec = spec;
    if (Result<YamlDocument> yaml = YamlDocument::parse(newText(toYaml(spec)), path))
        document.m_yaml = std::move(*yaml);
    return document;
}

template<typename Spec>
void SpecDocument<Spec>::setPath(const QString &path)
{
    m_path = path;
    m_inside = itemPlace(path).inside;
}

template<typename Spec>
Result<> SpecDocument<Spec>::setText(const QByteArray &text)
{
    Result<YamlDocument> yaml = YamlDocument::parse(text, itemPlace(m_path).file);
    if (!yaml)
        return std::unexpected(yaml.error());
    return adopt(std::move(*yaml));
}

template<typename Spec>
Result<> SpecDocument<Spec>::setSpec(const Spec &spec)
{
    const YamlValue wanted = toYaml(spec);
    YamlDocument edited = m_yaml;
    if (const Result<> done = applyDifference(edited, toYaml(m_spec), wanted, m_inside); !done)
        return done;
    SpecDocument result = *this;
    if (const Result<> done = result.adopt(std::move(edited)); !done)
        return done;
    if (toYaml(result.m_spec) != wanted) {
        return std::unexpected(Error{
            ErrorCode::Unsupported,
            u"This change cannot be made in place; edit the text of the file"_s, m_path, 0, 0});
    }
    *this = std::move(result);
    return {};
}

template<typename Spec>
Result<> SpecDocument<Spec>::setValue(const QString &keyPath, const QString &value)
{
    Result<YamlPath> path = parseYamlPath(keyPath);
    if (!path)
        return std::unexpected(path.error());
    path->insert(path->begin(), m_inside.begin(), m_inside.end());
    YamlDocument edited = m_yaml;
    const YamlNode *node = edited.node(*path);
    if (node && (node->isMapping() || node->isSequence())) {
        return failure(ErrorCode::Usage,
                       u"\"%1\" holds several values; name one of them"_s.arg(keyPath));
    }
    const bool wasTyped = node && node->isScalar() && node->style == YamlNode::Style::Plain
                          && readsAsTyped(node->text);
    const bool literal = readsAsTyped(value) && !value.isEmpty() && (wasTyped || isTypedKey(*path));
    const Result<> done =
        edited.set(*path, literal ? YamlValue::literal(value) : YamlValue::string(value));
    return done ? adopt(std::move(edited)) : done;
}

template<typename Spec>
Result<> SpecDocument<Spec>::removeValue(const QString &keyPath)
{
    Result<YamlPath> path = parseYamlPath(keyPath);
    if (!path)
        return std::unexpected(path.error());
    path->insert(path->begin(), m_inside.begin(), m_inside.end());
    YamlDocument edited = m_yaml;
    const Result<> done = edited.remove(*path);
    return done ? adopt(std::move(edited)) : done;
}

template<typename Spec>
Result<> SpecDocument<Spec>::save(IfChanged ifChanged)
{
    if (const Result<> allowed = ensureWritable(m_path); !allowed)
        return allowed;
    if (const Result<> done = writeFileAtomically(
            itemPlace(m_path).file, m_yaml.text(),
            ifChanged == IfChanged::Overwrite ? std::nullopt : std::optional(m_savedText));
        !done)
        return done;
    m_savedText = m_yaml.text();
    return {};
}

template class SpecDocument<RequestSpec>;
template class SpecDocument<FolderSpec>;
template class SpecDocument<EnvironmentSpec>;

} // namespace Sluice
