// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/rerun.h"
#include "core/run/runlog.h"
#include "core/run/runroworder.h"

#include <QTest>

using namespace Sluice;
using namespace Qt::StringLiterals;

namespace {

/** Submitted as \a seq; \a error instead of a reply, or a failed check with \a complaint. */
struct End
{
    quint64 seq = 0;
    quint32 request = 0;
    quint64 iteration = 0;
    int status = 200;
    qint64 onWireUs = 1000;
    QString error;
    QString complaint;
    QByteArray body;
    bool cancelled = false;
};

void add(RunLog &log, const End &end)
{
    Sample sample;
    sample.seq = end.seq;
    sample.request = end.request;
    sample.status = end.status;
    sample.timings.enqueuedUs = 0;
    sample.timings.admittedUs = 50;
    sample.timings.finishedUs = 50 + end.onWireUs;
    if (end.cancelled)
        sample.error = ErrorCode::Cancelled;
    Response response;
    response.status = end.status;
    response.body = end.body;
    if (!end.error.isEmpty())
        response.error = Error{ErrorCode::ConnectionRefused, end.error};
    std::vector<CheckResult> checks;
    if (!end.complaint.isEmpty())
        checks = {{{}, true, {}}, {{}, false, end.complaint}};
    const RequestInContext request;
    const QStringList secrets;
    log.requestFinished(sample, {request, end.iteration, response, checks, secrets});
}

RunRows rowsOf(const std::vector<End> &ends)
{
    RunLog log;
    for (const End &end : ends)
        add(log, end);
    RunRows rows;
    rows.append(log.take());
    return rows;
}

QList<quint64> sequence(const RunRows &rows, const std::vector<quint32> &order)
{
    QList<quint64> list;
    for (const quint32 index : order)
        list << rows.at(index).seq;
    return list;
}

} // namespace

/** What a run leaves for people to read: rows, their order, tallies and the plan to try again. */
class TestRunRows final : public QObject
{
    Q_OBJECT

private slots:
    void saysHowEachRequestEnded();
    void batchesContinueEachOther();
    void keepsTheFirstFailuresWhole();
    void aCopyStaysAsItWas();
    void order_data();
    void order();
    void talliesEachRequest();
    void whatFailedRunsAgain();
    void whatWasCancelledHasNotFailed();
};

void TestRunRows::saysHowEachRequestEnded()
{
    const RunRows rows = rowsOf({{.seq = 0, .status = 200, .onWireUs = 1200},
                                 {.seq = 1, .status = 0, .error = u"refused"_s},
                                 {.seq = 2, .status = 500, .complaint = u"not 200"_s}});
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows.failed(), 2u);
    QVERIFY(!rows.at(0).hasFailed);
    QCOMPARE(rows.at(0).onWireUs, 1200);
    QCOMPARE(rows.message(rows.at(0)), QString());
    QCOMPARE(rows.message(rows.at(1)), u"refused"_s);
    QCOMPARE(rows.message(rows.at(2)), u"not 200"_s);
    QCOMPARE(rows.at(2).checksPassed, quint16(1));
    QCOMPARE(rows.at(2).checksFailed, quint16(1));
}

void TestRunRows::batchesContinueEachOther()
{
    RunLog log;
    RunRows rows;
    for (quint64 seq = 0; seq < 9000; ++seq) {
        const QString error = seq % 3 ? QString() : u"refused %1"_s.arg(seq % 2);
        add(log, {.seq = seq, .error = error});
        if (seq % 700 == 0)
            rows.append(log.take());
    }
    rows.append(log.take());
    QVERIFY(log.take().isEmpty());
    QCOMPARE(rows.size(), std::size_t(9000));
    QCOMPARE(rows.messages().size(), 3);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        QCOMPARE(rows.at(i).seq, quint64(i));
        if (i % 3 == 0)
            QCOMPARE(rows.message(rows.at(i)), u"refused %1"_s.arg(i % 2));
    }
}

void TestRunRows::keepsTheFirstFailuresWhole()
{
    RunLog log;
    const QByteArray large(9 * 1024 * 1024, 'x');
    for (quint64 seq = 0; seq < 5; ++seq)
        add(log, {.seq = seq, .complaint = u"no"_s, .body = large});
    const RunBatch first = log.take();
    QCOMPARE(first.rows.size(), std::size_t(5));
    QCOMPARE(first.details.size(), std::size_t(3));
    QCOMPARE(first.details[0].second->response.body.size(), large.size());
    QCOMPARE(first.details[0].second->checks.size(), std::size_t(2));
    log.begin();
    for (quint64 seq = 0; seq < 2 * RunLog::MaxDetails; ++seq)
        add(log, {.seq = seq, .complaint = u"no"_s});
    QCOMPARE(log.take().details.size(), std::size_t(RunLog::MaxDetails));
}

void TestRunRows::aCopyStaysAsItWas()
{
    RunRows rows = rowsOf({{.seq = 7}});
    const RunRows copy = rows;
    RunLog log;
    add(log, {.seq = 8, .error = u"refused"_s});
    rows.append(log.take());
    QCOMPARE(copy.size(), std::size_t(1));
    QCOMPARE(copy.failed(), 0u);
    QCOMPARE(rows.size(), std::size_t(2));
}

void TestRunRows::order_data()
{
    using Key = RunRowQuery::Key;
    QTest::addColumn<RunRowQuery>("query");
    QTest::addColumn<QList<quint64>>("expected");
    const auto row = [](const char *name, const RunRowQuery &query, const QList<quint64> &seqs) {
        QTest::newRow(name) << query << seqs;
    };
    row("failures first", {}, {3, 1, 0, 2});
    row("sequence", {.key = Key::Sequence}, {0, 1, 2, 3});
    row("sequence, last first", {.key = Key::Sequence, .isDescending = true}, {3, 2, 1, 0});
    row("request by name", {.key = Key::Request}, {2, 1, 3, 0});
    row("slowest first", {.key = Key::Time, .isDescending = true}, {2, 0, 1, 3});
    row("status", {.key = Key::Status}, {3, 0, 2, 1});
    row("only failures", {.failedOnly = true}, {3, 1});
    row("by name", {.text = u"LIST"_s}, {3, 0});
    row("by message", {.text = u"refu"_s}, {3});
    row("by status", {.text = u"50"_s}, {1});
    row("nothing fits", {.text = u"nowhere"_s}, {});
}

void TestRunRows::order()
{
    QFETCH(RunRowQuery, query);
    QFETCH(QList<quint64>, expected);
    const RunRows rows =
        rowsOf({{.seq = 3, .request = 1, .status = 0, .onWireUs = 10, .error = u"refused"_s},
                {.seq = 0, .request = 1, .status = 200, .onWireUs = 300},
                {.seq = 2, .request = 0, .status = 200, .onWireUs = 900},
                {.seq = 1, .request = 0, .status = 503, .onWireUs = 200, .complaint = u"no"_s}});
    const QStringList names{u"Create"_s, u"List users"_s};
    QCOMPARE(sequence(rows, orderedRows(rows, query, names)), expected);
}

void TestRunRows::talliesEachRequest()
{
    std::vector<End> ends;
    for (int i = 1; i <= 100; ++i)
        ends.push_back({.seq = quint64(i), .request = quint32(i % 2), .onWireUs = i * 1000});
    ends.push_back({.seq = 101, .request = 1, .status = 0, .error = u"refused"_s});
    const std::vector<RequestTally> tallies = talliedRows(rowsOf(ends), 2);
    QCOMPARE(tallies[0].count, 50u);
    QCOMPARE(tallies[0].failed, 0u);
    QCOMPARE(tallies[1].count, 51u);
    QCOMPARE(tallies[1].failed, 1u);
    QCOMPARE(tallies[0].maxUs, 100'000);
    QVERIFY(std::abs(tallies[0].p50Us - 50'000) <= 500);
}

void TestRunRows::whatFailedRunsAgain()
{
    RunPlan plan;
    for (const auto &name : {u"a"_s, u"b"_s, u"c"_s}) {
        plan.requests.emplace_back();
        plan.requests.back().request.name = name;
    }
    plan.iterations = 100;
    plan.durationUs = 5;
    plan.data = {{{u"n"_s, u"0"_s}}, {{u"n"_s, u"1"_s}}, {{u"n"_s, u"2"_s}}};
    const RunRows rows = rowsOf({{.seq = 0, .request = 2, .iteration = 4, .error = u"x"_s},
                                 {.seq = 1, .request = 0, .iteration = 4, .error = u"x"_s},
                                 {.seq = 2, .request = 2, .iteration = 9, .error = u"x"_s},
                                 {.seq = 3, .request = 1, .iteration = 9}});
    const RunPlan again = failedPlan(plan, rows);
    QCOMPARE(again.requests.size(), std::size_t(2));
    QCOMPARE(again.requests[0].request.name, u"a"_s);
    QCOMPARE(again.requests[1].request.name, u"c"_s);
    QCOMPARE(again.iterations, 2);
    QCOMPARE(again.durationUs, 0);
    QCOMPARE(again.data.size(), std::size_t(2));
    QCOMPARE(again.data[0][u"n"_s], u"1"_s);
    QCOMPARE(again.data[1][u"n"_s], u"0"_s);
    QVERIFY(failedPlan(plan, RunRows()).requests.empty());
}

void TestRunRows::whatWasCancelledHasNotFailed()
{
    const RunRows rows = rowsOf(
        {{.seq = 0, .request = 0}, {.seq = 1, .request = 0, .status = 0, .cancelled = true}});
    QCOMPARE(rows.failed(), 0u);
    QVERIFY(rows.at(1).wasCancelled);
    const std::vector<RequestTally> tallies = talliedRows(rows, 1);
    QCOMPARE(tallies[0].count, 1u);
    QCOMPARE(tallies[0].failed, 0u);
    RunPlan plan;
    plan.requests.resize(1);
    QVERIFY(failedPlan(plan, rows).requests.empty());
}

QTEST_GUILESS_MAIN(TestRunRows)
#include "tst_runrows.moc"
