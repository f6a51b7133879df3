// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/dynamicvalues.h"

#include <QUuid>

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using Random = QRandomGenerator;

template<std::size_t Count>
QString oneOf(Random &random, const std::array<QStringView, Count> &words)
{
    return words[random.bounded(quint32(Count))].toString();
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
constexpr QStringView AlphaNumerics =
    u"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::array<QStringView, 12> FirstNames{u"Ada",    u"Alan",    u"Barbara",  u"Donald",
                                                 u"Edsger", u"Frances", u"Grace",    u"John",
                                                 u"Ken",    u"Leslie",  u"Margaret", u"Niklaus"};
constexpr std::array<QStringView, 12> LastNames{u"Allen",     u"Dijkstra", u"Hamilton", u"Hopper",
                                                u"Kernighan", u"Knuth",    u"Lamport",  u"Liskov",
                                                u"Lovelace",  u"Ritchie",  u"Turing",   u"Wirth"};
constexpr std::array<QStringView, 10> Cities{u"Amsterdam", u"Berlin", u"Cairo",   u"Delhi",
                                             u"Lagos",     u"Lima",   u"Nairobi", u"Oslo",
                                             u"Osaka",     u"Toronto"};
constexpr std::array<QStringView, 8> Countries{u"Brazil", u"Canada", u"Egypt", u"Germany",
                                               u"India",  u"Japan",  u"Kenya", u"Norway"};
constexpr std::array<QStringView, 8> CountryCodes{u"BR", u"CA", u"EG", u"DE",
                                                  u"IN", u"JP", u"KE", u"NO"};
constexpr std::array<QStringView, 8> Colors{u"blue",   u"green", u"orange", u"pink",
                                            u"purple", u"red",   u"teal",   u"yellow"};
constexpr std::array<QStringView, 12> Words{u"array",   u"bus",      u"circuit",   u"driver",
                                            u"feed",    u"firewall", u"interface", u"matrix",
                                            u"monitor", u"port",     u"sensor",    u"system"};
constexpr std::array<QStringView, 7> Weekdays{u"Monday", u"Tuesday",  u"Wednesday", u"Thursday",
                                              u"Friday", u"Saturday", u"Sunday"};
constexpr std::array<QStringView, 12> Months{u"January",   u"February", u"March",    u"April",
                                             u"May",       u"June",     u"July",     u"August",
                                             u"September", u"October",  u"November", u"December"};
constexpr std::array<QStringView, 6> Currencies{u"CAD", u"EUR", u"GBP", u"JPY", u"NOK", u"USD"};
constexpr std::array<QStringView, 6> Products{u"Ball",     u"Chair", u"Hat",
                                              u"Keyboard", u"Lamp",  u"Table"};

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
        list.append(oneOf(random, Words));
    return list.join(u' ');
}

QString isoDate(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QString userName(Random &random)
{
    return (oneOf(random, FirstNames) + u'.' + oneOf(random, LastNames)).toLower()
           + QString::number(random.bounded(100));
}

QString ipAddress(Random &random)
{
    QStringList parts;
    for (int i = 0; i < 4; ++i)
        parts.append(QString::number(random.bounded(1, 255)));
    return parts.join(u'.');
}

QString macAddress(Random &random)
{
    QStringList parts;
    for (int i = 0; i < 6; ++i)
        parts.append(characters(random, HexDigits, 2));
    return parts.join(u':');
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
    Row{u"randomColor", [](Random &r, Now) { return oneOf(r, Colors); }},
    Row{u"randomHexColor", [](Random &r, Now) { return u'#' + characters(r, HexDigits, 6); }},
    Row{u"randomIP", [](Random &r, Now) { return ipAddress(r); }},
    Row{u"randomIPV4", [](Random &r, Now) { return ipAddress(r); }},
    Row{u"randomMACAddress", [](Random &r, Now) { return macAddress(r); }},
    Row{u"randomPassword", [](Random &r, Now) { return characters(r, AlphaNumerics, 15); }},
    Row{u"randomFirstName", [](Random &r, Now) { return oneOf(r, FirstNames); }},
    Row{u"randomLastName", [](Random &r, Now) { return oneOf(r, LastNames); }},
    Row{u"randomFullName",
        [](Random &r, Now) { return oneOf(r, FirstNames) + u' ' + oneOf(r, LastNames); }},
    Row{u"randomUserName", [](Random &r, Now) { return userName(r); }},
    Row{u"randomEmail", [](Random &r, Now) { return userName(r) + u"@example.com"_s; }},
    Row{u"randomExampleEmail", [](Random &r, Now) { return userName(r) + u"@example.org"_s; }},
    Row{u"randomPhoneNumber",
        [](Random &r, Now) {
            return u"555-"_s + characters(r, Digits, 3) + u'-' + characters(r, Digits, 4);
        }},
    Row{u"randomCity", [](Random &r, Now) { return oneOf(r, Cities); }},
    Row{u"randomStreetName", [](Random &r, Now) { return oneOf(r, LastNames) + u" Street"_s; }},
    Row{u"randomStreetAddress",
        [](Random &r, Now) {
            return QString::number(r.bounded(1, 999)) + u' ' + oneOf(r, LastNames) + u" Street"_s;
        }},
    Row{u"randomCountry", [](Random &r, Now) { return oneOf(r, Countries); }},
    Row{u"randomCountryCode", [](Random &r, Now) { return oneOf(r, CountryCodes); }},
    Row{u"randomLatitude", [](Random &r, Now) { return fixed(r, 180, -90, 4); }},
    Row{u"randomLongitude", [](Random &r, Now) { return fixed(r, 360, -180, 4); }},
    Row{u"randomDateFuture",
        [](Random &r, Now now) { return isoDate(now.addSecs(r.bounded(1, 365) * DaySeconds)); }},
    Row{u"randomDatePast",
        [](Random &r, Now now) { return isoDate(now.addSecs(-r.bounded(1, 365) * DaySeconds)); }},
    Row{u"randomDateRecent",
        [](Random &r, Now now) { return isoDate(now.addSecs(-qint64(r.bounded(1, 86'400)))); }},
    Row{u"randomWeekday", [](Random &r, Now) { return oneOf(r, Weekdays); }},
    Row{u"randomMonth", [](Random &r, Now) { return oneOf(r, Months); }},
    Row{u"randomDomainName", [](Random &r, Now) { return oneOf(r, Words) + u".example"_s; }},
    Row{u"randomDomainWord", [](Random &r, Now) { return oneOf(r, Words); }},
    Row{u"randomUrl",
        [](Random &r, Now) { return u"https://"_s + oneOf(r, Words) + u".example"_s; }},
    Row{u"randomFileName", [](Random &r, Now) { return oneOf(r, Words) + u".txt"_s; }},
    Row{u"randomPrice", [](Random &r, Now) { return fixed(r, 999, 1, 2); }},
    Row{u"randomProduct", [](Random &r, Now) { return oneOf(r, Products); }},
    Row{u"randomProductName", [](Random &r, Now) { return oneOf(r, Products); }},
    Row{u"randomCurrencyCode", [](Random &r, Now) { return oneOf(r, Currencies); }},
    Row{u"randomBankAccount", [](Random &r, Now) { return characters(r, Digits, 8); }},
    Row{u"randomCompanyName", [](Random &r, Now) { return oneOf(r, LastNames) + u" Ltd"_s; }},
    Row{u"randomWord", [](Random &r, Now) { return oneOf(r, Words); }},
    Row{u"randomWords", [](Random &r, Now) { return words(r, 3); }},
    Row{u"randomNoun", [](Random &r, Now) { return oneOf(r, Words); }},
    Row{u"randomLoremWord", [](Random &r, Now) { return oneOf(r, Words); }},
    Row{u"randomLoremWords", [](Random &r, Now) { return words(r, 3); }},
    Row{u"randomLoremSentence", [](Random &r, Now) { return words(r, 6) + u'.'; }},
    Row{u"randomLoremParagraph",
        [](Random &r, Now) { return words(r, 6) + u". "_s + words(r, 8) + u'.'; }},
    Row{u"randomLoremSlug", [](Random &r, Now) { return words(r, 3).replace(u' ', u'-'); }},
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
    return {};
}

QStringList DynamicValues::names()
{
    QStringList names;
    for (const Row &row : Rows)
        names.append(row.name.toString());
    names.sort();
    return names;
}

} // namespace Sluice
