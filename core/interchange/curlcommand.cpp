// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/curlcommand.h"

#include "core/interchange/curlrequestreader.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Takes the words of one curl command apart. */
class CommandReader
{
public:
    CommandReader(CurlCommands &commands, const ShellCommand &command)
        : m_commands(commands), m_command(command), m_words(command.words)
    {
    }

    void read(std::size_t first)
    {
        m_reader.emplace(m_commands, m_command);
        bool isOptions = true;
        for (m_at = first; m_at < m_words.size(); ++m_at) {
            const ShellWord &word = m_words[m_at];
            if (isOptions && word.text == "--"_L1)
                isOptions = false;
            else if (isOptions && word.text.startsWith("--"_L1))
                readLong(word);
            else if (isOptions && word.text.size() > 1 && word.text.startsWith(u'-'))
                readShort(word);
            else
                m_reader->addUrl(word.text, word);
        }
        m_reader->finish(m_words[first - 1]);
        for (const ShellWord &word : m_command.leftOver)
            issue(word, u"%1 is the shell's and is not done"_s.arg(word.text));
    }

private:
    void issue(const ShellWord &place, const QString &message)
    {
        m_commands.issues.push_back(
            {ErrorCode::Unsupported, message, {}, place.line, place.column});
    }

    void readLong(const ShellWord &word)
    {
        bool isNegated = false;
        const CurlOptionSpec *spec = findCurlOption(word.text.sliced(2), isNegated);
        if (!spec) {
            issue(word, u"%1 is no option of curl that Sluice knows"_s.arg(word.text));
            return;
        }
        take(*spec, isNegated, {}, word);
    }

    void readShort(const ShellWord &word)
    {
        for (qsizetype i = 1; i < word.text.size(); ++i) {
            const CurlOptionSpec *spec = findCurlOption(word.text[i]);
            if (!spec) {
                issue(word, u"-%1 is no option of curl that Sluice knows"_s.arg(word.text[i]));
                continue;
            }
            take(*spec, false, word.text.sliced(i + 1), word);
            if (spec->takesValue)
                return;
        }
    }

    void take(const CurlOptionSpec &spec, bool isNegated, const QString &attached,
              const ShellWord &word)
    {
        QString value = attached;
        if (spec.takesValue && attached.isEmpty()) {
            if (m_at + 1 == m_words.size()) {
                issue(word, u"%1 has no value"_s.arg(word.text));
                return;
            }
            value = m_words[++m_at].text;
        }
        if (spec.option == CurlOption::Next) {
            m_reader->finish(word);
            m_reader.emplace(m_commands, m_command);
            return;
        }
        m_reader->take(spec, isNegated, value, word);
    }

    CurlCommands &m_commands;
    const ShellCommand &m_command;
    const std::vector<ShellWord> &m_words;
    std::optional<CurlRequestReader> m_reader;
    std::size_t m_at = 0;
};

bool isCurl(const ShellWord &word)
{
    const QString program = word.text.section(u'/', -1).section(u'\\', -1);
    return program == "curl"_L1 || program.compare("curl.exe"_L1, Qt::CaseInsensitive) == 0;
}

} // namespace

Result<CurlCommands> readCurl(const QString &text)
{
    const Result<std::vector<ShellCommand>> commands = readShellCommands(text);
    if (!commands)
        return std::unexpected(commands.error());
    CurlCommands result;
    bool hasCurl = false;
    for (const ShellCommand &command : *commands) {
        // Before it may come `sudo`, `time` or variables of its own.
        const auto curl = std::ranges::find_if(command.words, isCurl);
        if (curl == command.words.end()) {
            const ShellWord &word = command.words.front();
            result.issues.push_back({ErrorCode::Unsupported,
                                     u"'%1' is no curl command and is left out"_s.arg(word.text),
                                     {},
                                     word.line,
                                     word.column});
            continue;
        }
        hasCurl = true;
        CommandReader(result, command).read(std::size_t(curl - command.words.begin()) + 1);
    }
    if (!hasCurl)
        return failure(ErrorCode::Parse, u"There is no curl command in this text."_s);
    return result;
}

bool looksLikeCurl(const QString &text)
{
    static const QRegularExpression start(uR"(^\s*(\$\s+)?curl(\.exe)?\s)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return start.match(text).hasMatch();
}

} // namespace Sluice
