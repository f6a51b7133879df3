// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/collection/randomedits.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace Sluice::Test {

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

} // namespace

void applyRandomEdit(RequestSpec &spec, quint32 seed)
{
    QRandomGenerator random(seed);
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

void applyRandomEdit(EnvironmentSpec &spec, quint32 seed)
{
    QRandomGenerator random(seed);
    if (random.bounded(6) == 0)
        spec.name = randomText(random);
    else
        changeRows(spec.variables, random);
}

} // namespace Sluice::Test
