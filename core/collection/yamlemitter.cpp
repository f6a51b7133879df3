// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/yamlemitter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using Style = YamlNode::Style;

/** Characters that only the double quoted style can write. */
bool needsEscape(QChar c)
{
    const ushort code = c.unicode();
    return (code < 0x20 && c != u'\n' && c != u'\t') || code == 0x7f || code == 0x85
           || code == 0x2028 || code == 0x2029 || code == 0xfeff || code >= 0xfffe
           || (code > 0x7f && code < 0xa0);
}

bool plainIsSafe(QStringView text, bool flow)
{
    constexpr QStringView Indicators = u"-?:,[]{}#&*!|>'\"%@`";
    constexpr QStringView FlowIndicators = u",[]{}";
    if (text.isEmpty() || text.front().isSpace() || text.back().isSpace() || text.endsWith(u':'))
        return false;
    const bool dashWord = text.size() > 1 && text.front() == u'-' && text[1].isLetterOrNumber();
    if (Indicators.contains(text.front()) && !(dashWord && !flow))
        return false;
    if (text.startsWith("---"_L1) || text.startsWith("..."_L1))
        return false;
    if (text.contains(u": ") || text.contains(u" #") || text.contains(u'\t')
        || text.contains(u'\n'))
        return false;
    return !flow || !std::ranges::any_of(text, [FlowIndicators](QChar c) {
        return FlowIndicators.contains(c) || c == u':';
    });
}

QByteArray doubleQuoted(const QString &text)
{
    QString result(u'"');
    for (const QChar c : text) {
        switch (c.unicode()) {
        case '"':
            result += "\\\""_L1;
            break;
        case '\\':
            result += "\\\\"_L1;
            break;
        case '\n':
            result += "\\n"_L1;
            break;
        case '\r':
            result += "\\r"_L1;
            break;
        case '\t':
            result += "\\t"_L1;
            break;
        default:
            if (needsEscape(c))
                result += u"\\u%1"_s.arg(c.unicode(), 4, 16, QChar(u'0'));
            else
                result += c;
        }
    }
    return (result += u'"').toUtf8();
}

QByteArray literalBlock(const QString &text, const YamlContext &context)
{
    const QString content = text.trimmed();
    const bool keep = text.endsWith("\n\n"_L1);
    if (content.isEmpty() || context.flow || (keep && !context.keepBlankLines))
        return {};
    QString body = text;
    QByteArray header = "|";
    // An indentation that cannot be guessed from the first line is written down.
    if (body.front() == u' ' || body.front() == u'\n')
        header += QByteArray::number(context.blockIndent);
    if (!body.endsWith(u'\n'))
        header += '-';
    else if (keep)
        header += '+';
    if (body.endsWith(u'\n'))
        body.chop(1);
    const QByteArray indent(context.indent + context.blockIndent, ' ');
    QByteArray result = header;
    for (const QString &line : body.split(u'\n')) {
        result += context.newline;
        if (!line.isEmpty())
            result += indent + line.toUtf8();
    }
    return result;
}

/** The entries of a map, each on a line of its own, at \a context's indentation. */
QByteArray blockEntries(const YamlValue &map, const YamlContext &context)
{
    QByteArray result;
    for (const YamlValue &child : map.children) {
        if (!result.isEmpty())
            result += context.newline + QByteArray(context.indent, ' ');
        result += blockEntry(child, context);
    }
    return result;
}

QByteArray blockItems(const YamlValue &list, const YamlContext &context)
{
    QByteArray result;
    for (const YamlValue &child : list.children) {
        if (!result.isEmpty())
            result += context.newline + QByteArray(context.indent, ' ');
        result += blockItem(child, context);
    }
    return result;
}

QByteArray bestScalar(const YamlValue &value, const YamlContext &context)
{
    return scalarSpellings(value, Style::Plain, context).front();
}

QByteArray keyText(const QString &key, const YamlContext &context)
{
    YamlContext inLine = context;
    inLine.flow = true;
    return bestScalar(YamlValue::string(key), inLine);
}

} // namespace

QByteArray scalarInStyle(const QString &text, YamlNode::Style style, const YamlContext &context)
{
    const bool escape = std::ranges::any_of(text, needsEscape);
    switch (style) {
    case Style::Plain:
        return !escape && plainIsSafe(text, context.flow) && !readsAsTyped(text) ? text.toUtf8()
                                                                                 : QByteArray();
    case Style::SingleQuoted: {
        if (escape || text.contains(u'\n') || text.contains(u'\t'))
            return {};
        QString quoted = text;
        return (u'\'' + quoted.replace(u'\'', "''"_L1) + u'\'').toUtf8();
    }
    case Style::Literal:
    case Style::Folded:
        return escape ? QByteArray() : literalBlock(text, context);
    default:
        return doubleQuoted(text);
    }
}

std::vector<QByteArray> scalarSpellings(const YamlValue &value, YamlNode::Style had,
                                        const YamlContext &context)
{
    if (value.kind == YamlValue::Kind::Literal)
        return {value.text.toUtf8()};
    std::vector<QByteArray> spellings;
    const auto add = [&](Style style) {
        const QByteArray text = scalarInStyle(value.text, style, context);
        if (!text.isNull() && std::ranges::find(spellings, text) == spellings.end())
            spellings.push_back(text);
    };
    const bool lines = value.text.contains(u'\n');
    // A value of several lines in quotes is hard to read; one in a block style stays there.
    if (!(lines && (had == Style::Plain || had == Style::DoubleQuoted)))
        add(had);
    if (lines)
        add(Style::Literal);
    add(Style::Plain);
    if (value.text.contains(u'"') || value.text.contains(u'\\'))
        add(Style::SingleQuoted);
    add(Style::DoubleQuoted);
    return spellings;
}

QByteArray flowText(const YamlValue &value, const YamlContext &context)
{
    YamlContext inner = context;
    inner.flow = true;
    if (value.isScalar())
        return bestScalar(value, inner);
    QByteArrayList parts;
    for (const YamlValue &child : value.children) {
        const QByteArray key = value.isMap() ? keyText(child.key, inner) + ": " : QByteArray();
        parts.append(key + flowText(child, inner));
    }
    if (value.isList())
        return "[" + parts.join(", ") + "]";
    return parts.isEmpty() ? QByteArray("{}") : "{ " + parts.join(", ") + " }";
}

QByteArray blockValue(const YamlValue &value, const YamlContext &context)
{
    if (value.isScalar()) {
        const QByteArray scalar = bestScalar(value, context);
        return scalar.isEmpty() ? scalar : ' ' + scalar;
    }
    if (value.children.empty())
        return ' ' + flowText(value, context);
    YamlContext inner = context;
    inner.indent += 2;
    const QByteArray content =
        value.isMap() ? blockEntries(value, inner) : blockItems(value, inner);
    return context.newline + QByteArray(inner.indent, ' ') + content;
}

QByteArray blockEntry(const YamlValue &value, const YamlContext &context)
{
    return keyText(value.key, context) + ':' + blockValue(value, context);
}

QByteArray blockItem(const YamlValue &value, const YamlContext &context)
{
    if (value.isScalar()) {
        const QByteArray scalar = bestScalar(value, context);
        return scalar.isEmpty() ? QByteArray("-") : "- " + scalar;
    }
    if (value.children.empty())
        return "- " + flowText(value, context);
    YamlContext inner = context;
    inner.indent += 2;
    return "- " + (value.isMap() ? blockEntries(value, inner) : blockItems(value, inner));
}

} // namespace Sluice
