// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/http/requestspec.h"
#include "core/interchange/curloptions.h"
#include "core/interchange/shellwords.h"

namespace Sluice {

/** The body that the data and form options of one curl request make. */
class CurlBody
{
public:
    /** \a issues outlives the body; \a input is what curl would read from standard input. */
    CurlBody(std::vector<Error> &issues, std::optional<QString> input)
        : m_issues(issues), m_input(std::move(input))
    {
    }

    void take(CurlOption option, const QString &value, const ShellWord &place);
    /** Puts method, body and Content-Type into \a spec; with \a isGet the data goes into \a url. */
    void apply(RequestSpec &spec, QString &url, bool isGet) const;

private:
    void addData(CurlOption option, const QString &value, const ShellWord &place);
    void addEncoded(const QString &value, const ShellWord &place);
    void addForm(const QString &value, const ShellWord &place);
    void addFormParameters(FormField &field, QString &value, const ShellWord &place);
    void addFile(const QString &name, const ShellWord &place);
    void addQuery(const QString &value, const ShellWord &place);
    void append(const QString &text);
    void issue(const ShellWord &place, const QString &message);
    void applyText(RequestSpec &spec) const;

    std::vector<Error> &m_issues;
    std::optional<QString> m_input;
    QString m_text;
    QStringList m_query;
    QString m_file;
    std::vector<FormField> m_fields;
    bool m_hasText = false;
    bool m_isJson = false;
    bool m_isUpload = false;
};

} // namespace Sluice
