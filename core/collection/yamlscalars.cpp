// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlscalars.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString withoutOuterBlanks(const QString &line, bool atBegin, bool atEnd)
{
    qsizetype begin = 0;
    qsizetype end = line.size();
    while (atBegin && begin < end && (line[begin] == u' ' || line[begin] == u'\t'))
        ++begin;
    while (atEnd && end > begin && (line[end - 1] == u' ' || line[end - 1] == u'\t'))
        --end;
    return line.sliced(begin, end - begin);
}

/** The column, from 0, where the content of the block scalar at \a header starts. */
qsizetype contentIndent(QByteArrayView text, qsizetype header, qsizetype firstLine,
                        int parentColumn)
{
    for (qsizetype i = header + 1; i <= header + 2 && i < text.size(); ++i) {
        if (text[i] >= '1' && text[i] <= '9')
            return parentColumn - 1 + (text[i] - '0');
    }
    for (qsizetype begin = firstLine; begin < text.size();) {
        qsizetype i = begin;
        while (i < text.size() && text[i] == ' ')
            ++i;
        if (i < text.size() && text[i] != '\n' && text[i] != '\r')
            return i - begin;
        const qsizetype newline = text.indexOf('\n', i);
        if (newline < 0)
            break;
        begin = newline + 1;
    }
    return 1;
}

} // namespace

QString utf8Text(QByteArrayView bytes)
{
    // fromUtf8() takes a mark at the start for an encoding's and drops it.
    if (bytes.startsWith("\xef\xbb\xbf"))
        return QChar(QChar::ByteOrderMark) + QString::fromUtf8(bytes.sliced(3));
    return QString::fromUtf8(bytes);
}

QString singleQuotedText(QByteArrayView inside)
{
    QString text = utf8Text(inside);
    text.replace("\r\n"_L1, "\n"_L1).replace(u'\r', u'\n').replace("''"_L1, "'"_L1);
    const QStringList lines = text.split(u'\n');
    QString result = withoutOuterBlanks(lines.front(), false, lines.size() > 1);
    qsizetype breaks = 0;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const bool isLast = i + 1 == lines.size();
        const QString line = withoutOuterBlanks(lines[i], true, !isLast);
        ++breaks;
        if (line.isEmpty() && !isLast)
            continue;
        result += breaks == 1 ? u" "_s : QString(breaks - 1, u'\n');
        result += line;
        breaks = 0;
    }
    return result;
}

qsizetype blockScalarEnd(QByteArrayView text, qsizetype header, qsizetype limit, int parentColumn)
{
    const QByteArrayView indicators =
        text.sliced(header + 1).first(qMin<qsizetype>(2, text.size() - header - 1));
    const bool keep = indicators.contains('+');
    qsizetype newline = text.indexOf('\n', header);
    qsizetype result = newline < 0 ? text.size() : newline;
    const qsizetype indent =
        newline < 0 ? 0 : contentIndent(text, header, newline + 1, parentColumn);
    while (newline >= 0 && newline + 1 < text.size() && newline + 1 < limit) {
        const qsizetype begin = newline + 1;
        newline = text.indexOf('\n', begin);
        const qsizetype end = newline < 0 ? text.size() : newline;
        const QByteArrayView line = text.sliced(begin, end - begin);
        const bool blank = line.trimmed().isEmpty();
        qsizetype spaces = 0;
        while (spaces < line.size() && line[spaces] == ' ')
            ++spaces;
        if (!blank && spaces < indent)
            break;
        if (!blank || keep || spaces > indent)
            result = end;
    }
    return result > header && text[result - 1] == '\r' ? result - 1 : result;
}

} // namespace Sluice
