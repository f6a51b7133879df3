// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/textlines.h"

namespace Sluice {

qsizetype lineBegin(QByteArrayView text, qsizetype position)
{
    return text.first(position).lastIndexOf('\n') + 1;
}

qsizetype lineEnd(QByteArrayView text, qsizetype position)
{
    qsizetype end = text.indexOf('\n', position);
    if (end < 0)
        end = text.size();
    return end > position && text[end - 1] == '\r' ? end - 1 : end;
}

qsizetype nextLine(QByteArrayView text, qsizetype position)
{
    const qsizetype newline = text.indexOf('\n', position);
    return newline < 0 ? text.size() : newline + 1;
}

bool isFirstOnLine(QByteArrayView text, qsizetype position)
{
    const qsizetype begin = lineBegin(text, position);
    QByteArrayView before = text.sliced(begin, position - begin);
    if (begin == 0 && before.startsWith("\xef\xbb\xbf"))
        before = before.sliced(3);
    return before.trimmed().isEmpty();
}

bool isBlankLine(QByteArrayView text, qsizetype begin)
{
    return text.sliced(begin, lineEnd(text, begin) - begin).trimmed().isEmpty();
}

qsizetype columnOf(QByteArrayView text, qsizetype position)
{
    const qsizetype begin = lineBegin(text, position);
    const bool mark = begin == 0 && position >= 3 && text.startsWith("\xef\xbb\xbf");
    return position - begin - (mark ? 3 : 0);
}

QByteArrayView lineBreakOf(QByteArrayView text)
{
    const qsizetype newline = text.indexOf('\n');
    return newline > 0 && text[newline - 1] == '\r' ? QByteArrayView("\r\n") : QByteArrayView("\n");
}

} // namespace Sluice
