// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/dynamicvalues.h"

#include "core/environment/dynamicwords.h"

#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using Random = QRandomGenerator;

/** One of the words of \a name, which dynamicWords() knows. */
QString oneOf(Random &random, QStringView name)
{
    const std::span<const QStringView> words = dynamicWords(name);
    Q_ASSERT(!words.empty());
    return words[random.bounded(quint32(words.size()))].toString();
}

QString characters(Random &random, QStringView alphabet, int count)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += alphabet[random.bounded(int(alphabet.size()))];
    return text;
}

constexpr QStringView Digits = u"0123456789";
constexpr QStringView HexDigits = u"0123456789abcdef";
constexpr QStringView Capitals = u"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr QStringView Base58 = u"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr QStringView AlphaNumerics =
    u"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
QString uuid(Random &random)
{
    std::array<quint32, 4> bits{};
    random.fillRange(bits.data(), qsizetype(bits.size()));
    // RFC 9562 5.4: version 4, variant 10.
    const ushort high = ushort((bits[1] & 0x0fffU) | 0x4000U);
    const auto byte = [](quint32 word, int index) { return uchar(word >> (8 * index)); };
    return QUuid(bits[0], ushort(bits[1] >> 16), high, uchar((byte(bits[2], 0) & 0x3fU) | 0x80U),
                 byte(bits[2], 1), byte(bits[2], 2), byte(bits[2], 3), byte(bits[3], 0),
                 byte(bits[3], 1), byte(bits[3], 2), byte(bits[3], 3))
        .toString(QUuid::WithoutBraces);
}

QString fixed(Random &random, double span, double from, int digits)
{
    return QString::number(from + random.generateDouble() * span, 'f', digits);
}

QString words(Random &random, int count)
{
    QStringList list;
    for (int i = 0; i < count; ++i)
        list.append(oneOf(random, u"randomWord"));
    return list.join(u' ');
}

QString sentence(Random &random)
{
    const QString text = words(random, random.bounded(4, 9));
    return text.front().toUpper() + text.sliced(1) + u'.';
}

QString sentences(Random &random, int count, QChar separator)
{
    QStringList list;
    for (int i = 0; i < count; ++i)
        list.append(sentence(random));
    return list.join(separator);
}

QString isoDate(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QString fullName(Random &random)
{
    return oneOf(random, u"randomFirstName") + u' ' + oneOf(random, u"randomLastName");
}

QString userName(Random &random)
{
    return fullName(random).toLower().replace(u' ', u'.') + QString::number(random.bounded(100));
}

/** \a count of \a length characters each, with \a separator between them. */
QString groups(Random &random, QStringView alphabet, int count, int length, QChar separator)
{
    QStringList parts;
    for (int i = 0; i < count; ++i)
        parts.append(characters(random, alphabet, length));
    return parts.join(separator);
}

QString ipAddress(Random &random)
{
    QStringList parts;
    for (int i = 0; i < 4; ++i)
        parts.append(QString::number(random.bounded(1, 255)));
    return parts.join(u'.');
}

QString phoneNumber(Random &random)
{
    return u"555-"_s + characters(random, Digits, 3) + u'-' + characters(random, Digits, 4);
}

QString domainName(Random &random)
{
    return oneOf(random, u"randomWord") + u'.' + oneOf(random, u"randomDomainSuffix");
}

QString fileName(Random &random, QStringView extensions)
{
    return oneOf(random, u"randomWord") + u'.' + oneOf(random, extensions);
}

/** ISO 13616-1: the check digits make the number 1 modulo 97, letters being 10 to 35. */
QString iban(Random &random)
{
    const QString account = characters(random, Digits, 18);
    int rest = 0;
    for (const QChar digit : account + u"131400"_s) // "DE" and 00.
        rest = (rest * 10 + digit.digitValue()) % 97;
    return u"DE%1"_s.arg(98 - rest, 2, 10, QChar(u'0')) + account;
}

QString pictureUrl(Random &random, const QString &kind)
{
    return u"https://images.example/%1/%2.jpg"_s.arg(kind).arg(random.bounded(1000));
}

/** A picture of 640 by 480 in one colour (RFC 2397). */
QString pictureData(Random &random)
{
    return u"data:image/"
           u"svg+xml;charset=UTF-8,%3Csvg%20xmlns%3D%22http%3A%2F%2Fwww.w3.org%2F2000%2Fsvg"
           "%22%20width%3D%22640%22%20height%3D%22480%22%20style%3D%22background%3A%23"_s
           + characters(random, HexDigits, 6) + u"%22%2F%3E"_s;
}

QString catchPhrase(Random &random)
{
    return oneOf(random, u"randomCatchPhraseAdjective") + u' '
           + oneOf(random, u"randomCatchPhraseDescriptor") + u' '
           + oneOf(random, u"randomCatchPhraseNoun");
}

QString phrase(Random &random)
{
    return u"Use the %1 %2, then %3 the %4."_s.arg(
        oneOf(random, u"randomAdjective"), oneOf(random, u"randomNoun"),
        oneOf(random, u"randomVerb"), oneOf(random, u"randomNoun"));
}

struct Row
{
    QStringView name;
    QString (*make)(Random &random, const QDateTime &now);
};

using Now = const QDateTime &;

constexpr qint64 DaySeconds = 86'400;

constexpr std::array Rows{
    Row{u"guid", [](Random &r, Now) { return uuid(r); }},
    Row{u"timestamp", [](Random &, Now now) { return QString::number(now.toSecsSinceEpoch()); }},
    Row{u"isoTimestamp", [](Random &, Now now) { return isoDate(now); }},
    Row{u"randomUUID", [](Random &r, Now) { return uuid(r); }},
    Row{u"randomNanoId", [](Random &r, Now) { return characters(r, AlphaNumerics, 21); }},
    Row{u"randomAlphaNumeric", [](Random &r, Now) { return characters(r, AlphaNumerics, 1); }},
    Row{u"randomBoolean", [](Random &r, Now) { return r.bounded(2) ? u"true"_s : u"false"_s; }},
    Row{u"randomInt", [](Random &r, Now) { return QString::number(r.bounded(1001)); }},
    Row{u"randomHexColor", [](Random &r, Now) { return u'#' + characters(r, HexDigits, 6); }},
    Row{u"randomIP", [](Random &r, Now) { return ipAddress(r); }},
    Row{u"randomIPV4", [](Random &r, Now) { return ipAddress(r); }},
    Row{u"randomIPV6", [](Random &r, Now) { return groups(r, HexDigits, 8, 4, u':'); }},
    Row{u"randomMACAddress", [](Random &r, Now) { return groups(r, HexDigits, 6, 2, u':'); }},
    Row{u"randomPassword", [](Random &r, Now) { return characters(r, AlphaNumerics, 15); }},
    Row{u"randomSemver",
        [](Random &r, Now) {
            return u"%1.%2.%3"_s.arg(r.bounded(10)).arg(r.bounded(10)).arg(r.bounded(10));
        }},
    Row{u"randomFullName", [](Random &r, Now) { return fullName(r); }},
    Row{u"randomUserName", [](Random &r, Now) { return userName(r); }},
    Row{u"randomEmail", [](Random &r, Now) { return userName(r) + u"@example.com"_s; }},
    Row{u"randomExampleEmail", [](Random &r, Now) { return userName(r) + u"@example.org"_s; }},
    Row{u"randomPhoneNumber", [](Random &r, Now) { return phoneNumber(r); }},
    Row{u"randomPhoneNumberExt",
        [](Random &r, Now) { return phoneNumber(r) + u" x"_s + characters(r, Digits, 3); }},
    Row{u"randomStreetName",
        [](Random &r, Now) { return oneOf(r, u"randomLastName") + u" Street"_s; }},
    Row{u"randomStreetAddress",
        [](Random &r, Now) {
            return u"%1 %2 Street"_s.arg(r.bounded(1, 999)).arg(oneOf(r, u"randomLastName"));
        }},
    Row{u"randomLatitude", [](Random &r, Now) { return fixed(r, 180, -90, 4); }},
    Row{u"randomLongitude", [](Random &r, Now) { return fixed(r, 360, -180, 4); }},
    Row{u"randomDateFuture",
        [](Random &r, Now now) { return isoDate(now.addSecs(r.bounded(1, 365) * DaySeconds)); }},
    Row{u"randomDatePast",
        [](Random &r, Now now) { return isoDate(now.addSecs(-r.bounded(1, 365) * DaySeconds)); }},
    Row{u"randomDateRecent",
        [](Random &r, Now now) { return isoDate(now.addSecs(-qint64(r.bounded(1, 86'400)))); }},
    Row{u"randomDomainName", [](Random &r, Now) { return domainName(r); }},
    Row{u"randomUrl", [](Random &r, Now) { return u"https://"_s + domainName(r); }},
    Row{u"randomFileName", [](Random &r, Now) { return fileName(r, u"randomFileExt"); }},
    Row{u"randomCommonFileName",
        [](Random &r, Now) { return fileName(r, u"randomCommonFileExt"); }},
    Row{u"randomFilePath",
        [](Random &r, Now) {
            return oneOf(r, u"randomDirectoryPath") + u'/' + fileName(r, u"randomFileExt");
        }},
    Row{u"randomPrice", [](Random &r, Now) { return fixed(r, 999, 1, 2); }},
    Row{u"randomBankAccount", [](Random &r, Now) { return characters(r, Digits, 8); }},
    Row{u"randomBankAccountBic",
        [](Random &r, Now) {
            return characters(r, Capitals, 4) + u"DE"_s + characters(r, Capitals, 2);
        }},
    Row{u"randomBankAccountIban", [](Random &r, Now) { return iban(r); }},
    Row{u"randomBitcoin", [](Random &r, Now) { return u'1' + characters(r, Base58, 33); }},
    Row{u"randomCreditCardMask", [](Random &r, Now) { return characters(r, Digits, 4); }},
    Row{u"randomCompanyName",
        [](Random &r, Now) {
            return oneOf(r, u"randomLastName") + u' ' + oneOf(r, u"randomCompanySuffix");
        }},
    Row{u"randomCatchPhrase", [](Random &r, Now) { return catchPhrase(r); }},
    Row{u"randomBs",
        [](Random &r, Now) {
            return oneOf(r, u"randomBsBuzz") + u' ' + oneOf(r, u"randomBsAdjective") + u' '
                   + oneOf(r, u"randomBsNoun");
        }},
    Row{u"randomJobTitle",
        [](Random &r, Now) {
            return oneOf(r, u"randomJobDescriptor") + u' ' + oneOf(r, u"randomJobArea") + u' '
                   + oneOf(r, u"randomJobType");
        }},
    Row{u"randomPhrase", [](Random &r, Now) { return phrase(r); }},
    Row{u"randomWords", [](Random &r, Now) { return words(r, 3); }},
    Row{u"randomLoremWords", [](Random &r, Now) { return words(r, 3); }},
    Row{u"randomLoremSentence", [](Random &r, Now) { return sentence(r); }},
    Row{u"randomLoremSentences", [](Random &r, Now) { return sentences(r, 3, u' '); }},
    Row{u"randomLoremParagraph", [](Random &r, Now) { return sentences(r, 4, u' '); }},
    Row{u"randomLoremParagraphs", [](Random &r, Now) { return sentences(r, 3, u'\n'); }},
    Row{u"randomLoremText", [](Random &r, Now) { return sentences(r, 5, u' '); }},
    Row{u"randomLoremLines", [](Random &r, Now) { return sentences(r, 4, u'\n'); }},
    Row{u"randomLoremSlug", [](Random &r, Now) { return words(r, 3).replace(u' ', u'-'); }},
    Row{u"randomImageUrl", [](Random &r, Now) { return pictureUrl(r, u"any"_s); }},
    Row{u"randomImageDataUri", [](Random &r, Now) { return pictureData(r); }},
    Row{u"randomAbstractImage", [](Random &r, Now) { return pictureUrl(r, u"abstract"_s); }},
    Row{u"randomAnimalsImage", [](Random &r, Now) { return pictureUrl(r, u"animals"_s); }},
    Row{u"randomAvatarImage", [](Random &r, Now) { return pictureUrl(r, u"avatar"_s); }},
    Row{u"randomBusinessImage", [](Random &r, Now) { return pictureUrl(r, u"business"_s); }},
    Row{u"randomCatsImage", [](Random &r, Now) { return pictureUrl(r, u"cats"_s); }},
    Row{u"randomCityImage", [](Random &r, Now) { return pictureUrl(r, u"city"_s); }},
    Row{u"randomFashionImage", [](Random &r, Now) { return pictureUrl(r, u"fashion"_s); }},
    Row{u"randomFoodImage", [](Random &r, Now) { return pictureUrl(r, u"food"_s); }},
    Row{u"randomNatureImage", [](Random &r, Now) { return pictureUrl(r, u"nature"_s); }},
    Row{u"randomNightlifeImage", [](Random &r, Now) { return pictureUrl(r, u"nightlife"_s); }},
    Row{u"randomPeopleImage", [](Random &r, Now) { return pictureUrl(r, u"people"_s); }},
    Row{u"randomSportsImage", [](Random &r, Now) { return pictureUrl(r, u"sports"_s); }},
    Row{u"randomTransportImage", [](Random &r, Now) { return pictureUrl(r, u"transport"_s); }},
};

} // namespace

DynamicValues::DynamicValues()
    : DynamicValues([] { return QDateTime::currentDateTimeUtc(); },
                    QRandomGenerator::global()->generate())
{
}

DynamicValues::DynamicValues(WallClock clock, quint32 seed)
    : m_clock(std::move(clock)), m_random(seed)
{
}

std::optional<QString> DynamicValues::next(QStringView name)
{
    for (const Row &row : Rows) {
        if (row.name == name)
            return row.make(m_random, m_clock());
    }
    if (!dynamicWords(name).empty())
        return oneOf(m_random, name);
    return {};
}

QStringList DynamicValues::names()
{
    QStringList names;
    for (const DynamicWords &row : allDynamicWords())
        names.append(row.name.toString());
    for (const Row &row : Rows)
        names.append(row.name.toString());
    names.sort();
    return names;
}

} // namespace Sluice
