// SPDX-License-Identifier: GPL-3.0-or-later
// Random files and random edits: lines that an edit does not concern stay byte-identical, and the
// edited file reads back as what was wanted. SLUICE_TEST_SEED and SLUICE_TEST_ROUNDS repeat a run
// and make it longer.
#include "core/collection/requestdocument.h"
#include "core/collection/specwriter.h"
#include "tests/support/testresult.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** Writes a request the way many hands do: styles, comments, unknown keys, odd indentation. */
class FileMaker
{
public:
    explicit FileMaker(QRandomGenerator &random) : m_random(random) {}

    QByteArray make()
    {
        m_newline = chance(4) ? "\r\n" : "\n";
        m_listIndent = chance(3) ? 0 : 2;
        m_text = chance(6) ? "\xef\xbb\xbf" : "";
        m_marks = 0;
        comment(0);
        line(0, "info:" + trailing());
        line(2, "name: " + scalar());
        line(2, "type: http");
        if (chance(2))
            line(2, "seq: " + QByteArray::number(m_random.bounded(1, 9)));
        unknown(2);
        gap();
        line(0, "http:");
        line(2, "method: " + QByteArray(chance(2) ? "GET" : "\"POST\""));
        comment(2);
        line(2, "url: " + scalar() + trailing());
        list("headers", 2, false);
        list("params", 2, true);
        if (chance(2))
            body();
        unknown(2);
        if (chance(2)) {
            gap();
            line(0, "runtime:");
            list("variables", 2, false, true);
        }
        if (chance(3)) {
            gap();
            line(0, "settings: { timeout: 100, other: [1, 2] }" + trailing());
        }
        unknown(0);
        if (chance(6))
            m_text.chop(m_newline.size());
        return m_text;
    }

private:
    bool chance(int oneIn) { return m_random.bounded(oneIn) == 0; }
    void line(int indent, const QByteArray &text)
    {
        m_text += QByteArray(indent, ' ') + text + m_newline;
    }
    QByteArray mark() { return "mark" + QByteArray::number(++m_marks); }
    QByteArray trailing() { return chance(3) ? "   # " + mark() : QByteArray(); }
    void comment(int indent)
    {
        if (chance(3))
            line(indent, "# " + mark());
    }
    void gap()
    {
        if (!chance(4))
            line(0, "");
        comment(0);
    }
    void unknown(int indent)
    {
        if (chance(3))
            line(indent, "x-" + mark() + ": { a: [1, 'two'], \"b\": ~ }");
    }
    QByteArray scalar()
    {
        static const QByteArrayList scalars{
            "plain",
            "two words",
            "'single ''quoted'''",
            "\"double \\\"quoted\\\" \\u00e4\"",
            "\"\"",
            "\"{{v}}\"",
            "http://h:80/p?a=b",
            "\"5\"",
            "ünïcode",
            "'# no comment'",
            "a#b",
        };
        return scalars[m_random.bounded(int(scalars.size()))];
    }
    void list(const QByteArray &name, int indent, bool typed, bool always = false)
    {
        if (!always && chance(3))
            return;
        line(indent, name + ':' + trailing());
        const int dash = indent + m_listIndent;
        const int count = m_random.bounded(1, 5);
        for (int i = 0; i < count; ++i) {
            comment(dash);
            if (chance(6)) {
                line(dash,
                     "- { name: n" + mark() + ", value: v" + (typed ? ", type: query }" : " }"));
                continue;
            }
            line(dash, "- name: n" + mark() + trailing());
            line(dash + 2, "value: " + scalar() + trailing());
            if (typed)
                line(dash + 2, chance(2) ? "type: query" : "type: path");
            if (chance(4))
                line(dash + 2, "disabled: true");
            unknown(dash + 2);
        }
    }
    void body()
    {
        line(2, "body:");
        line(4, "type: json");
        const QByteArray headers[]{"|-", "|", ">-", "|2-"};
        line(4,
             "data: " + headers[m_random.bounded(4)] + (chance(3) ? " # " + mark() : QByteArray()));
        line(6, "{ \"a\": 1,");
        if (chance(2))
            line(0, "");
        line(8, "\"b\": [2] }");
        if (chance(2))
            line(0, "");
    }

    QRandomGenerator &m_random;
    QByteArray m_text;
    QByteArray m_newline;
    int m_listIndent = 2;
    int m_marks = 0;
};

QString randomText(QRandomGenerator &random)
{
    static const QStringList texts{
        u"new"_s,    u"with: colon"_s, u"# hash"_s, u"{{variable}}"_s, u"5"_s,      u"true"_s,
        u""_s,       u" blank "_s,     u"it's"_s,   u"say \"hi\""_s,   u"a, b"_s,   u"two\nlines"_s,
        u"ends\n"_s, u"\nstarts"_s,    u"tab\t"_s,  u"üñ€😀"_s,        u"- dash"_s, u"a\r\nb"_s,
    };
    return texts[random.bounded(int(texts.size()))];
}

template<typename Row>
void changeRows(std::vector<Row> &rows, QRandomGenerator &random)
{
    const int index = rows.empty() ? 0 : random.bounded(int(rows.size()));
    const auto at = rows.begin() + index;
    switch (random.bounded(5)) {
    case 0: {
        Row row;
        row.name = u"added"_s;
        row.value = randomText(random);
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
            at->name = u"renamed%1"_s.arg(random.generate()); // Equal rows could not be told apart.
        break;
    default:
        if (!rows.empty())
            at->value = randomText(random);
        break;
    }
}

void change(RequestSpec &spec, QRandomGenerator &random)
{
    switch (random.bounded(10)) {
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
    default:
        spec.docs = randomText(random);
        break;
    }
}

/** What of \a before is not in \a after, line by line and in order. */
QByteArrayList lostLines(const QByteArray &before, const QByteArray &after)
{
    const QByteArrayList a = before.split('\n');
    const QByteArrayList b = after.split('\n');
    std::vector<std::vector<int>> length(std::size_t(a.size() + 1),
                                         std::vector<int>(std::size_t(b.size() + 1), 0));
    for (qsizetype i = a.size(); i-- > 0;) {
        for (qsizetype j = b.size(); j-- > 0;) {
            const auto x = std::size_t(i);
            const auto y = std::size_t(j);
            length[x][y] = a[i] == b[j] ? length[x + 1][y + 1] + 1
                                        : std::max(length[x + 1][y], length[x][y + 1]);
        }
    }
    QByteArrayList lost;
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size()) {
        if (j < b.size() && a[i] == b[j]) {
            ++i;
            ++j;
        } else if (j < b.size()
                   && length[std::size_t(i)][std::size_t(j + 1)]
                          >= length[std::size_t(i + 1)][std::size_t(j)]) {
            ++j;
        } else {
            lost.append(a[i++]);
        }
    }
    return lost;
}

/** The lines that an edit from \a before to \a after may touch. */
qsizetype linesConcerned(const RequestSpec &before, const RequestSpec &after)
{
    // A block scalar has a line for its header, may end in a blank one and follow one.
    const auto text = [](const QString &a, const QString &b) -> qsizetype {
        return a == b ? 0 : a.count(u'\n') + 3;
    };
    const auto rows = [](const auto &a, const auto &b) -> qsizetype {
        // One row: name, type, disabled, an unknown key, the comment above; the key of the list
        // when it was the only row; another line end when it was the last in the file.
        qsizetype lines = a == b ? 0 : 8;
        for (const auto &row : a)
            lines += a == b ? 0 : row.value.count(u'\n') + 2;
        return lines;
    };
    return rows(before.headers, after.headers) + rows(before.params, after.params)
           + rows(before.variables, after.variables)
           + (before.body == after.body ? 0 : 8 + text(before.body.text, after.body.text))
           + (before.settings == after.settings ? 0 : 1) + text(before.docs, after.docs)
           + text(before.name, after.name) + text(before.url, after.url)
           + text(before.method, after.method);
}

} // namespace

class TestEditProperties final : public QObject
{
    Q_OBJECT

private slots:
    void randomEdits();
};

void TestEditProperties::randomEdits()
{
    bool given = false;
    quint32 seed = qEnvironmentVariable("SLUICE_TEST_SEED").toUInt(&given);
    if (!given)
        seed = QRandomGenerator::global()->generate();
    const int rounds = qMax(qEnvironmentVariableIntValue("SLUICE_TEST_ROUNDS"), 300);
    qInfo("SLUICE_TEST_SEED=%u SLUICE_TEST_ROUNDS=%d", seed, rounds);

    for (int round = 0; round < rounds; ++round) {
        QRandomGenerator random(seed + quint32(round));
        const QByteArray text = FileMaker(random).make();
        Result<RequestDocument> document = RequestDocument::parse(text, u"x.yml"_s);
        if (!document)
            qInfo("round %d:\n%s", round, text.constData());
        VERIFY_RESULT(document);
        for (int step = 0; step < 4; ++step) {
            const QByteArray before = document->text();
            const RequestSpec old = document->spec();
            RequestSpec wanted = old;
            change(wanted, random);
            const Result<> done = document->setSpec(wanted);
            const QString context = u"round %1 step %2: %3\n%4\n--- after\n%5"_s.arg(
                QString::number(round), QString::number(step),
                done ? QString() : done.error().toString(), QString::fromUtf8(before),
                QString::fromUtf8(document->text()));
            QVERIFY2(done, qPrintable(context));
            QVERIFY2(document->spec() == wanted, qPrintable(context));
            const QByteArrayList lost = lostLines(before, document->text());
            QVERIFY2(lost.size() <= linesConcerned(old, wanted), qPrintable(context));
            if (old == wanted)
                QVERIFY2(document->text() == before, qPrintable(context));
            // Comments and unknown keys are lost only together with the row that they belong to.
            const bool rowRemoved = wanted.headers.size() < old.headers.size()
                                    || wanted.params.size() < old.params.size()
                                    || wanted.variables.size() < old.variables.size();
            for (int mark = 1; !rowRemoved && mark <= before.count("mark"); ++mark) {
                const QByteArray name = "# mark" + QByteArray::number(mark);
                QVERIFY2(before.count(name) == document->text().count(name), qPrintable(context));
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestEditProperties)
#include "tst_editproperties.moc"
