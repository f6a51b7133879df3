// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRandomGenerator>

namespace Sluice::Test {

/**
 * Writes requests and environments the way many hands do: styles, comments, unknown keys, odd
 * indentation, either line end, with or without a byte order mark. Every comment and every unknown
 * key has a name of its own, `mark1` and so on.
 */
class FileMaker
{
public:
    explicit FileMaker(QRandomGenerator &random) : m_random(random) {}

    QByteArray request();
    QByteArray environment();

private:
    void begin();
    QByteArray end();
    bool chance(int oneIn) { return m_random.bounded(oneIn) == 0; }
    void line(int indent, const QByteArray &text);
    QByteArray mark() { return "mark" + QByteArray::number(++m_marks); }
    QByteArray trailing() { return chance(3) ? "   # " + mark() : QByteArray(); }
    void comment(int indent);
    void gap();
    void unknown(int indent);
    QByteArray scalar();
    void details();
    void runtime();
    void list(const QByteArray &name, int indent, const QByteArrayList &types = {},
              bool always = false);
    void assertions(int indent);
    void actions(int indent);
    void body();

    QRandomGenerator &m_random;
    QByteArray m_text;
    QByteArray m_newline;
    int m_listIndent = 2;
    int m_marks = 0;
};

} // namespace Sluice::Test
