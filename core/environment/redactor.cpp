// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/redactor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** Below this a piece of base64 would be found in texts that have nothing to do with the secret. */
constexpr qsizetype MinBase64Piece = 6;
constexpr qsizetype MinHexBytes = 4; ///< So for numbers.
constexpr qsizetype MinPrefix = 40;  ///< Shorter beginnings other texts may share.

QByteArray jsonEscaped(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(2, array.size() - 4);
}

/** As JSON in ASCII has it: `\u00f6` in upper or lower case. */
QByteArray asciiJson(const QByteArray &escaped, bool upper)
{
    QByteArray result;
    for (const QChar c : QString::fromUtf8(escaped)) {
        if (c.unicode() < 0x80) {
            result += char(c.unicode());
            continue;
        }
        const QByteArray digits = QByteArray::number(c.unicode(), 16).rightJustified(4, '0');
        result += "\\u" + (upper ? digits.toUpper() : digits);
    }
    return result;
}

/**
 * The characters of base64 that depend on \a secret only, when \a before bytes stand before it in
 * a group of three (RFC 4648 section 4): the first and last ones mix with the neighbours.
 */
QByteArray base64Piece(const QByteArray &secret, int before, QByteArray::Base64Options options)
{
    const QByteArray encoded =
        (QByteArray(before, 'x') + secret).toBase64(options | QByteArray::OmitTrailingEquals);
    const qsizetype skip = before == 0 ? 0 : before + 1;
    const qsizetype whole = (before + secret.size()) * 8 / 6;
    return whole > skip ? encoded.sliced(skip, whole - skip) : QByteArray();
}

/** How many bytes at the start of \a text are \a byte, as it is or as a URL or a form has it. */
qsizetype escapedSize(QByteArrayView text, char byte)
{
    if (text.startsWith(byte) || (byte == ' ' && text.startsWith('+')))
        return 1;
    if (text.size() < 3 || text[0] != '%')
        return 0;
    bool isHex = false;
    const uint value = text.sliced(1, 2).toByteArray().toUInt(&isHex, 16);
    return isHex && value == uchar(byte) ? 3 : 0;
}

/** The same of all of \a secret; 0 when the text does not begin with it. */
qsizetype escapedSize(QByteArrayView text, const QByteArray &secret)
{
    qsizetype size = 0;
    for (const char byte : secret) {
        const qsizetype next = escapedSize(text.sliced(size), byte);
        if (next == 0)
            return 0;
        size += next;
    }
    return size;
}

void redactEscaped(QByteArray &text, const QByteArray &secret)
{
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype size = escapedSize(QByteArrayView(text).sliced(at), secret);
        if (size == 0)
            continue;
        text.replace(at, size, Redactor::Mark);
        at += qsizetype(qstrlen(Redactor::Mark)) - 1;
    }
}

/** Messages cut long values short: what is left of \a needle is as secret as all of it. */
void redactPrefixes(QByteArray &text, const QByteArray &needle)
{
    const QByteArray prefix = needle.first(MinPrefix);
    for (qsizetype at = 0; (at = text.indexOf(prefix, at)) >= 0; at += qstrlen(Redactor::Mark)) {
        const auto rest = QByteArrayView(text).sliced(at);
        const auto same = std::ranges::mismatch(rest, needle).in1 - rest.begin();
        text.replace(at, same, Redactor::Mark);
    }
}

} // namespace

Redactor::Redactor(const QStringList &secrets)
{
    for (const QString &secret : secrets)
        add(secret);
}

void Redactor::addNeedle(const QByteArray &needle)
{
    if (needle.isEmpty() || std::ranges::find(m_needles, needle) != m_needles.end())
        return;
    const auto place =
        std::ranges::upper_bound(m_needles, needle.size(), std::greater(),
                                 [](const QByteArray &other) { return other.size(); });
    m_needles.insert(place, needle);
}

void Redactor::add(const QString &secret)
{
    const QByteArray bytes = secret.toUtf8();
    addNeedle(bytes);
    if (bytes.isEmpty())
        return;
    const QByteArray percent = QUrl::toPercentEncoding(secret);
    if (percent != bytes && std::ranges::find(m_escaped, bytes) == m_escaped.end())
        m_escaped.push_back(bytes);
    std::ranges::sort(m_escaped, std::greater(), &QByteArray::size);
    const QByteArray json = jsonEscaped(secret);
    addNeedle(json);
    addNeedle(asciiJson(json, false));
    addNeedle(asciiJson(json, true));
    addNeedle(QByteArray(json).replace('/', "\\/"));
    // XML 1.0 2.4, 4.6: with and without the quotes.
    addNeedle(QByteArray(bytes).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
    addNeedle(secret.toHtmlEscaped().toUtf8());
    addNeedle(secret.toHtmlEscaped().toUtf8().replace('\'', "&apos;"));
    addNeedle(secret.toHtmlEscaped().toUtf8().replace('\'', "&#39;"));
    if (bytes.size() >= MinHexBytes) {
        addNeedle(bytes.toHex());
        addNeedle(bytes.toHex().toUpper());
    }
    for (int before = 0; before < 3; ++before) {
        for (const auto options : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
            const QByteArray piece = base64Piece(bytes, before, options);
            if (piece.size() >= MinBase64Piece)
                addNeedle(piece);
        }
    }
}

QByteArray Redactor::redact(const QByteArray &text) const
{
    QByteArray result = text;
    for (const QByteArray &secret : m_escaped)
        redactEscaped(result, secret);
    for (const QByteArray &needle : m_needles) {
        if (needle.size() > MinPrefix)
            redactPrefixes(result, needle);
        else
            result.replace(needle, Mark);
    }
    return result;
}

QString Redactor::redact(const QString &text) const
{
    return m_needles.empty() ? text : QString::fromUtf8(redact(text.toUtf8()));
}

} // namespace Sluice
