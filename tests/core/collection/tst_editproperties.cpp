// SPDX-License-Identifier: GPL-3.0-or-later
// Random files and random edits: every line that an edit does not concern stays byte-identical and
// in its place, and the edited file reads back as what was wanted. What fails is told as the fewest
// lines and edits that still fail. SLUICE_TEST_SEED (a number, or "random") and SLUICE_TEST_ROUNDS
// try other files and more of them.
#include "core/collection/requestdocument.h"
#include "tests/core/collection/concernedlines.h"
#include "tests/core/collection/editcase.h"
#include "tests/core/collection/filemaker.h"
#include "tests/support/testresult.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace Sluice;
using namespace Sluice::Test;

namespace {

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

/** What is wrong now that the document was told to be what was wanted; empty when nothing is. */
template<typename Spec>
QString mistake(const typename EditCase<Spec>::Step &step)
{
    const auto &[before, old, wanted, document] = step;
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
    void shrinksToThePlantedFault();

private:
    template<typename Spec>
    void editAll(QByteArray (FileMaker::*make)());
    template<typename Spec>
    static EditCase<Spec> makeCase(quint32 seed, QByteArray (FileMaker::*make)());

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
EditCase<Spec> TestEditProperties::makeCase(quint32 seed, QByteArray (FileMaker::*make)())
{
    QRandomGenerator random(seed);
    FileMaker maker(random);
    const QByteArray text = (maker.*make)();
    std::vector<quint32> edits(4);
    std::ranges::generate(edits, [&random] { return random.generate(); });
    return EditCase<Spec>(text, edits);
}

template<typename Spec>
void TestEditProperties::editAll(QByteArray (FileMaker::*make)())
{
    for (int round = 0; round < m_rounds; ++round) {
        const auto edited = makeCase<Spec>(m_seed + quint32(round), make);
        const auto document = SpecDocument<Spec>::parse(edited.text(), u"x.yml"_s);
        if (!document)
            qInfo("round %d:\n%s", round, edited.text().constData());
        VERIFY_RESULT(document);
        if (edited.mistake(mistake<Spec>).isEmpty())
            continue;
        const QString small = edited.shrunk(mistake<Spec>).report(mistake<Spec>);
        QFAIL(qPrintable(u"round %1: %2"_s.arg(QString::number(round), small)));
    }
}

void TestEditProperties::shrinksToThePlantedFault()
{
    // As if a URL with a blank in it was written beside a header that is switched off.
    const EditCase<RequestSpec>::Check planted = [](const auto &step) {
        const bool off = std::ranges::any_of(step.old.headers, std::not_fn(&NameValue::enabled));
        return off && step.wanted.url == u" blank "_s ? u"planted"_s : QString();
    };
    int found = 0;
    for (quint32 seed = 1; found < 5; ++seed) {
        const auto edited = makeCase<RequestSpec>(seed, &FileMaker::request);
        if (edited.mistake(planted).isEmpty())
            continue;
        ++found;
        const auto small = edited.shrunk(planted);
        QCOMPARE(small.mistake(planted), u"planted"_s);
        QVERIFY2(small.edits().size() <= 2, qPrintable(small.report(planted)));
        QVERIFY2(small.lines().size() <= 8, qPrintable(small.report(planted)));
        // Without any one of its lines and edits it is no failure.
        for (std::size_t i = 0; i < small.edits().size(); ++i) {
            std::vector<quint32> fewer = small.edits();
            fewer.erase(fewer.begin() + std::ptrdiff_t(i));
            QVERIFY(EditCase<RequestSpec>(small.text(), fewer).mistake(planted).isEmpty());
        }
        for (std::size_t i = 0; i < small.lines().size(); ++i) {
            QByteArrayList fewer(small.lines().begin(), small.lines().end());
            fewer.removeAt(qsizetype(i));
            const EditCase<RequestSpec> smaller(fewer.join('\n'), small.edits());
            QVERIFY2(smaller.mistake(planted).isEmpty(), qPrintable(small.report(planted)));
        }
        QVERIFY(small.report(planted).contains(u"--- edit"_s));
    }
}

QTEST_GUILESS_MAIN(TestEditProperties)
#include "tst_editproperties.moc"
