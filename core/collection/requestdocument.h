// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"

#include <QByteArray>

namespace Sluice {

/**
 * The text of one request file together with what it means. An edit replaces only the spans of the
 * values that it changes: comments, order, quoting and unknown keys survive. A value; any thread.
 */
class RequestDocument
{
public:
    static Result<RequestDocument> read(const QString &path);
    static Result<RequestDocument> parse(const QByteArray &text, const QString &path);
    /** A new file's text: only what differs from the defaults is written. */
    static RequestDocument create(const RequestSpec &spec, const QString &path);

    const RequestSpec &spec() const { return m_spec; }
    const QByteArray &text() const { return m_text; }
    const QString &path() const { return m_path; }

    /** Edits the text so that it reads back as \a spec. */
    Result<> setSpec(const RequestSpec &spec);
    /** Edits one value by its path, e.g. `http.headers[0].value`. */
    Result<> setValue(const QString &keyPath, const QString &value);

    /** Writes atomically (temporary file, fsync, rename) and reads back. */
    Result<> save() const;

private:
    QString m_path;
    QByteArray m_text;
    RequestSpec m_spec;
};

} // namespace Sluice
