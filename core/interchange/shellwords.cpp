// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/interchange/shellwords.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

bool isNameStart(QChar c)
{
    return c == u'_' || (c.unicode() < 128 && c.isLetter());
}

class Reader
{
public:
    explicit Reader(const QString &text) : m_text(text) {}

    Result<std::vector<ShellCommand>> read()
    {
        while (!atEnd() && !m_error) {
            const QChar c = m_text[m_at];
            if (c == u'\n') {
                endWord();
                ++m_at;
                readHereDocument();
                endCommand();
            } else if (c.isSpace()) {
                endWord();
                ++m_at;
            } else if (c == u'#' && !m_isInWord) {
                skipTo(u'\n');
            } else if (c == u'|' || c == u';' || c == u'&') {
                endWord();
                endCommand();
                ++m_at;
            } else if (c == u'<' || c == u'>') {
                readRedirection();
            } else {
                readPiece();
            }
        }
        endWord();
        endCommand();
        if (m_error)
            return std::unexpected(*m_error);
        return std::move(m_commands);
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    QChar peek(qsizetype offset = 1) const
    {
        return m_at + offset < m_text.size() ? m_text[m_at + offset] : QChar();
    }
    void skipTo(QChar c)
    {
        while (!atEnd() && m_text[m_at] != c)
            ++m_at;
    }

    ShellWord wordAt(qsizetype at, const QString &text) const
    {
        const QStringView before = QStringView(m_text).first(at);
        return {text, int(before.count(u'\n')) + 1, int(at - before.lastIndexOf(u'\n'))};
    }

    void beginWord()
    {
        if (!m_isInWord)
            m_wordAt = m_at;
        m_isInWord = true;
    }

    void endWord()
    {
        if (m_isInWord)
            m_command.words.push_back(wordAt(m_wordAt, m_word));
        m_isInWord = false;
        m_word.clear();
    }

    void endCommand()
    {
        if (!m_command.words.empty())
            m_commands.push_back(std::move(m_command));
        m_command = {};
    }

    void readPiece()
    {
        beginWord();
        const QChar c = m_text[m_at];
        if (c == u'\\') {
            if (peek() == u'\n' || (peek() == u'\r' && peek(2) == u'\n')) {
                m_at += peek() == u'\n' ? 2 : 3;
                m_isInWord = !m_word.isEmpty();
            } else {
                m_word += peek();
                m_at += 2;
            }
        } else if (c == u'\'') {
            readSingleQuoted();
        } else if (c == u'"') {
            readDoubleQuoted();
        } else if (c == u'$' && peek() == u'\'') {
            readAnsiQuoted();
        } else if (c == u'$' || c == u'`') {
            readDollar();
        } else {
            m_word += c;
            ++m_at;
        }
    }

    void unclosed(qsizetype at, const QString &what)
    {
        const ShellWord place = wordAt(at, {});
        m_error = Error{
            ErrorCode::Parse, u"%1 is never closed"_s.arg(what), {}, place.line, place.column};
        m_at = m_text.size();
    }

    void readSingleQuoted()
    {
        const qsizetype end = m_text.indexOf(u'\'', m_at + 1);
        if (end < 0)
            return unclosed(m_at, u"A quote (')"_s);
        m_word += m_text.sliced(m_at + 1, end - m_at - 1);
        m_at = end + 1;
    }

    void readDoubleQuoted()
    {
        const qsizetype begin = m_at++;
        while (!atEnd() && m_text[m_at] != u'"') {
            const QChar c = m_text[m_at];
            if (c == u'\\' && QStringView(u"$`\"\\\n").contains(peek())) {
                if (peek() != u'\n')
                    m_word += peek();
                m_at += 2;
            } else if (c == u'$' || c == u'`') {
                readDollar();
            } else {
                m_word += c;
                ++m_at;
            }
        }
        if (atEnd())
            return unclosed(begin, u"A quote (\")"_s);
        ++m_at;
    }

    /** `$'…'`: the escapes of C. */
    void readAnsiQuoted()
    {
        const qsizetype begin = m_at;
        m_at += 2;
        while (!atEnd() && m_text[m_at] != u'\'') {
            if (m_text[m_at] != u'\\') {
                m_word += m_text[m_at++];
                continue;
            }
            const QChar c = peek();
            m_at += 2;
            static const QString letters = u"abefnrtv\\'\"?"_s;
            static const QString values = u"\a\b\x1b\f\n\r\t\v\\'\"?"_s;
            if (const qsizetype index = letters.indexOf(c); index >= 0)
                m_word += values[index];
            else if (c == u'x' || c == u'u' || c == u'U')
                readCode(c == u'x' ? 2 : c == u'u' ? 4 : 8, 16);
            else if (c >= u'0' && c <= u'7')
                --m_at, readCode(3, 8);
            else
                m_word += QString(u'\\') + c;
        }
        if (atEnd())
            return unclosed(begin, u"A quote ($')"_s);
        ++m_at;
    }

    void readCode(int digits, int base)
    {
        QString number;
        while (number.size() < digits && !atEnd()) {
            bool ok = false;
            QString(m_text[m_at]).toInt(&ok, base);
            if (!ok)
                break;
            number += m_text[m_at++];
        }
        m_word += QString::fromUcs4(
            std::initializer_list<char32_t>{number.toUInt(nullptr, base)}.begin(), 1);
    }

    void readDollar()
    {
        if (m_text[m_at] == u'`' || peek() == u'(') {
            const QChar close = m_text[m_at] == u'`' ? u'`' : u')';
            const qsizetype end = m_text.indexOf(close, m_at + 2);
            const qsizetype size = (end < 0 ? m_text.size() : end + 1) - m_at;
            m_command.leftOver.push_back(wordAt(m_at, m_text.sliced(m_at, size)));
            m_word += m_text.sliced(m_at, size);
            m_at += size;
            return;
        }
        const bool isBraced = peek() == u'{';
        qsizetype end = m_at + (isBraced ? 2 : 1);
        const qsizetype begin = end;
        if (end >= m_text.size() || !isNameStart(m_text[end])) {
            m_word += m_text[m_at++];
            return;
        }
        while (end < m_text.size() && (isNameStart(m_text[end]) || m_text[end].isDigit()))
            ++end;
        m_word += u"{{process.env.%1}}"_s.arg(m_text.sliced(begin, end - begin));
        m_at = isBraced && end < m_text.size() && m_text[end] == u'}' ? end + 1 : end;
    }

    void readRedirection()
    {
        endWord();
        static const QRegularExpression here(uR"(^<<(-?)\s*(['"]?)(\w+)\2)"_s);
        if (const auto match = here.match(m_text.sliced(m_at)); match.hasMatch()) {
            m_hereEnd = match.captured(3);
            m_at += match.capturedLength();
            return;
        }
        static const QRegularExpression whole(uR"(^[<>]+&?\s*("[^"]*"|'[^']*'|`[^`]*`|\S+))"_s);
        const auto match = whole.match(m_text.sliced(m_at));
        const qsizetype size = match.hasMatch() ? match.capturedLength() : 1;
        m_command.leftOver.push_back(wordAt(m_at, m_text.sliced(m_at, size)));
        m_at += size;
    }

    void readHereDocument()
    {
        if (m_hereEnd.isEmpty())
            return;
        QString document;
        while (!atEnd()) {
            qsizetype end = m_text.indexOf(u'\n', m_at);
            if (end < 0)
                end = m_text.size();
            const QString line = m_text.sliced(m_at, end - m_at);
            m_at = std::min(end + 1, m_text.size());
            if (line.trimmed() == m_hereEnd)
                break;
            document += line + u'\n';
        }
        m_command.input = document;
        m_hereEnd.clear();
    }

    QString m_text;
    qsizetype m_at = 0;
    QString m_word;
    qsizetype m_wordAt = 0;
    bool m_isInWord = false;
    QString m_hereEnd;
    ShellCommand m_command;
    std::vector<ShellCommand> m_commands;
    std::optional<Error> m_error;
};

/** Browsers' "copy as cURL (cmd)" quotes with carets; without them it reads as POSIX does. */
QString withoutCarets(QString text)
{
    static const QRegularExpression lineEnd(uR"(\^\r?\n)"_s);
    text.replace(lineEnd, u"\\\n"_s);
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'^' && i + 1 < text.size())
            ++i;
        // What the shell would expand, cmd leaves alone.
        if (text[i] == u'$' || text[i] == u'`')
            result += u'\\';
        result += text[i];
    }
    return result;
}

} // namespace

Result<std::vector<ShellCommand>> readShellCommands(const QString &text)
{
    static const QRegularExpression carets(uR"(\^"|\^\r?\n)"_s);
    return Reader(carets.match(text).hasMatch() ? withoutCarets(text) : text).read();
}

} // namespace Sluice
