// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/interchange/curlbody.h"
#include "core/interchange/curlcommand.h"
#include "core/interchange/curloptions.h"
#include "core/interchange/shellwords.h"

namespace Sluice {

/** Gathers the options of one request of a curl command, up to `--next`. */
class CurlRequestReader
{
public:
    /** Requests and issues go to \a commands, which outlives the reader. */
    CurlRequestReader(CurlCommands &commands, const ShellCommand &command)
        : m_commands(commands), m_body(commands.issues, command.input)
    {
    }

    /** \a place is where the option stands. */
    void take(const CurlOptionSpec &spec, bool isNegated, const QString &value,
              const ShellWord &place);
    void addUrl(const QString &url, const ShellWord &place);
    /** Adds the requests that were described; the reader is done after it. */
    void finish(const ShellWord &place);

private:
    void issue(const ShellWord &place, const QString &message);
    bool takeHeader(CurlOption option, const QString &value, const ShellWord &place);
    void addHeader(const QString &text, const ShellWord &place);
    void setHeader(const QString &name, const QString &value);
    bool takeConnection(const CurlOptionSpec &spec, const QString &value, const ShellWord &place);
    CurlRequest requestTo(const QString &address) const;
    void addAuth(RequestSpec &spec) const;
    void addProxyUser(ConnectionProfile &profile) const;

    CurlCommands &m_commands;
    CurlBody m_body;
    RequestSpec m_request;
    SendOptions m_options;
    std::vector<Error> m_connection;
    QStringList m_urls;
    QStringList m_removed;
    QString m_method;
    QString m_user;
    QString m_authType;
    QString m_awsScope;
    QString m_proxyUser;
    bool m_isHead = false;
    bool m_isGet = false;
    bool m_follows = false;
    bool m_hasOptions = false;
};

} // namespace Sluice
