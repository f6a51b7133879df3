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
    addNeedle(percent);
    addNeedle(QByteArray(percent).replace("%20", "+"));
    QByteArray lower = percent;
    for (qsizetype i = 0; (i = lower.indexOf('%', i)) >= 0; i += 3)
        lower.replace(i, 3, lower.sliced(i, 3).toLower());
    addNeedle(lower);
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
    for (const QByteArray &needle : m_needles)
        result.replace(needle, Mark);
    return result;
}

QString Redactor::redact(const QString &text) const
{
    return m_needles.empty() ? text : QString::fromUtf8(redact(text.toUtf8()));
}

} // namespace Sluice
