// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/dynamicwords.h"

#include <algorithm>

namespace Sluice {

namespace {

constexpr std::array<QStringView, 12> FirstNameWords{
    u"Ada",   u"Alan", u"Barbara", u"Donald", u"Edsger",   u"Frances",
    u"Grace", u"John", u"Ken",     u"Leslie", u"Margaret", u"Niklaus"};
constexpr std::array<QStringView, 12> LastNameWords{
    u"Allen",   u"Dijkstra", u"Hamilton", u"Hopper",  u"Kernighan", u"Knuth",
    u"Lamport", u"Liskov",   u"Lovelace", u"Ritchie", u"Turing",    u"Wirth"};
constexpr std::array<QStringView, 4> NamePrefixWords{u"Dr.", u"Mr.", u"Mrs.", u"Ms."};
constexpr std::array<QStringView, 6> NameSuffixWords{u"I", u"II", u"III", u"Jr.", u"PhD", u"Sr."};
constexpr std::array<QStringView, 10> CityWords{u"Amsterdam", u"Berlin", u"Cairo",   u"Delhi",
                                                u"Lagos",     u"Lima",   u"Nairobi", u"Oslo",
                                                u"Osaka",     u"Toronto"};
constexpr std::array<QStringView, 8> CountryWords{u"Brazil", u"Canada", u"Egypt", u"Germany",
                                                  u"India",  u"Japan",  u"Kenya", u"Norway"};
constexpr std::array<QStringView, 8> CountryCodeWords{u"BR", u"CA", u"EG", u"DE",
                                                      u"IN", u"JP", u"KE", u"NO"};
constexpr std::array<QStringView, 10> LocaleWords{u"ar", u"de", u"en", u"es", u"fr",
                                                  u"hi", u"ja", u"nb", u"pt", u"sw"};
constexpr std::array<QStringView, 8> ColorWords{u"blue",   u"green", u"orange", u"pink",
                                                u"purple", u"red",   u"teal",   u"yellow"};
constexpr std::array<QStringView, 12> WordWords{u"array",   u"bus",      u"circuit",   u"driver",
                                                u"feed",    u"firewall", u"interface", u"matrix",
                                                u"monitor", u"port",     u"sensor",    u"system"};
constexpr std::array<QStringView, 11> VerbWords{u"bypass",   u"calculate",  u"compress", u"connect",
                                                u"copy",     u"index",      u"parse",    u"program",
                                                u"quantify", u"synthesize", u"transmit"};
constexpr std::array<QStringView, 9> IngverbWords{u"bypassing",  u"calculating", u"compressing",
                                                  u"connecting", u"copying",     u"indexing",
                                                  u"parsing",    u"programming", u"transmitting"};
constexpr std::array<QStringView, 10> AdjectiveWords{
    u"auxiliary", u"digital",     u"mobile",  u"multi-byte", u"neural",
    u"online",    u"open-source", u"primary", u"redundant",  u"virtual"};
constexpr std::array<QStringView, 14> AbbreviationWords{u"ADP", u"AGP",  u"AI",   u"API", u"CSS",
                                                        u"EXE", u"HTTP", u"JSON", u"RAM", u"SQL",
                                                        u"SSD", u"TCP",  u"USB",  u"XML"};
constexpr std::array<QStringView, 7> WeekdayWords{u"Monday", u"Tuesday",  u"Wednesday", u"Thursday",
                                                  u"Friday", u"Saturday", u"Sunday"};
constexpr std::array<QStringView, 12> MonthWords{
    u"January", u"February", u"March",     u"April",   u"May",      u"June",
    u"July",    u"August",   u"September", u"October", u"November", u"December"};
constexpr std::array<QStringView, 6> CurrencyCodeWords{u"CAD", u"EUR", u"GBP",
                                                       u"JPY", u"NOK", u"USD"};
constexpr std::array<QStringView, 6> CurrencyNameWords{
    u"Canadian Dollar", u"Euro", u"Pound Sterling", u"Yen", u"Norwegian Krone", u"US Dollar"};
constexpr std::array<QStringView, 5> CurrencySymbolWords{u"$", u"€", u"£", u"¥", u"kr"};
constexpr std::array<QStringView, 4> TransactionTypeWords{u"deposit", u"invoice", u"payment",
                                                          u"withdrawal"};
constexpr std::array<QStringView, 6> BankAccountNameWords{
    u"Auto Loan Account", u"Checking Account",   u"Credit Card Account",
    u"Home Loan Account", u"Investment Account", u"Savings Account"};
constexpr std::array<QStringView, 6> ProductWords{u"Ball",     u"Chair", u"Hat",
                                                  u"Keyboard", u"Lamp",  u"Table"};
constexpr std::array<QStringView, 8> ProductAdjectiveWords{u"Ergonomic",   u"Fantastic", u"Generic",
                                                           u"Handcrafted", u"Practical", u"Sleek",
                                                           u"Small",       u"Unbranded"};
constexpr std::array<QStringView, 8> ProductMaterialWords{
    u"Concrete", u"Cotton", u"Granite", u"Metal", u"Plastic", u"Rubber", u"Steel", u"Wooden"};
constexpr std::array<QStringView, 9> DepartmentWords{u"Books",  u"Clothing", u"Electronics",
                                                     u"Garden", u"Grocery",  u"Music",
                                                     u"Shoes",  u"Sports",   u"Toys"};
constexpr std::array<QStringView, 4> CompanySuffixWords{u"Group", u"Inc", u"LLC", u"Ltd"};
constexpr std::array<QStringView, 8> CatchPhraseAdjectiveWords{
    u"Adaptive", u"Balanced", u"Distributed", u"Ergonomic",
    u"Focused",  u"Managed",  u"Reactive",    u"Seamless"};
constexpr std::array<QStringView, 6> CatchPhraseDescriptorWords{
    u"bandwidth-monitored", u"client-driven", u"context-sensitive",
    u"fault-tolerant",      u"real-time",     u"stable"};
constexpr std::array<QStringView, 9> CatchPhraseNounWords{u"ability",   u"adapter",    u"alliance",
                                                          u"archive",   u"capability", u"framework",
                                                          u"hierarchy", u"protocol",   u"toolset"};
constexpr std::array<QStringView, 8> BsAdjectiveWords{
    u"compelling",  u"efficient", u"frictionless", u"leading-edge",
    u"open-source", u"scalable",  u"seamless",     u"virtual"};
constexpr std::array<QStringView, 8> BsBuzzWords{u"benchmark",  u"deploy",    u"enable",
                                                 u"engage",     u"integrate", u"orchestrate",
                                                 u"streamline", u"synthesize"};
constexpr std::array<QStringView, 8> BsNounWords{u"architectures", u"channels", u"interfaces",
                                                 u"markets",       u"networks", u"platforms",
                                                 u"solutions",     u"systems"};
constexpr std::array<QStringView, 8> JobAreaWords{u"Accounts",       u"Brand",   u"Data",
                                                  u"Infrastructure", u"Markets", u"Quality",
                                                  u"Research",       u"Security"};
constexpr std::array<QStringView, 8> JobDescriptorWords{
    u"Chief", u"Corporate", u"Customer", u"Global", u"Lead", u"Principal", u"Regional", u"Senior"};
constexpr std::array<QStringView, 8> JobTypeWords{u"Administrator", u"Analyst",   u"Architect",
                                                  u"Designer",      u"Developer", u"Engineer",
                                                  u"Manager",       u"Planner"};
constexpr std::array<QStringView, 8> DatabaseColumnWords{
    u"createdAt", u"email", u"id", u"name", u"status", u"title", u"token", u"updatedAt"};
constexpr std::array<QStringView, 9> DatabaseTypeWords{
    u"bigint", u"blob", u"boolean", u"date", u"decimal", u"int", u"text", u"timestamp", u"varchar"};
constexpr std::array<QStringView, 6> DatabaseCollationWords{u"ascii_bin",       u"ascii_general_ci",
                                                            u"cp1250_bin",      u"utf8_bin",
                                                            u"utf8_general_ci", u"utf8_unicode_ci"};
constexpr std::array<QStringView, 6> DatabaseEngineWords{u"ARCHIVE", u"BLACKHOLE", u"CSV",
                                                         u"InnoDB",  u"MEMORY",    u"MyISAM"};
constexpr std::array<QStringView, 3> DomainSuffixWords{u"example", u"invalid", u"test"};
constexpr std::array<QStringView, 2> ProtocolWords{u"http", u"https"};
constexpr std::array<QStringView, 13> FileExtWords{u"css",  u"csv", u"gif", u"html", u"jpeg",
                                                   u"json", u"mp3", u"pdf", u"png",  u"svg",
                                                   u"txt",  u"xml", u"zip"};
constexpr std::array<QStringView, 7> CommonFileExtWords{u"gif", u"html", u"jpeg", u"mp4",
                                                        u"pdf", u"png",  u"wav"};
constexpr std::array<QStringView, 8> FileTypeWords{u"application", u"audio", u"font", u"image",
                                                   u"message",     u"model", u"text", u"video"};
constexpr std::array<QStringView, 5> CommonFileTypeWords{u"application", u"audio", u"image",
                                                         u"text", u"video"};
constexpr std::array<QStringView, 12> MimeTypeWords{
    u"application/json", u"application/pdf", u"application/xml", u"application/zip",
    u"audio/mpeg",       u"image/gif",       u"image/jpeg",      u"image/png",
    u"text/csv",         u"text/html",       u"text/plain",      u"video/mp4"};
constexpr std::array<QStringView, 8> DirectoryPathWords{
    u"/bin", u"/etc", u"/home", u"/opt/bin", u"/usr/lib", u"/usr/share", u"/var/log", u"/var/tmp"};
constexpr std::array<QStringView, 3> UserAgentWords{
    u"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0",
    u"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    u"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"};

constexpr std::array WordRows{
    DynamicWords{u"randomFirstName", FirstNameWords},
    DynamicWords{u"randomLastName", LastNameWords},
    DynamicWords{u"randomNamePrefix", NamePrefixWords},
    DynamicWords{u"randomNameSuffix", NameSuffixWords},
    DynamicWords{u"randomCity", CityWords},
    DynamicWords{u"randomCountry", CountryWords},
    DynamicWords{u"randomCountryCode", CountryCodeWords},
    DynamicWords{u"randomLocale", LocaleWords},
    DynamicWords{u"randomColor", ColorWords},
    DynamicWords{u"randomWord", WordWords},
    DynamicWords{u"randomVerb", VerbWords},
    DynamicWords{u"randomIngverb", IngverbWords},
    DynamicWords{u"randomAdjective", AdjectiveWords},
    DynamicWords{u"randomAbbreviation", AbbreviationWords},
    DynamicWords{u"randomWeekday", WeekdayWords},
    DynamicWords{u"randomMonth", MonthWords},
    DynamicWords{u"randomCurrencyCode", CurrencyCodeWords},
    DynamicWords{u"randomCurrencyName", CurrencyNameWords},
    DynamicWords{u"randomCurrencySymbol", CurrencySymbolWords},
    DynamicWords{u"randomTransactionType", TransactionTypeWords},
    DynamicWords{u"randomBankAccountName", BankAccountNameWords},
    DynamicWords{u"randomProduct", ProductWords},
    DynamicWords{u"randomProductAdjective", ProductAdjectiveWords},
    DynamicWords{u"randomProductMaterial", ProductMaterialWords},
    DynamicWords{u"randomDepartment", DepartmentWords},
    DynamicWords{u"randomCompanySuffix", CompanySuffixWords},
    DynamicWords{u"randomCatchPhraseAdjective", CatchPhraseAdjectiveWords},
    DynamicWords{u"randomCatchPhraseDescriptor", CatchPhraseDescriptorWords},
    DynamicWords{u"randomCatchPhraseNoun", CatchPhraseNounWords},
    DynamicWords{u"randomBsAdjective", BsAdjectiveWords},
    DynamicWords{u"randomBsBuzz", BsBuzzWords},
    DynamicWords{u"randomBsNoun", BsNounWords},
    DynamicWords{u"randomJobArea", JobAreaWords},
    DynamicWords{u"randomJobDescriptor", JobDescriptorWords},
    DynamicWords{u"randomJobType", JobTypeWords},
    DynamicWords{u"randomDatabaseColumn", DatabaseColumnWords},
    DynamicWords{u"randomDatabaseType", DatabaseTypeWords},
    DynamicWords{u"randomDatabaseCollation", DatabaseCollationWords},
    DynamicWords{u"randomDatabaseEngine", DatabaseEngineWords},
    DynamicWords{u"randomDomainSuffix", DomainSuffixWords},
    DynamicWords{u"randomProtocol", ProtocolWords},
    DynamicWords{u"randomFileExt", FileExtWords},
    DynamicWords{u"randomCommonFileExt", CommonFileExtWords},
    DynamicWords{u"randomFileType", FileTypeWords},
    DynamicWords{u"randomCommonFileType", CommonFileTypeWords},
    DynamicWords{u"randomMimeType", MimeTypeWords},
    DynamicWords{u"randomDirectoryPath", DirectoryPathWords},
    DynamicWords{u"randomUserAgent", UserAgentWords},
    DynamicWords{u"randomNoun", WordWords},
    DynamicWords{u"randomLoremWord", WordWords},
    DynamicWords{u"randomDomainWord", WordWords},
    DynamicWords{u"randomProductName", ProductWords},
};

} // namespace

std::span<const QStringView> dynamicWords(QStringView name)
{
    const auto found = std::ranges::find(WordRows, name, &DynamicWords::name);
    return found == WordRows.end() ? std::span<const QStringView>() : found->words;
}

std::span<const DynamicWords> allDynamicWords()
{
    return WordRows;
}

} // namespace Sluice
