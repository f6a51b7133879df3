// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/environment/dotenv.h"
#include "core/environment/redactor.h"
#include "core/environment/template.h"
#include "tests/support/testresult.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

DynamicValues fixedValues()
{
    return DynamicValues([] { return QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC); },
                         42);
}

VariableScopes sampleScopes()
{
    VariableScopes scopes;
    scopes.set(VariableScope::Collection, u"base"_s, u"http://{{host}}:{{port}}"_s);
    scopes.set(VariableScope::Collection, u"host"_s, u"collection"_s);
    scopes.set(VariableScope::Environment, u"host"_s, u"environment"_s);
    scopes.set(VariableScope::Environment, u"port"_s, u"8080"_s);
    scopes.set(VariableScope::Folder, u"port"_s, u"{{process.env.PORT}}"_s);
    scopes.set(VariableScope::Process, u"PORT"_s, u"9"_s);
    scopes.set(VariableScope::Process, u"key"_s, u"from the process"_s);
    scopes.declareSecret(VariableScope::Environment, u"key"_s);
    scopes.declareSecret(VariableScope::Environment, u"lost"_s);
    scopes.set(VariableScope::Request, u"a"_s, u"{{b}}"_s);
    scopes.set(VariableScope::Request, u"b"_s, u"{{c}}!"_s);
    scopes.set(VariableScope::Request, u"c"_s, u"{{a}}"_s);
    scopes.set(VariableScope::Runtime, u"big"_s, u"12345678901234567890.10"_s);
    scopes.set(VariableScope::Runtime, u"user"_s,
               u"{\"name\": \"A \\\"B\\\"\", \"id\": 12345678901234567890, \"tags\": [\"x\", "
               "{\"y\": [1, 2.50]}], \"host\": \"{{host}}\", \"none\": null}"_s);
    scopes.set(VariableScope::Request, u"user.flat"_s, u"its own"_s);
    return scopes;
}

} // namespace

class TestEnvironment final : public QObject
{
    Q_OBJECT

private slots:
    void expands_data();
    void expands();
    void refuses_data();
    void refuses();
    void placeholders();
    void strongestScopeWins();
    void visibleNames();
    void dynamicValues_data();
    void dynamicValues();
    void everyDocumentedNameIsKnown();
    void anAccountNumberHasItsCheckDigits();
    void aSeedRepeats();
    void dotEnv_data();
    void dotEnv();
    void redacts_data();
    void redacts();
};

void TestEnvironment::expands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expanded");

    QTest::newRow("no variable") << u"plain { {x} }"_s << u"plain { {x} }"_s;
    QTest::newRow("nested") << u"{{base}}/x"_s << u"http://environment:9/x"_s;
    QTest::newRow("blanks") << u"{{ host }}"_s << u"environment"_s;
    QTest::newRow("twice") << u"{{host}}{{host}}"_s << u"environmentenvironment"_s;
    QTest::newRow("process") << u"{{process.env.PORT}}"_s << u"9"_s;
    QTest::newRow("secret from the process") << u"{{key}}"_s << u"from the process"_s;
    QTest::newRow("numbers stay as written") << u"[{{big}}]"_s << u"[12345678901234567890.10]"_s;
    QTest::newRow("json braces") << u"{\"a\":{\"b\":{{big}}}}"_s
                                 << u"{\"a\":{\"b\":12345678901234567890.10}}"_s;
    QTest::newRow("not a name") << u"{{\"a\": 1}} {{}} {{a b}}"_s << u"{{\"a\": 1}} {{}} {{a b}}"_s;
    QTest::newRow("unclosed") << u"{{host"_s << u"{{host"_s;
    QTest::newRow("field") << u"{{user.name}}"_s << u"A \"B\""_s;
    QTest::newRow("digits of a field") << u"{{user.id}}"_s << u"12345678901234567890"_s;
    QTest::newRow("item") << u"{{user.tags[0]}}"_s << u"x"_s;
    QTest::newRow("deep") << u"{{user.tags[1].y[1]}}"_s << u"2.50"_s;
    QTest::newRow("part") << u"{{user.tags[1].y}}"_s << u"[1, 2.50]"_s;
    QTest::newRow("null field") << u"{{user.none}}"_s << u"null"_s;
    QTest::newRow("variable in a field") << u"{{user.host}}"_s << u"environment"_s;
    QTest::newRow("a name with a dot") << u"{{user.flat}}"_s << u"its own"_s;
    QTest::newRow("lists in json") << u"{{[1]}}"_s << u"{{[1]}}"_s;
    QTest::newRow("timestamp") << u"{{$timestamp}}"_s << u"1700000000"_s;
    QTest::newRow("iso timestamp") << u"{{$isoTimestamp}}"_s << u"2023-11-14T22:13:20.123Z"_s;
}

void TestEnvironment::expands()
{
    QFETCH(QString, text);
    const VariableScopes scopes = sampleScopes();
    DynamicValues dynamic = fixedValues();
    const Result<QString> result = TemplateExpander(scopes, dynamic).expand(text, u"the URL"_s);
    VERIFY_RESULT(result);
    QTEST(*result, "expanded");
}

void TestEnvironment::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");

    QTest::newRow("unknown") << u"{{nope}}"_s
                             << u"The variable \"nope\" in the URL is not defined"_s;
    QTest::newRow("unknown field")
        << u"{{user.nope}}"_s << u"The variable \"user.nope\" in the URL is not defined"_s;
    QTest::newRow("unknown item") << u"{{user.tags[2]}}"_s
                                  << u"The variable \"user.tags[2]\" in the URL is not defined"_s;
    QTest::newRow("field of a number")
        << u"{{big.x}}"_s << u"The variable \"big.x\" in the URL is not defined"_s;
    QTest::newRow("unknown process variable")
        << u"{{process.env.NOPE}}"_s
        << u"The variable \"process.env.NOPE\" in the URL is not defined"_s;
    QTest::newRow("cycle") << u"{{a}}"_s
                           << u"The variables a → b → c → a in the URL need each other"_s;
    QTest::newRow("unknown dynamic value")
        << u"{{$nope}}"_s << u"There is no dynamic value {{$nope}}, used in the URL"_s;
    QTest::newRow("secret without a value")
        << u"{{lost}}"_s
        << u"The secret \"lost\" in the URL has no value here; set it in .env or as a secret"_s;
}

void TestEnvironment::refuses()
{
    QFETCH(QString, text);
    const VariableScopes scopes = sampleScopes();
    DynamicValues dynamic = fixedValues();
    const Result<QString> result = TemplateExpander(scopes, dynamic).expand(text, u"the URL"_s);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::UnknownVariable);
    QTEST(result.error().message, "message");
}

void TestEnvironment::placeholders()
{
    const std::vector<Placeholder> found = findPlaceholders(u"{{{a}}} {{ $guid }} {{x y}}");
    QCOMPARE(found.size(), 2u);
    QCOMPARE(found[0], (Placeholder{1, 5, u"a"_s}));
    QCOMPARE(found[1], (Placeholder{8, 11, u"$guid"_s}));
}

void TestEnvironment::strongestScopeWins()
{
    VariableScopes scopes;
    for (std::size_t i = VariableScopeCount - 1; i-- > 0;) {
        const auto scope = static_cast<VariableScope>(i);
        scopes.set(scope, u"x"_s, variableScopeName(scope));
        const std::optional<Variable> variable = scopes.find(u"x"_s);
        QVERIFY(variable);
        QCOMPARE(variable->value, variableScopeName(scope));
        QCOMPARE(variable->scope, scope);
        QCOMPARE(variableScope(variable->value), std::optional(scope));
    }
    scopes.remove(VariableScope::Runtime, u"x"_s);
    QCOMPARE(scopes.find(u"x"_s)->scope, VariableScope::Request);
}

void TestEnvironment::visibleNames()
{
    const VariableScopes scopes = sampleScopes();
    QStringList names;
    for (const Variable &variable : scopes.visible())
        names.append(variable.name + (variable.secret ? u"*"_s : QString()));
    QCOMPARE(names, (QStringList{u"a"_s, u"b"_s, u"base"_s, u"big"_s, u"c"_s, u"host"_s, u"key*"_s,
                                 u"lost*"_s, u"port"_s, u"user"_s, u"user.flat"_s}));
    QCOMPARE(scopes.secretValues(), QStringList{u"from the process"_s});
}

void TestEnvironment::dynamicValues_data()
{
    QTest::addColumn<QString>("pattern");
    const auto row = [](const char *name, const char *pattern) {
        QTest::newRow(name) << QString::fromLatin1(pattern);
    };
    const char *uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    row("guid", uuid);
    row("randomUUID", uuid);
    row("randomInt", "\\d{1,3}|1000");
    row("randomBoolean", "true|false");
    row("randomHexColor", "#[0-9a-f]{6}");
    row("randomEmail", "[a-z0-9.]+@example\\.com");
    row("randomIP", "(\\d{1,3}\\.){3}\\d{1,3}");
    row("randomAlphaNumeric", "[A-Za-z0-9]");
    row("randomPrice", "\\d+\\.\\d\\d");
    row("randomDateFuture", "202[34]-.*Z");
    row("randomIPV6", "([0-9a-f]{4}:){7}[0-9a-f]{4}");
    row("randomMACAddress", "([0-9a-f]{2}:){5}[0-9a-f]{2}");
    row("randomSemver", "\\d\\.\\d\\.\\d");
    row("randomUserAgent", "Mozilla/5\\.0 \\(.*");
    row("randomMimeType", "[a-z]+/[a-z0-9]+");
    row("randomFilePath", "(/[a-z]+)+\\.[a-z0-9]+");
    row("randomBankAccountIban", "DE\\d{20}");
    row("randomJobTitle", "[A-Z]\\w+ [A-Z]\\w+ [A-Z]\\w+");
    row("randomLoremSentence", "[A-Z][a-z ]+\\.");
    for (const QString &name : DynamicValues::names()) {
        if (!QTest::currentDataTag() || name != QLatin1StringView(QTest::currentDataTag()))
            QTest::addRow("%s is not empty", qPrintable(name)) << u"[\\s\\S]+"_s;
    }
}

void TestEnvironment::dynamicValues()
{
    QFETCH(QString, pattern);
    const QString name = QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0);
    DynamicValues values = fixedValues();
    const QRegularExpression wanted(QRegularExpression::anchoredPattern(pattern));
    for (int i = 0; i < 50; ++i) {
        const std::optional<QString> value = values.next(name);
        QVERIFY(value);
        QVERIFY2(wanted.match(*value).hasMatch(), qPrintable(*value));
    }
}

/** The names that Bruno and Postman document. */
void TestEnvironment::everyDocumentedNameIsKnown()
{
    const QString documented =
        u"guid timestamp isoTimestamp randomUUID randomAbbreviation randomAbstractImage "
        "randomAdjective randomAlphaNumeric randomAnimalsImage randomAvatarImage randomBankAccount "
        "randomBankAccountBic randomBankAccountIban randomBankAccountName randomBitcoin "
        "randomBoolean randomBs randomBsAdjective randomBsBuzz randomBsNoun randomBusinessImage "
        "randomCatchPhrase randomCatchPhraseAdjective randomCatchPhraseDescriptor "
        "randomCatchPhraseNoun randomCatsImage randomCity randomCityImage randomColor "
        "randomCommonFileExt randomCommonFileName randomCommonFileType randomCompanyName "
        "randomCompanySuffix randomCountry randomCountryCode randomCreditCardMask "
        "randomCurrencyCode randomCurrencyName randomCurrencySymbol randomDatabaseCollation "
        "randomDatabaseColumn randomDatabaseEngine randomDatabaseType randomDateFuture "
        "randomDatePast randomDateRecent randomDepartment randomDirectoryPath randomDomainName "
        "randomDomainSuffix randomDomainWord randomEmail randomExampleEmail randomFashionImage "
        "randomFileExt randomFileName randomFilePath randomFileType randomFirstName "
        "randomFoodImage randomFullName randomHexColor randomIP randomIPV4 randomIPV6 "
        "randomImageDataUri randomImageUrl randomIngverb randomInt randomJobArea "
        "randomJobDescriptor randomJobTitle randomJobType randomLastName randomLatitude "
        "randomLocale randomLongitude randomLoremLines randomLoremParagraph "
        "randomLoremParagraphs randomLoremSentence randomLoremSentences randomLoremSlug "
        "randomLoremText randomLoremWord randomLoremWords randomMACAddress randomMimeType "
        "randomMonth randomNamePrefix randomNameSuffix randomNanoId randomNatureImage "
        "randomNightlifeImage randomNoun randomPassword randomPeopleImage randomPhoneNumber "
        "randomPhoneNumberExt randomPhrase randomPrice randomProduct randomProductAdjective "
        "randomProductMaterial randomProductName randomProtocol randomSemver randomSportsImage "
        "randomStreetAddress randomStreetName randomTransactionType randomTransportImage "
        "randomUrl randomUserAgent randomUserName randomVerb randomWeekday randomWord "
        "randomWords"_s;
    const QStringList known = DynamicValues::names();
    QStringList missing = documented.split(u' ');
    missing.removeIf([&known](const QString &name) { return known.contains(name); });
    QCOMPARE(missing, QStringList());
    QCOMPARE(known.size(), QSet<QString>(known.begin(), known.end()).size());
}

/** ISO 13616-1: moved to the end and with letters as numbers, it is 1 modulo 97. */
void TestEnvironment::anAccountNumberHasItsCheckDigits()
{
    DynamicValues values = fixedValues();
    for (int i = 0; i < 100; ++i) {
        const QString iban = *values.next(u"randomBankAccountIban");
        int rest = 0;
        for (const QChar digit : iban.sliced(4) + u"1314"_s + iban.sliced(2, 2))
            rest = (rest * 10 + digit.digitValue()) % 97;
        QCOMPARE(rest, 1);
    }
}

void TestEnvironment::aSeedRepeats()
{
    DynamicValues first = fixedValues();
    DynamicValues second = fixedValues();
    for (const QString &name : DynamicValues::names())
        QCOMPARE(first.next(name), second.next(name));
}

void TestEnvironment::dotEnv_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("read");

    const auto row = [](const char *name, const char *text, const char *read) {
        QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(read);
    };
    row("plain", "A=1\nB = two words \n", "A=1|B=two words");
    row("comments", "# c\n\nA=1 # one\nB=x#y\n", "A=1|B=x#y");
    row("export, crlf", "export A=1\r\nB=2\r\n", "A=1|B=2");
    row("quotes", "A=\"a \\\"b\\\" # c\"\nB='x\\n' # d\n", "A=a \"b\" # c|B=x\\n");
    row("several lines", "A=\"a\nb\\nc\"\nB=1", "A=a\nb\nc|B=1");
    row("empty", "A=\nB=", "A=|B=");
    row("a name is missing", "A=1\n=2\n", "!2");
    row("unclosed", "A=1\n\nB=\"x\n", "!3");
}

void TestEnvironment::dotEnv()
{
    QFETCH(QByteArray, text);
    const auto variables = parseDotEnv(text, u".env"_s);
    QStringList rows;
    if (variables) {
        for (const NameValue &variable : *variables)
            rows.append(variable.name + u'=' + variable.value);
    } else {
        rows.append(u'!' + QString::number(variables.error().line));
    }
    QTEST(rows.join(u'|'), "read");
}

void TestEnvironment::redacts_data()
{
    QTest::addColumn<QString>("text");
    const QString secret = u"p@ss \"wörd\"/1"_s;
    QTest::newRow("as it is") << secret;
    QTest::newRow("percent") << QString::fromLatin1(QUrl::toPercentEncoding(secret));
    QTest::newRow("percent, lower case") << QString::fromLatin1(QUrl::toPercentEncoding(secret))
                                                .replace(u"%C3%B6"_s, u"%c3%b6"_s)
                                                .replace(u"%2F"_s, u"%2f"_s);
    QTest::newRow("form")
        << QString::fromLatin1(QUrl::toPercentEncoding(secret)).replace(u"%20"_s, u"+"_s);
    QTest::newRow("as Qt's URLs have it") << u"p@ss%20%22w%C3%B6rd%22/1"_s;
    QTest::newRow("json") << u"p@ss \\\"wörd\\\"/1"_s;
    QTest::newRow("json, ascii") << u"p@ss \\\"w\\u00f6rd\\\"/1"_s;
    QTest::newRow("json, slash") << u"p@ss \\\"wörd\\\"\\/1"_s;
    QTest::newRow("xml") << u"p@ss &quot;wörd&quot;/1"_s;
    QTest::newRow("hexadecimal") << QString::fromLatin1(secret.toUtf8().toHex());
    QTest::newRow("hexadecimal, upper case")
        << QString::fromLatin1(secret.toUtf8().toHex().toUpper());
    QTest::newRow("cut short") << u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc…"_s;
    for (const char *user : {"", "u:", "me:", "ann:", "a longer name:"}) {
        QTest::addRow("base64 after %s", user)
            << QString::fromLatin1((QByteArray(user) + secret.toUtf8()).toBase64());
        QTest::addRow("base64url after %s", user) << QString::fromLatin1(
            (QByteArray(user) + secret.toUtf8() + "?").toBase64(QByteArray::Base64UrlEncoding));
    }
}

void TestEnvironment::redacts()
{
    QFETCH(QString, text);
    const Redactor redactor(
        {u"short"_s, u"p@ss \"wörd\"/1"_s,
         u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdefghijklmnopqrstuvwxyz"_s});
    const QString line = u"x "_s + text + u" y"_s;
    const QString redacted = redactor.redact(line);
    QVERIFY2(redacted.contains(QLatin1StringView(Redactor::Mark)), qPrintable(redacted));
    QVERIFY(redacted.startsWith(u"x "_s));
    QVERIFY(redacted.endsWith(u" y"_s));
    QVERIFY(!redacted.contains(text));
}

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
