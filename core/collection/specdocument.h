// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/collection/collection.h"
#include "core/collection/itemplace.h"
#include "core/collection/yamldocument.h"

namespace Sluice {

/** What save() does when the file on disk is no longer the one that was read. */
enum class IfChanged { Fail, Overwrite };

/**
 * The text of one file together with what it means. An edit replaces only the spans of the values
 * that it changes: comments, order, quoting and unknown keys survive. \a Spec is RequestSpec,
 * FolderSpec or EnvironmentSpec. An item of a bundled collection is edited inside the file that
 * holds it; a file in Bruno's older format is shown as it would be written today, and not saved.
 * A value; any thread.
 */
template<typename Spec>
class SpecDocument
{
public:
    SpecDocument() = default;
    static Result<SpecDocument> read(const QString &path);
    static Result<SpecDocument> parse(const QByteArray &text, const QString &path);
    /** A new file's text: only what differs from the defaults is written. */
    static SpecDocument create(const Spec &spec, const QString &path);

    const Spec &spec() const { return m_spec; }
    const QByteArray &text() const { return m_yaml.text(); }
    const QString &path() const { return m_path; }
    /** Where save() writes; after the file was renamed or moved. */
    void setPath(const QString &path);
    /** True when the text is not the one that was last read or saved. */
    bool isModified() const { return m_savedText != m_yaml.text(); }

    /** Edits the text so that it reads back as \a spec; on failure nothing has changed. */
    Result<> setSpec(const Spec &spec);
    /**
     * Edits one value by its path, e.g. `http.headers[0].value`. A number, true or false is written
     * as such where the format has one, else as text. On failure nothing has changed.
     */
    Result<> setValue(const QString &keyPath, const QString &value);
    /** Removes a key or a list's item. */
    Result<> removeValue(const QString &keyPath);
    /** Replaces the whole text, e.g. by a person who edits it; Parse when it does not read. */
    Result<> setText(const QByteArray &text);

    /**
     * Writes atomically (temporary file, fsync, rename) and reads back. ChangedOnDisk when another
     * program wrote the file since it was read, ReadOnly in a collection of a newer format, Io.
     */
    Result<> save(IfChanged ifChanged = IfChanged::Fail);

private:
    Result<> adopt(YamlDocument yaml);

    QString m_path;
    YamlPath m_inside; ///< Where in a bundled file the item is; empty = all of the file.
    YamlDocument m_yaml;
    Spec m_spec;
    QByteArray m_savedText; ///< As on disk; null = there was no file.
};

extern template class SpecDocument<RequestSpec>;
extern template class SpecDocument<FolderSpec>;
extern template class SpecDocument<EnvironmentSpec>;

/** One request's file. */
using RequestDocument = SpecDocument<RequestSpec>;
/** `opencollection.yml` or `folder.yml`. */
using FolderDocument = SpecDocument<FolderSpec>;
/** `environments/NAME.yml`. */
using EnvironmentDocument = SpecDocument<EnvironmentSpec>;

} // namespace Sluice
