// SPDX-License-Identifier: GPL-3.0-or-later
// Random files and random edits: every line that an edit does not concern stays byte-identical and
// in its place, and the edited file reads back as what was wanted. SLUICE_TEST_SEED (a number, or
// "random") and SLUICE_TEST_ROUNDS try other files and more of them.
#include "core/collection/requestdocument.h"
#include "tests/core/collection/concernedlines.h"
#include "tests/core/collection/filemaker.h"
#include "tests/support/testresult.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

QString randomText(QRandomGenerator &random)
{
    static const QStringList texts{
        u"new"_s,    u"with: colon"_s, u"# hash"_s, u"{{variable}}"_s, u"5"_s,      u"true"_s,
        u""_s,       u" blank "_s,     u"it's"_s,   u"say \"hi\""_s,   u"a, b"_s,   u"two\nlines"_s,
        u"ends\n"_s, u"\nstarts"_s,    u"tab\t"_s,  u"üñ€😀"_s,        u"- dash"_s, u"a\r\nb"_s,
    };
    return texts[random.bounded(int(texts.size()))];
}

QString &nameOf(auto &row)
{
    return row.name;
}

QString &nameOf(AssertionSpec &row)
{
    return row.expression;
}

QString &nameOf(CaptureSpec &row)
{
    return row.variable;
}

QString &valueOf(auto &row)
{
    return row.value;
}

QString &valueOf(CaptureSpec &row)
{
    return row.expression;
}

template<typename Row>
void changeRows(std::vector<Row> &rows, QRandomGenerator &random)
{
    const int index = rows.empty() ? 0 : random.bounded(int(rows.size()));
    const auto at = rows.begin() + index;
    switch (random.bounded(5)) {
    case 0: {
        Row row;
        nameOf(row) = u"added"_s;
        valueOf(row) = randomText(random);
        if constexpr (std::is_same_v<Row, AssertionSpec>)
            row.op = u"eq"_s;
        rows.insert(at, row);
        break;
    }
    case 1:
        if (!rows.empty())
            rows.erase(at);
        break;
    case 2:
        if (!rows.empty())
            at->enabled = !at->enabled;
        break;
    case 3:
        if (!rows.empty())
            nameOf(*at) =
                u"renamed%1"_s.arg(random.generate()); // Equal rows could not be told apart.
        break;
    default:
        if (!rows.empty())
            valueOf(*at) = randomText(random);
        break;
    }
}

void change(RequestSpec &spec, QRandomGenerator &random)
{
    switch (random.bounded(13)) {
    case 0:
        spec.name = randomText(random);
        break;
    case 1:
        spec.url = randomText(random);
        break;
    case 2:
        spec.method = u"PUT"_s;
        break;
    case 3:
    case 4:
        changeRows(spec.headers, random);
        break;
    case 5:
        changeRows(spec.params, random);
        break;
    case 6:
        changeRows(spec.variables, random);
        break;
    case 7:
        if (spec.body.kind == BodySpec::Kind::None)
            spec.body.kind = BodySpec::Kind::Json;
        spec.body.text = randomText(random);
        break;
    case 8:
        spec.settings.timeoutMs = random.bounded(1000);
        break;
    case 9:
        changeRows(spec.assertions, random);
        break;
    case 10:
        changeRows(spec.captures, random);
        break;
    case 11:
        if (spec.auth.type.isEmpty())
            spec.auth.type = u"bearer"_s;
        spec.auth.params[u"token"_s] = randomText(random);
        break;
    default:
        spec.docs = randomText(random);
        break;
    }
}

void change(EnvironmentSpec &spec, QRandomGenerator &random)
{
    if (random.bounded(6) == 0)
        spec.name = randomText(random);
    else
        changeRows(spec.variables, random);
}

bool hasFewerRows(const RequestSpec &now, const RequestSpec &before)
{
    return now.headers.size() < before.headers.size() || now.params.size() < before.params.size()
           || now.variables.size() < before.variables.size()
           || now.assertions.size() < before.assertions.size()
           || now.captures.size() < before.captures.size();
}

bool hasFewerRows(const EnvironmentSpec &now, const EnvironmentSpec &before)
{
    return now.variables.size() < before.variables.size();
}

/** What is wrong now that \a document was told to be \a wanted; empty when nothing is. */
template<typename Spec>
QString mistake(const QByteArray &before, const Spec &old, const Spec &wanted,
                const SpecDocument<Spec> &document)
{
    const QByteArray &after = document.text();
    if (document.spec() != wanted)
        return u"it reads back as something else"_s;
    if (old == wanted && after != before)
        return u"no edit, but another text"_s;
    const Result<YamlNode> root = parseYaml(before, u"x.yml"_s);
    ConcernedLines concerned(before, *root);
    concerned.addEdit(old, wanted);
    if (const QByteArray lost = concerned.firstLost(after); !lost.isNull())
        return u"the edit does not concern this line: "_s + QString::fromUtf8(lost);
    // Comments are lost only together with the row that they belong to.
    for (int mark = 1; !hasFewerRows(wanted, old) && mark <= before.count("mark"); ++mark) {
        const QByteArray name = "# mark" + QByteArray::number(mark);
        if (before.count(name) != after.count(name))
            return u"a comment was lost: "_s + QString::fromUtf8(name);
    }
    return {};
}

} // namespace

class TestEditProperties final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void requests() { editAll<RequestSpec>(&FileMaker::request); }
    void environments() { editAll<EnvironmentSpec>(&FileMaker::environment); }

private:
    template<typename Spec>
    void editAll(QByteArray (FileMaker::*make)());

    quint32 m_seed = 20260101;
    int m_rounds = 400;
};

void TestEditProperties::initTestCase()
{
    const QString seed = qEnvironmentVariable("SLUICE_TEST_SEED");
    if (seed == "random"_L1)
        m_seed = QRandomGenerator::global()->generate();
    else if (!seed.isEmpty())
        m_seed = seed.toUInt();
    m_rounds = qMax(qEnvironmentVariableIntValue("SLUICE_TEST_ROUNDS"), m_rounds);
    qInfo("SLUICE_TEST_SEED=%u SLUICE_TEST_ROUNDS=%d", m_seed, m_rounds);
}

template<typename Spec>
void TestEditProperties::editAll(QByteArray (FileMaker::*make)())
{
    for (int round = 0; round < m_rounds; ++round) {
        QRandomGenerator random(m_seed + quint32(round));
        FileMaker maker(random);
        const QByteArray text = (maker.*make)();
        auto document = SpecDocument<Spec>::parse(text, u"x.yml"_s);
        if (!document)
            qInfo("round %d:\n%s", round, text.constData());
        VERIFY_RESULT(document);
        for (int step = 0; step < 4; ++step) {
            const QByteArray before = document->text();
            const Spec old = document->spec();
            Spec wanted = old;
            change(wanted, random);
            const Result<> done = document->setSpec(wanted);
            const QString wrong =
                done ? mistake(before, old, wanted, *document) : done.error().toString();
            QVERIFY2(wrong.isEmpty(),
                     qPrintable(u"round %1 step %2: %3\n%4\n--- after\n%5"_s.arg(
                         QString::number(round), QString::number(step), wrong,
                         QString::fromUtf8(before), QString::fromUtf8(document->text()))));
        }
    }
}

QTEST_GUILESS_MAIN(TestEditProperties)
#include "tst_editproperties.moc"
