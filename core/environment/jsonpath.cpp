// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/jsonpath.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Steps through a JSON text without converting what it passes over. */
class JsonScanner
{
public:
    explicit JsonScanner(QStringView text) : m_text(text) {}

    /** The span of the value that starts here, which is stepped over; empty where none does. */
    QStringView value();
    /** Steps into an object up to the value of \a key. */
    bool enterKey(const QString &key);
    /** Steps into an array up to its \a index-th item. */
    bool enterItem(qsizetype index);

private:
    QChar peek()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
        return m_at < m_text.size() ? m_text[m_at] : QChar();
    }
    bool take(QChar wanted)
    {
        if (peek() != wanted)
            return false;
        ++m_at;
        return true;
    }
    QStringView string();
    void skipNested();

    QStringView m_text;
    qsizetype m_at = 0;
};

std::optional<QString> unquoted(QStringView text)
{
    const QJsonDocument document = QJsonDocument::fromJson(u"[%1]"_s.arg(text).toUtf8());
    return document.isArray() ? std::optional(document.array().at(0).toString()) : std::nullopt;
}

QStringView JsonScanner::string()
{
    const qsizetype begin = m_at;
    for (++m_at; m_at < m_text.size() && m_text[m_at] != u'"'; ++m_at) {
        if (m_text[m_at] == u'\\')
            ++m_at;
    }
    m_at = qMin(m_at + 1, m_text.size());
    return m_text.sliced(begin, m_at - begin);
}

/** Over brackets and what is between them. */
void JsonScanner::skipNested()
{
    qsizetype depth = 0;
    do {
        const QChar c = peek();
        if (c.isNull())
            return;
        if (c == u'"') {
            string();
            continue;
        }
        depth += c == u'{' || c == u'[';
        depth -= c == u'}' || c == u']';
        ++m_at;
    } while (depth > 0);
}

QStringView JsonScanner::value()
{
    const QChar first = peek();
    const qsizetype begin = m_at;
    if (first == u'"')
        return string();
    if (first == u'{' || first == u'[') {
        skipNested();
    } else {
        while (m_at < m_text.size() && !u",]} \t\r\n"_s.contains(m_text[m_at]))
            ++m_at;
    }
    return m_text.sliced(begin, m_at - begin);
}

bool JsonScanner::enterKey(const QString &key)
{
    if (!take(u'{'))
        return false;
    while (peek() == u'"') {
        const std::optional<QString> name = unquoted(string());
        if (!take(u':'))
            return false;
        if (name == key)
            return true;
        if (value().isEmpty() || !take(u','))
            return false;
    }
    return false;
}

bool JsonScanner::enterItem(qsizetype index)
{
    if (!take(u'['))
        return false;
    for (; index > 0; --index) {
        if (value().isEmpty() || !take(u','))
            return false;
    }
    return peek() != u']';
}

} // namespace

std::optional<QString> jsonValueAt(QStringView json, QStringView path)
{
    JsonScanner scanner(json);
    while (!path.isEmpty()) {
        if (path.front() == u'[') {
            const qsizetype close = path.indexOf(u']');
            bool isIndex = false;
            const int index = close < 0 ? 0 : path.sliced(1, close - 1).toInt(&isIndex);
            if (!isIndex || index < 0 || !scanner.enterItem(index))
                return {};
            path = path.sliced(close + 1);
            continue;
        }
        if (path.front() == u'.')
            path = path.sliced(1);
        qsizetype end = 0;
        while (end < path.size() && path[end] != u'.' && path[end] != u'[')
            ++end;
        if (end == 0 || !scanner.enterKey(path.first(end).toString()))
            return {};
        path = path.sliced(end);
    }
    const QStringView value = scanner.value();
    if (value.isEmpty())
        return {};
    return value.front() == u'"' ? unquoted(value) : value.toString();
}

} // namespace Sluice
