// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/collection/concernedlines.h"

#include "core/collection/formatnames.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

namespace {

/** The items of \a list that a spec shows; others are kept and passed over. */
std::vector<const YamlNode *> shownItems(const YamlNode &list, const QString &key)
{
    std::vector<const YamlNode *> items;
    for (const YamlNode &item : list.children) {
        if (key != "actions"_L1 || capturePhase(item))
            items.push_back(&item);
    }
    return items;
}

} // namespace

ConcernedLines::ConcernedLines(const QByteArray &text, const YamlNode &root)
    : m_text(text.split('\n')), m_root(root)
{
    qsizetype begin = 0;
    for (const QByteArray &line : std::as_const(m_text)) {
        m_begins.push_back(begin);
        begin += line.size() + 1;
    }
    // What is added at the end gives the last line the line break that it has not got.
    m_lines.insert(int(m_text.size()) - 1);
}

int ConcernedLines::lineAt(qsizetype position) const
{
    return int(std::ranges::upper_bound(m_begins, position) - m_begins.begin()) - 1;
}

const YamlNode *ConcernedLines::find(const QStringList &path) const
{
    const YamlNode *node = &m_root;
    for (const QString &key : path)
        node = node ? node->child(key) : nullptr;
    return node;
}

void ConcernedLines::addLines(const YamlNode &node)
{
    const int first = lineAt(node.keyEnd > node.keyBegin ? node.keyBegin : node.begin);
    int last = lineAt(std::max(node.begin, node.end - 1));
    // A block scalar may end in blank lines.
    while (last + 1 < m_text.size() && m_text[last + 1].trimmed().isEmpty())
        ++last;
    for (int i = first; i <= last; ++i)
        m_lines.insert(i);
}

void ConcernedLines::addWithComments(const YamlNode &node)
{
    addLines(node);
    for (int i = lineAt(node.keyBegin) - 1; i >= 0 && m_text[i].trimmed().startsWith('#'); --i)
        m_lines.insert(i);
}

void ConcernedLines::addSection(const YamlNode &node)
{
    addWithComments(node);
    int line = lineAt(node.keyBegin) - 1;
    while (line >= 0 && m_lines.contains(line))
        --line;
    for (; line >= 0 && m_text[line].trimmed().isEmpty(); --line)
        m_lines.insert(line);
}

void ConcernedLines::addValue(const QStringList &path)
{
    if (const YamlNode *node = find(path))
        addLines(*node);
}

template<typename Row>
void ConcernedLines::addRows(const QStringList &path, const std::vector<Row> &before,
                             const std::vector<Row> &after)
{
    const YamlNode *list = find(path);
    if (!list || before == after)
        return;
    const std::vector<const YamlNode *> items = shownItems(*list, path.last());
    Q_ASSERT(items.size() == before.size());
    if (before.size() == after.size()) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (before[i] != after[i])
                addLines(*items[i]);
        }
    } else if (before.size() > after.size()) {
        // Of rows that are alike, any may be the one that goes.
        const Row &gone = *std::ranges::mismatch(before, after).in1;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (before[i] == gone)
                addWithComments(*items[i]);
        }
        // Without a row the list goes as well, and what held nothing but the list.
        if (after.empty() && items.size() == list->children.size()) {
            addWithComments(*list);
            if (path.size() > 1 && find(path.first(1))->children.size() == 1)
                addSection(*find(path.first(1)));
        }
    }
}

void ConcernedLines::addEdit(const RequestSpec &before, const RequestSpec &after)
{
    const QString http = u"http"_s;
    const QString runtime = u"runtime"_s;
    if (before.name != after.name)
        addValue({u"info"_s, u"name"_s});
    if (before.method != after.method)
        addValue({http, u"method"_s});
    if (before.url != after.url)
        addValue({http, u"url"_s});
    if (before.body != after.body)
        addValue({http, u"body"_s});
    if (before.auth != after.auth)
        addValue({http, u"auth"_s});
    if (before.settings != after.settings)
        addValue({u"settings"_s});
    if (before.docs != after.docs)
        addValue({u"docs"_s});
    if (const YamlNode *docs = find({u"docs"_s}); docs && after.docs.isEmpty())
        addSection(*docs);
    addRows({http, u"headers"_s}, before.headers, after.headers);
    addRows({http, u"params"_s}, before.params, after.params);
    addRows({runtime, u"variables"_s}, before.variables, after.variables);
    addRows({runtime, u"assertions"_s}, before.assertions, after.assertions);
    addRows({runtime, u"actions"_s}, before.captures, after.captures);
    // What is in braces shares its line.
    if (const YamlNode *section = find({http}); section && section->isFlow() && before != after)
        addLines(*section);
}

void ConcernedLines::addEdit(const EnvironmentSpec &before, const EnvironmentSpec &after)
{
    if (before.name != after.name)
        addValue({u"name"_s});
    addRows({u"variables"_s}, before.variables, after.variables);
}

QByteArray ConcernedLines::firstLost(const QByteArray &after) const
{
    const QByteArrayList now = after.split('\n');
    qsizetype at = 0;
    for (int i = 0; i < m_text.size(); ++i) {
        if (m_lines.contains(i))
            continue;
        const qsizetype found = now.indexOf(m_text[i], at);
        if (found < 0)
            return m_text[i].isNull() ? QByteArray("") : m_text[i];
        at = found + 1;
    }
    return {};
}

} // namespace Sluice::Test
