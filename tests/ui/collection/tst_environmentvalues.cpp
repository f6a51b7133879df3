// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/collection/environments.h"
#include "tests/support/testresult.h"
#include "ui/collection/resolvedvalues.h"
#include "ui/collection/secrets.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

EnvironmentVariable plain(const QString &name, const QString &value)
{
    EnvironmentVariable variable;
    variable.name = name;
    variable.value = value;
    return variable;
}

EnvironmentVariable secret(const QString &name)
{
    EnvironmentVariable variable = plain(name, {});
    variable.secret = true;
    return variable;
}

EnvironmentSpec environment(const QString &name, const QString &extends,
                            std::vector<EnvironmentVariable> variables)
{
    EnvironmentSpec spec;
    spec.name = name;
    spec.extends = extends;
    spec.variables = std::move(variables);
    return spec;
}

/** `mine` extends `team`, which extends `base`. */
std::vector<EnvironmentSpec> threeLevels()
{
    return {environment(u"base"_s, {}, {secret(u"token"_s), secret(u"key"_s)}),
            environment(u"team"_s, u"base"_s, {plain(u"host"_s, u"a.example"_s), secret(u"key"_s)}),
            environment(u"mine"_s, u"team"_s, {plain(u"url"_s, u"http://{{host}}/?{{token}}"_s)})};
}

const QString Root = u"/home/me/shop"_s;

QString valueOf(const EnvironmentSpec &spec, const QString &name)
{
    for (const EnvironmentVariable &variable : spec.variables) {
        if (variable.name == name)
            return variable.value;
    }
    return u"none"_s;
}

} // namespace

/** The values that environments have from each other, secret ones and others. */
class TestEnvironmentValues final : public QObject
{
    Q_OBJECT

private slots:
    void secretsComeFromWhereTheyAreDeclared();
    void whatWasAskedForIsTheEnvironmentsOwn();
    void valuesAreShownWithoutSecrets();
};

void TestEnvironmentValues::secretsComeFromWhereTheyAreDeclared()
{
    Secrets secrets;
    secrets.store()->set({Root, u"base"_s, u"token"_s}, u"t1"_s);
    secrets.store()->set({Root, u"base"_s, u"key"_s}, u"k1"_s);
    Result<EnvironmentSpec> mine = resolveEnvironment(threeLevels(), u"mine"_s);
    VERIFY_RESULT(mine);
    secrets.fill(Root, *mine);
    QCOMPARE(valueOf(*mine, u"token"_s), u"t1"_s);
    // Another of that name hides it, and has no value yet.
    QCOMPARE(valueOf(*mine, u"key"_s), QString());
    secrets.store()->set({Root, u"team"_s, u"key"_s}, u"k2"_s);
    secrets.fill(Root, *mine);
    QCOMPARE(valueOf(*mine, u"key"_s), u"k2"_s);
}

void TestEnvironmentValues::whatWasAskedForIsTheEnvironmentsOwn()
{
    Secrets secrets;
    secrets.store()->set({Root, u"base"_s, u"token"_s}, u"t1"_s);
    secrets.store()->set({Root, u"mine"_s, u"token"_s}, u"typed"_s);
    Result<EnvironmentSpec> mine = resolveEnvironment(threeLevels(), u"mine"_s);
    VERIFY_RESULT(mine);
    secrets.fill(Root, *mine);
    QCOMPARE(valueOf(*mine, u"token"_s), u"typed"_s);
    Result<EnvironmentSpec> team = resolveEnvironment(threeLevels(), u"team"_s);
    VERIFY_RESULT(team);
    secrets.fill(Root, *team);
    QCOMPARE(valueOf(*team, u"token"_s), u"t1"_s);
}

void TestEnvironmentValues::valuesAreShownWithoutSecrets()
{
    Result<EnvironmentSpec> mine = resolveEnvironment(threeLevels(), u"mine"_s);
    VERIFY_RESULT(mine);
    const ResolvedValues values({}, *mine);
    QCOMPARE(values.textOf(mine->variables.front()), u"http://a.example/?••••"_s);
    QCOMPARE(values.textOf(secret(u"token"_s)), QString());
    QVERIFY(values.textOf(plain(u"x"_s, u"{{nowhere}}"_s)).startsWith(u"⚠"_s));
}

QTEST_MAIN(TestEnvironmentValues)
#include "tst_environmentvalues.moc"
