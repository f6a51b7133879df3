// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/collection/filemaker.h"

namespace Sluice::Test {

QByteArray FileMaker::request()
{
    begin();
    line(0, "info:" + trailing());
    line(2, "name: " + scalar());
    line(2, "type: http");
    if (chance(2))
        line(2, "seq: " + QByteArray::number(m_random.bounded(1, 9)));
    unknown(2);
    gap();
    details();
    if (chance(2))
        runtime();
    if (chance(3)) {
        gap();
        line(0, "settings: { timeout: 100, other: [1, 2] }" + trailing());
    }
    unknown(0);
    return end();
}

QByteArray FileMaker::environment()
{
    begin();
    line(0, "name: " + scalar() + trailing());
    unknown(0);
    list("variables", 0, {}, true);
    unknown(0);
    return end();
}

void FileMaker::begin()
{
    m_newline = chance(4) ? "\r\n" : "\n";
    m_listIndent = chance(3) ? 0 : 2;
    m_text = chance(6) ? "\xef\xbb\xbf" : "";
    m_marks = 0;
    comment(0);
}

QByteArray FileMaker::end()
{
    if (chance(6))
        m_text.chop(m_newline.size());
    return m_text;
}

void FileMaker::line(int indent, const QByteArray &text)
{
    m_text += QByteArray(indent, ' ') + text + m_newline;
}

void FileMaker::comment(int indent)
{
    if (chance(3))
        line(indent, "# " + mark());
}

void FileMaker::gap()
{
    if (!chance(4))
        line(0, "");
    comment(0);
}

void FileMaker::unknown(int indent)
{
    if (chance(3))
        line(indent, "x-" + mark() + ": { a: [1, 'two'], \"b\": ~ }");
}

QByteArray FileMaker::scalar()
{
    static const QByteArrayList scalars{
        "plain",
        "two words",
        "'single ''quoted'''",
        "\"double \\\"quoted\\\" \\u00e4\"",
        "\"\"",
        "\"{{v}}\"",
        "http://h:80/p?a=b",
        "\"5\"",
        "ünïcode",
        "'# no comment'",
        "a#b",
    };
    return scalars[m_random.bounded(int(scalars.size()))];
}

void FileMaker::details()
{
    if (chance(8)) {
        line(0, "http: { method: GET, url: \"{{u}}\", headers: [ { name: n" + mark()
                    + ", value: v }, { name: m, value: 'w' } ] }" + trailing());
        return;
    }
    line(0, "http:");
    line(2, "method: " + QByteArray(chance(2) ? "GET" : "\"POST\""));
    comment(2);
    line(2, "url: " + scalar() + trailing());
    list("headers", 2);
    list("params", 2, {"query", "path"});
    if (chance(2))
        body();
    if (chance(3))
        line(2, "auth: { type: bearer, token: t, other: kept }" + trailing());
    unknown(2);
}

void FileMaker::runtime()
{
    gap();
    line(0, "runtime:");
    list("variables", 2, {}, true);
    if (chance(3))
        assertions(2);
    if (chance(3))
        actions(2);
}

void FileMaker::list(const QByteArray &name, int indent, const QByteArrayList &types, bool always)
{
    if (!always && chance(3))
        return;
    line(indent, name + ':' + trailing());
    const int dash = indent + m_listIndent;
    const int count = m_random.bounded(1, 5);
    for (int i = 0; i < count; ++i) {
        comment(dash);
        if (chance(6)) {
            line(dash, "- { name: n" + mark() + ", value: v"
                           + (types.isEmpty() ? " }" : ", type: query }"));
            continue;
        }
        line(dash, "- name: n" + mark() + trailing());
        line(dash + 2, "value: " + scalar() + trailing());
        if (!types.isEmpty())
            line(dash + 2, "type: " + types[m_random.bounded(int(types.size()))]);
        if (chance(4))
            line(dash + 2, "disabled: true");
        unknown(dash + 2);
    }
}

void FileMaker::assertions(int indent)
{
    line(indent, "assertions:" + trailing());
    const int dash = indent + m_listIndent;
    for (int i = m_random.bounded(1, 4); i > 0; --i) {
        comment(dash);
        line(dash, "- expression: res.body." + mark() + trailing());
        line(dash + 2, "operator: eq");
        line(dash + 2, "value: " + scalar());
    }
}

void FileMaker::actions(int indent)
{
    line(indent, "actions:");
    const int dash = indent + m_listIndent;
    for (int i = m_random.bounded(1, 4); i > 0; --i) {
        comment(dash);
        // Of another kind: kept and passed over.
        if (chance(3)) {
            line(dash, "- { type: x-" + mark() + ", of: [another, kind] }");
            continue;
        }
        line(dash, "- type: set-variable" + trailing());
        line(dash + 2, chance(2) ? "phase: after-response" : "phase: before-request");
        line(dash + 2, "selector: { expression: e" + mark() + ", method: jsonq }");
        line(dash + 2, "variable:");
        line(dash + 4, "name: n" + mark() + trailing());
        line(dash + 4, "scope: runtime");
    }
}

void FileMaker::body()
{
    line(2, "body:");
    line(4, "type: json");
    const QByteArray headers[]{"|-", "|", ">-", "|2-"};
    line(4, "data: " + headers[m_random.bounded(4)] + (chance(3) ? " # " + mark() : QByteArray()));
    line(6, "{ \"a\": 1,");
    if (chance(2))
        line(0, "");
    line(8, "\"b\": [2] }");
    if (chance(2))
        line(0, "");
}

} // namespace Sluice::Test
