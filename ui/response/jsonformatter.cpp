// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/jsonformatter.h"

#include <vector>

namespace Sluice {

namespace {

constexpr qsizetype MaxInlineArray = 72;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/** One pass over the text with a stack of open brackets instead of recursion. */
class Formatter
{
public:
    Formatter(QByteArrayView json, bool isHead) : m_in(json), m_isHead(isHead)
    {
        m_out.reserve(json.size() + json.size() / 2);
    }

    FormattedJson run();

private:
    enum class Expect { Value, ValueOrEnd, KeyOrEnd, Key, Colon, CommaOrEnd, End };

    bool step();
    bool value();
    bool open(char bracket);
    bool close(char bracket);
    bool string();
    bool scalar();
    bool number();
    bool digits();
    bool shortArray();
    void newLine() { m_out.append('\n').append(2 * qsizetype(m_open.size()), ' '); }
    void valueDone() { m_expect = m_open.empty() ? Expect::End : Expect::CommaOrEnd; }
    void skipSpace();

    QByteArrayView m_in;
    bool m_isHead;
    qsizetype m_at = 0;
    QByteArray m_out;
    std::vector<char> m_open;
    Expect m_expect = Expect::Value;
    qsizetype m_settled = -1; ///< Of a head: output that is certain; -1 = all of it.
};

void Formatter::skipSpace()
{
    while (m_at < m_in.size() && isSpace(m_in[m_at]))
        ++m_at;
}

FormattedJson Formatter::run()
{
    FormattedJson result;
    for (;;) {
        skipSpace();
        if (m_at >= m_in.size())
            break;
        if (!step()) {
            result.errorAt = m_at;
            break;
        }
    }
    result.valid = result.errorAt < 0 && m_expect == Expect::End;
    if (!result.valid && result.errorAt < 0)
        result.errorAt = m_in.size();
    if (m_isHead && !result.valid) {
        // The last token may be cut, so its line is not settled either.
        if (m_settled >= 0)
            m_out.truncate(m_settled);
        m_out.truncate(m_out.lastIndexOf('\n') + 1);
        result.valid = !m_out.isEmpty();
    }
    result.text = std::move(m_out);
    return result;
}

bool Formatter::step()
{
    const char c = m_in[m_at];
    switch (m_expect) {
    case Expect::ValueOrEnd:
        if (c == ']')
            return close(c);
        newLine();
        return value();
    case Expect::Value:
        return value();
    case Expect::KeyOrEnd:
        if (c == '}')
            return close(c);
        [[fallthrough]];
    case Expect::Key:
        newLine();
        m_expect = Expect::Colon;
        return c == '"' && string();
    case Expect::Colon:
        m_out.append(": ");
        ++m_at;
        m_expect = Expect::Value;
        return c == ':';
    case Expect::CommaOrEnd:
        if (c == '}' || c == ']')
            return close(c);
        if (c != ',')
            return false;
        m_out.append(',');
        ++m_at;
        if (m_open.back() == '{') {
            m_expect = Expect::Key;
        } else {
            newLine();
            m_expect = Expect::Value;
        }
        return true;
    case Expect::End:
        return false;
    }
    Q_UNREACHABLE();
}

bool Formatter::value()
{
    const char c = m_in[m_at];
    if (c == '{')
        return open(c);
    if (c == '[') {
        if (shortArray()) {
            valueDone();
            return true;
        }
        return open(c);
    }
    if (c == '"' ? !string() : !scalar())
        return false;
    valueDone();
    return true;
}

bool Formatter::open(char bracket)
{
    m_out.append(bracket);
    ++m_at;
    m_open.push_back(bracket);
    m_expect = bracket == '{' ? Expect::KeyOrEnd : Expect::ValueOrEnd;
    return true;
}

bool Formatter::close(char bracket)
{
    if (m_open.empty() || m_open.back() != (bracket == '}' ? '{' : '['))
        return false;
    const bool empty = m_expect == Expect::KeyOrEnd || m_expect == Expect::ValueOrEnd;
    m_open.pop_back();
    if (!empty)
        newLine();
    m_out.append(bracket);
    ++m_at;
    valueDone();
    return true;
}

bool Formatter::string()
{
    const qsizetype start = m_at;
    for (qsizetype i = m_at + 1; i < m_in.size(); ++i) {
        const char c = m_in[i];
        if (c == '\\') {
            ++i;
        } else if (c == '"') {
            m_out.append(m_in.sliced(start, i + 1 - start));
            m_at = i + 1;
            return true;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            m_at = i;
            return false;
        }
    }
    m_at = m_in.size();
    return false;
}

bool Formatter::scalar()
{
    for (const QByteArrayView word :
         {QByteArrayView("true"), QByteArrayView("false"), QByteArrayView("null")}) {
        if (m_in.sliced(m_at).startsWith(word)) {
            m_out.append(word);
            m_at += word.size();
            return true;
        }
    }
    const qsizetype start = m_at;
    if (!number())
        return false;
    m_out.append(m_in.sliced(start, m_at - start));
    return true;
}

bool Formatter::digits()
{
    const qsizetype start = m_at;
    while (m_at < m_in.size() && m_in[m_at] >= '0' && m_in[m_at] <= '9')
        ++m_at;
    return m_at > start;
}

bool Formatter::number()
{
    const auto has = [this](char a, char b) {
        return m_at < m_in.size() && (m_in[m_at] == a || m_in[m_at] == b);
    };
    if (has('-', '-'))
        ++m_at;
    const qsizetype integer = m_at;
    if (!digits() || (m_in[integer] == '0' && m_at > integer + 1))
        return false;
    if (has('.', '.')) {
        ++m_at;
        if (!digits())
            return false;
    }
    if (has('e', 'E')) {
        ++m_at;
        if (has('+', '-'))
            ++m_at;
        return digits();
    }
    return true;
}

bool Formatter::shortArray()
{
    const qsizetype inAt = m_at;
    const qsizetype outAt = m_out.size();
    const auto giveUp = [&](bool forGood) {
        // What follows a head might still make a short array of it.
        if (m_isHead && !forGood && m_settled < 0)
            m_settled = outAt;
        m_at = inAt;
        m_out.truncate(outAt);
        return false;
    };
    m_out.append('[');
    ++m_at;
    skipSpace();
    if (m_at < m_in.size() && m_in[m_at] == ']')
        return giveUp(true);
    while (m_at < m_in.size() && m_out.size() - outAt <= MaxInlineArray) {
        const char c = m_in[m_at];
        if (c == '{' || c == '[')
            return giveUp(true);
        if (c == '"' ? !string() : !scalar())
            return giveUp(false);
        skipSpace();
        if (m_at >= m_in.size() || (m_in[m_at] != ',' && m_in[m_at] != ']'))
            return giveUp(false);
        if (m_in[m_at++] == ']') {
            m_out.append(']');
            return m_out.size() - outAt <= MaxInlineArray || giveUp(true);
        }
        m_out.append(", ");
        skipSpace();
    }
    return giveUp(m_out.size() - outAt > MaxInlineArray);
}

} // namespace

FormattedJson formatJson(QByteArrayView json, bool isHead)
{
    return Formatter(json, isHead).run();
}

} // namespace Sluice
