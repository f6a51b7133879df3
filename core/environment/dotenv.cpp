// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/dotenv.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString unescaped(QString value)
{
    QString result;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] != u'\\' || i + 1 == value.size()) {
            result += value[i];
            continue;
        }
        const QChar next = value[++i];
        if (next == u'n')
            result += u'\n';
        else if (next == u'r')
            result += u'\r';
        else if (next == u't')
            result += u'\t';
        else
            result += next;
    }
    return result;
}

/** The end of a quoted value that starts at \a begin, or -1. */
qsizetype closingQuote(QStringView text, qsizetype begin)
{
    const QChar quote = text[begin];
    for (qsizetype i = begin + 1; i < text.size(); ++i) {
        if (quote == u'"' && text[i] == u'\\')
            ++i;
        else if (text[i] == quote)
            return i;
    }
    return -1;
}

} // namespace

Result<std::vector<NameValue>> parseDotEnv(const QByteArray &bytes, const QString &path)
{
    static const QRegularExpression assignment(
        u"\\G[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=[ \\t]*"_s);
    QString text = QString::fromUtf8(bytes);
    text.replace("\r\n"_L1, "\n"_L1);
    if (text.startsWith(QChar::ByteOrderMark))
        text.remove(0, 1);
    std::vector<NameValue> variables;
    qsizetype at = 0;
    const auto fail = [&](const QString &message) {
        const int line = 1 + int(QStringView(text).first(at).count(u'\n'));
        return std::unexpected(Error{ErrorCode::Parse, message, path, line, 0});
    };
    while (at < text.size()) {
        qsizetype lineEnd = text.indexOf(u'\n', at);
        if (lineEnd < 0)
            lineEnd = text.size();
        const QStringView line = QStringView(text).sliced(at, lineEnd - at).trimmed();
        if (line.isEmpty() || line.startsWith(u'#')) {
            at = lineEnd + 1;
            continue;
        }
        const QRegularExpressionMatch match = assignment.match(text, at);
        if (!match.hasMatch())
            return fail(u"A line of the form NAME=value is expected here"_s);
        NameValue variable;
        variable.name = match.captured(1);
        const qsizetype begin = match.capturedEnd();
        const QChar first = begin < text.size() ? text[begin] : QChar(u'\n');
        if (first == u'"' || first == u'\'') {
            const qsizetype close = closingQuote(text, begin);
            if (close < 0)
                return fail(u"The quote of \"%1\" is not closed"_s.arg(variable.name));
            const QString value = text.sliced(begin + 1, close - begin - 1);
            variable.value = first == u'"' ? unescaped(value) : value;
            lineEnd = text.indexOf(u'\n', close);
        } else {
            QStringView value = QStringView(text).sliced(begin, qMax(begin, lineEnd) - begin);
            if (const qsizetype comment = value.indexOf(u" #"_s); comment >= 0)
                value = value.first(comment);
            variable.value = value.trimmed().toString();
        }
        variables.push_back(std::move(variable));
        at = lineEnd < 0 ? text.size() : lineEnd + 1;
    }
    return variables;
}

Result<std::vector<NameValue>> readDotEnv(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return std::vector<NameValue>();
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(Error{
            ErrorCode::Io, u"The file cannot be read: %1"_s.arg(file.errorString()), path, 0, 0});
    }
    return parseDotEnv(file.readAll(), path);
}

} // namespace Sluice
